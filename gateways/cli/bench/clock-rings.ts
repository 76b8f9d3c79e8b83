import { DeliverPolicy, type JetStreamClient } from "@nats-io/jetstream";
import { caseRecordFrom } from "../../../contracts/record.ts";
import { journalStreams } from "../../../infra/nats/streams.ts";
import { warningMs } from "./clock-questions.ts";

/** A warning or a breach as somebody who follows the journal hears of it: when it was to come, and when it came. */
export type Ring = { wantedMs: number; heardMs: number };

export type Rings = {
  all: () => readonly Ring[];
  stop: () => Promise<void>;
};

const decoder = new TextDecoder();

const ringsIn = (data: Uint8Array, heardMs: number): Ring[] => {
  const text = decoder.decode(data);
  // Most of what is followed is nothing of this, and parsing it would slow down what is measured.
  if (!text.includes('"warned"') && !text.includes('"breached"')) return [];
  const { clocks, meta } = caseRecordFrom(text);
  const due = Date.parse(meta.card?.awaits[0]?.due ?? "");
  return clocks.flatMap(({ change }) => {
    if (change === "breached") return [{ wantedMs: due, heardMs }];
    return change === "warned" ? [{ wantedMs: due - warningMs, heardMs }] : [];
  });
};

/** Listens to what the journal gets from now on. */
export const listenForRings = async (js: JetStreamClient, streams: number): Promise<Rings> => {
  const heard: Ring[] = [];
  const consumings = await Promise.all(
    journalStreams({ streams, replicas: 1 }).map(async ({ name }) => {
      const consumer = await js.consumers.get(name, { deliver_policy: DeliverPolicy.New });
      return consumer.consume({
        max_messages: 5_000,
        callback: (message) => {
          heard.push(...ringsIn(message.data, Date.now()));
        },
      });
    }),
  );
  return {
    all: () => heard,
    stop: async () => {
      await Promise.all(consumings.map((messages) => messages.close()));
    },
  };
};

export type Lateness = { rang: number; p50Ms: number; p99Ms: number; maxMs: number };

/** How late those were that were to ring from one time up to another, both included. */
export const latenessOf = (
  rings: readonly Ring[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Lateness => {
  const late = rings
    .filter(({ wantedMs }) => wantedMs >= fromMs && wantedMs <= toMs)
    .map(({ wantedMs, heardMs }) => heardMs - wantedMs)
    .toSorted((a, b) => a - b);
  const share = (of: number): number => late[Math.max(0, Math.ceil(late.length * of) - 1)] ?? Number.NaN;
  return { rang: late.length, p50Ms: share(0.5), p99Ms: share(0.99), maxMs: share(1) };
};
