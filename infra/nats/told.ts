import { shardOf } from "../../contracts/derived-ids.ts";
import type { Told, ToldBatch } from "../../contracts/messages/told.ts";
import { toldSubject } from "../../contracts/subjects.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamFor } from "./streams.ts";

export type ToldNotes = {
  /** Notes that an answer left the hub. Returns at once: it stands in INTAKE a moment later. */
  note: (told: Told) => void;
  /** Writes what is noted still. */
  stop: () => Promise<void>;
};

type World = {
  publish: Publish;
  layout: Layout;
  newId: () => string;
  log: { warn: (event: string, fields: { count: number }) => void };
};

/** So long they are gathered; history looks for them by it (`intake-history.ts`). */
const gatherMs = 250;
/** What waits while the store is away; then the oldest are let go, for nobody waits for them. */
const mostWaiting = 20_000;
const mostInOne = 2_000;

const encoder = new TextEncoder();

const write = async ({ publish, newId }: World, told: readonly Told[]): Promise<void> => {
  for (let from = 0; from < told.length; from += mostInOne) {
    const part = told.slice(from, from + mostInOne);
    const [first] = part;
    if (first === undefined) return;
    const batch: ToldBatch = { told: part };
    await publish(toldSubject(shardOf(first.intake), newId()), encoder.encode(JSON.stringify(batch)));
  }
};

type Waiting = { waiting: Map<string, Told[]>; stream: string };

const putBack = ({ log }: World, { waiting, stream }: Waiting, told: readonly Told[]): void => {
  const all = [...told, ...(waiting.get(stream) ?? [])];
  const kept = all.slice(-mostWaiting);
  if (kept.length < all.length) log.warn("answers-untold", { count: all.length - kept.length });
  waiting.set(stream, kept);
};

/**
 * That senders were told, many in one write a stream. It is written after the answer has left, so nobody waits for it, and what is
 * lost by a crash leaves open whether the sender knows: the safe side.
 */
export const createToldNotes = (world: World): ToldNotes => {
  const waiting = new Map<string, Told[]>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const parts = [...waiting];
    waiting.clear();
    for (const [stream, told] of parts)
      await write(world, told).catch(() => {
        putBack(world, { waiting, stream }, told);
      });
    if (waiting.size > 0) later();
  };
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      writing = writing.then(flush);
    }, gatherMs).unref();
  };
  return {
    note: (told) => {
      const stream = streamFor("intake", shardOf(told.intake), world.layout);
      const others = waiting.get(stream);
      if (others === undefined) waiting.set(stream, [told]);
      else others.push(told);
      later();
    },
    stop: async () => {
      await writing.then(flush);
      clearTimeout(timer);
    },
  };
};
