import { DeliverPolicy, type JetStreamClient } from "@nats-io/jetstream";
import { journalStreams } from "../../../infra/nats/streams.ts";

const decoder = new TextDecoder();

/** Tells of each record that the journal gets from now on, as its text. */
export const listenToJournal = async (
  js: JetStreamClient,
  streams: number,
  hear: (text: string) => void,
): Promise<{ stop: () => Promise<void> }> => {
  const consumings = await Promise.all(
    journalStreams({ streams, replicas: 1 }).map(async ({ name }) => {
      const consumer = await js.consumers.get(name, { deliver_policy: DeliverPolicy.New });
      return consumer.consume({
        max_messages: 5_000,
        callback: ({ data }) => {
          hear(decoder.decode(data));
        },
      });
    }),
  );
  return {
    stop: async () => {
      await Promise.all(consumings.map((messages) => messages.close()));
    },
  };
};
