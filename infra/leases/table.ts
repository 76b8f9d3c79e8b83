import { z } from "zod";

/**
 * What only one hub at a time may do, in parts, and who does each. `beats`: of every hub that takes part, a number that goes up
 * while it lives. One message in one subject, written only over the one it was made from: two hubs cannot take the same part.
 */
export const LeaseTable = z.object({
  beats: z.record(z.string(), z.number().int()),
  /** The hub that has a part; `null`: nobody. */
  parts: z.array(z.string().nullable()),
});
export type LeaseTable = z.infer<typeof LeaseTable>;

export const emptyTable = (parts: number): LeaseTable => ({
  beats: {},
  parts: Array.from({ length: parts }, () => null),
});

/** What this hub has seen of the others, by its own clock: the hubs' clocks are never compared. */
export type Seen = ReadonlyMap<string, { readonly beat: number; readonly atMs: number }>;

/** A beat that differs from the last one seen is a sign of life now. */
export const see = (seen: Seen, { beats }: LeaseTable, nowMs: number): Seen =>
  new Map(
    Object.entries(beats).map(([hub, beat]) => {
      const before = seen.get(hub);
      return [hub, before?.beat === beat ? before : { beat, atMs: nowMs }];
    }),
  );

/**
 * The hubs that are not known to be gone. One is gone when it has been silent for `silentMs` while this hub could read all the
 * time: a store that answered nobody proves nobody dead.
 */
export const livingOf = (
  seen: Seen,
  { nowMs, readingSinceMs, silentMs }: { nowMs: number; readingSinceMs: number; silentMs: number },
): ReadonlySet<string> =>
  new Set(
    [...seen].filter(([, { atMs }]) => nowMs - Math.max(atMs, readingSinceMs) < silentMs).map(([hub]) => hub),
  );

const indexesOf = ({ parts }: LeaseTable, of: (holder: string | null) => boolean): number[] =>
  parts.flatMap((holder, part) => (of(holder) ? [part] : []));

export const heldBy = (table: LeaseTable, hub: string): number[] =>
  indexesOf(table, (holder) => holder === hub);

type Turn = {
  me: string;
  living: ReadonlySet<string>;
  /** Whether something is under way in a part: then it is not given away yet. */
  isBusy: (part: number) => boolean;
};

/** Parts that this hub has more of than is fair while others have less: the last of them. */
export const surplusOf = (table: LeaseTable, { me, living }: Pick<Turn, "me" | "living">): number[] => {
  const hubs = new Set([...living, me]).size;
  return heldBy(table, me).slice(Math.ceil(table.parts.length / hubs));
};

/** The table after this hub's turn: it lives; what it has too much of is free; what is free or a dead hub's is its own, up to its share. */
export const takeTurn = (table: LeaseTable, turn: Turn): LeaseTable => {
  const { me, living, isBusy } = turn;
  const alive = new Set([...living, me]);
  const free = new Set(surplusOf(table, turn).filter((part) => !isBusy(part)));
  const kept = table.parts.map((holder, part) =>
    holder === null || !alive.has(holder) || free.has(part) ? null : holder,
  );
  const share = Math.ceil(kept.length / alive.size);
  let room = share - kept.filter((holder) => holder === me).length;
  const parts = kept.map((holder, part) => {
    if (holder !== null || free.has(part) || room <= 0) return holder;
    room -= 1;
    return me;
  });
  const others = Object.entries(table.beats).filter(([hub]) => alive.has(hub));
  return { beats: { ...Object.fromEntries(others), [me]: (table.beats[me] ?? 0) + 1 }, parts };
};

/** The table without a hub that stops: its parts are free at once. */
export const withoutHub = ({ beats, parts }: LeaseTable, me: string): LeaseTable => ({
  beats: Object.fromEntries(Object.entries(beats).filter(([hub]) => hub !== me)),
  parts: parts.map((holder) => (holder === me ? null : holder)),
});
