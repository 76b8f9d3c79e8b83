import { type ConsumerMessages, DeliverPolicy, type JetStreamClient } from "@nats-io/jetstream";
import { Fault } from "../../contracts/errors.ts";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { shardSubjects } from "../../contracts/subjects.ts";
import { journalFault } from "./faults.ts";
import type { Link } from "./link.ts";
import { type Layout, streamFor } from "./streams.ts";

/** So many records are on their way at once; the largest is 8 MB. */
const underway = 64;

const decoder = new TextDecoder();

const messagesOf = async (
  { js, link, layout }: { js: JetStreamClient; link: Link; layout: Layout },
  shard: string,
): Promise<ConsumerMessages | undefined> => {
  const consumer = await link.hold(() =>
    js.consumers.get(streamFor("case", shard, layout), {
      deliver_policy: DeliverPolicy.All,
      filter_subjects: shardSubjects("case", Number(shard), Number(shard) + 1),
    }),
  );
  const { num_pending: waiting } = await link.hold(() => consumer.info(true));
  return waiting === 0 ? undefined : consumer.consume({ max_messages: underway });
};

/**
 * Every record that a shard of the journal holds now, in order, each read when the one before it was taken. `upTo`: not those
 * that stand behind that sequence of their stream.
 * @throws Fault `journal-unavailable` when the connection is lost on the way
 */
export const readShard = async function* (
  from: { js: JetStreamClient; link: Link; layout: Layout },
  shard: string,
  upTo = Number.POSITIVE_INFINITY,
): AsyncGenerator<CaseRecord> {
  const messages = await messagesOf(from, shard).catch((error: unknown) => {
    throw journalFault(error);
  });
  if (messages === undefined) return;
  const forget = from.link.onLost(() => void messages.close());
  try {
    for await (const message of messages) {
      if (message.seq > upTo) return;
      yield caseRecordFrom(decoder.decode(message.data));
      if (message.info.pending === 0) return;
    }
    throw new Fault("journal-unavailable");
  } finally {
    forget();
    void messages.close();
  }
};
