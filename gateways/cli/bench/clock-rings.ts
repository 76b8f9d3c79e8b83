import type { JetStreamClient } from "@nats-io/jetstream";
import { caseRecordFrom } from "../../../contracts/record.ts";
import { warningMs } from "./clock-questions.ts";
import { listenToJournal } from "./listen-journal.ts";
import { atShare } from "./measure.ts";

/** A warning or a breach as somebody who follows the journal hears of it: when it was to come, and when it came. */
export type Ring = { wantedMs: number; heardMs: number };

export type Rings = {
  all: () => readonly Ring[];
  stop: () => Promise<void>;
};

const ringsIn = (text: string, heardMs: number): Ring[] => {
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
  const { stop } = await listenToJournal(js, streams, (text) => {
    heard.push(...ringsIn(text, Date.now()));
  });
  return { all: () => heard, stop };
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
  return {
    rang: late.length,
    p50Ms: atShare(late, 0.5),
    p99Ms: atShare(late, 0.99),
    maxMs: atShare(late, 1),
  };
};
