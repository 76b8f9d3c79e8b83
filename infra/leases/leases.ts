import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isConflict } from "../nats/faults.ts";
import { startRepeating } from "../repeat.ts";
import {
  emptyTable,
  heldBy,
  LeaseTable,
  livingOf,
  type Seen,
  see,
  surplusOf,
  takeTurn,
  withoutHub,
} from "./table.ts";

/** What only one hub at a time does, shared out among the hubs that live, by key. */
export type Leases = {
  /** This hub among others. */
  readonly me: string;
  /** Whether what has this key is this hub's now: by its own clock, so that one that slept knows better when it wakes. */
  holds: (key: string) => boolean;
  /** The hub that had it when this one looked last; `undefined`: nobody. */
  holderOf: (key: string) => string | undefined;
  /** Does what may be done once. Its part is not given to another hub in an orderly way before it has ended. */
  during: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** Hears that this hub has something that it had not a moment ago, or has it no more. */
  onChange: (listener: () => void) => void;
  /** Begins nothing more, waits a little for what is under way, and leaves all to the others at once. */
  leave: () => Promise<void>;
};

/** Where the table is kept. */
export type LeaseStore = {
  read: () => Promise<{ value: unknown; revision: number }>;
  /** Writes over this revision and no other. @throws as `isConflict` tells when another came first */
  write: (table: LeaseTable, revision: number) => Promise<void>;
  /** Calls back when somebody else writes; may miss one. */
  onWritten: (listener: (value: unknown) => void) => () => void;
};

type LeaseTimes = {
  /** Between two signs of life. */
  beatMs: number;
  /** So long after its last sign of life a hub does nothing more that is to be done once. */
  holdMs: number;
  /** A hub that was silent for so long is gone: longer than `holdMs`, so that it has stopped before another begins. */
  silentMs: number;
  /** What is under way is waited for so long before its part is given away. */
  drainMs: number;
};

const defaultLeaseTimes: LeaseTimes = { beatMs: 700, holdMs: 2_200, silentMs: 3_000, drainMs: 3_000 };

const parts = 16;

/** Of a key, by the same arithmetic in every hub. */
const partOf = (key: string): number => {
  let hash = 7;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) >>> 0;
  return hash % parts;
};

type State = {
  table: LeaseTable;
  seen: Seen;
  /** Parts that this hub gives away as soon as nothing is under way in them; begun at. */
  leaving: Map<number, number>;
  /** When the last sign of life that was written was begun. */
  beatMs: number;
  /** Since when every look succeeded. */
  readingSinceMs: number;
  underway: Map<number, number>;
  listeners: Set<() => void>;
  stopped: boolean;
};

type Leasing = { me: string; store: LeaseStore; times: LeaseTimes; nowMs: () => number; state: State };

const isBusy = ({ state, times, nowMs }: Leasing, part: number): boolean =>
  (state.underway.get(part) ?? 0) > 0 && nowMs() - (state.leaving.get(part) ?? nowMs()) < times.drainMs;

/** A part that is to be given away is begun nothing in any more, and given away once nothing is under way in it. */
const noteLeaving = ({ state, me, nowMs }: Leasing, table: LeaseTable, living: ReadonlySet<string>): void => {
  const surplus = surplusOf(table, { me, living });
  for (const part of state.leaving.keys()) if (!surplus.includes(part)) state.leaving.delete(part);
  for (const part of surplus) if (!state.leaving.has(part)) state.leaving.set(part, nowMs());
};

const heldNow = ({ me, state, times, nowMs }: Leasing): number[] =>
  state.stopped || nowMs() - state.beatMs >= times.holdMs
    ? []
    : heldBy(state.table, me).filter((part) => !state.leaving.has(part));

const most = 5;
const lookMs = 10;

/** Reads, decides and writes; when somebody else wrote meanwhile, once more. */
const turn = async (leasing: Leasing, change: (table: LeaseTable) => LeaseTable): Promise<void> => {
  const { store, state, nowMs } = leasing;
  for (let tries = 1; ; tries++) {
    const begunMs = nowMs();
    const { value, revision } = await store.read();
    const table = LeaseTable.catch(emptyTable(parts)).parse(value);
    state.seen = see(state.seen, table, nowMs());
    const next = change(table);
    try {
      await store.write(next, revision);
      Object.assign(state, { table: next, beatMs: begunMs });
      return;
    } catch (error) {
      if (!isConflict(error) || tries >= most) throw error;
    }
  }
};

const beat = async (leasing: Leasing): Promise<void> => {
  const { me, state, times, nowMs } = leasing;
  const before = heldNow(leasing).join();
  try {
    await turn(leasing, (table) => {
      const { readingSinceMs } = state;
      const living = livingOf(state.seen, { nowMs: nowMs(), readingSinceMs, silentMs: times.silentMs });
      noteLeaving(leasing, table, living);
      return takeTurn(table, { me, living, isBusy: (part) => isBusy(leasing, part) });
    });
  } catch (error) {
    // Who could not be heard may have spoken.
    state.readingSinceMs = nowMs();
    throw error;
  } finally {
    if (heldNow(leasing).join() !== before) for (const listener of state.listeners) listener();
  }
};

const counted = async <T>({ state }: Leasing, part: number, work: () => Promise<T>): Promise<T> => {
  const add = (n: number): void => {
    state.underway.set(part, (state.underway.get(part) ?? 0) + n);
  };
  add(1);
  try {
    return await work();
  } finally {
    add(-1);
  }
};

const nothingUnderway = ({ state }: Leasing): boolean => [...state.underway.values()].every((n) => n === 0);

const Free = z.object({ parts: z.array(z.string().nullable()).refine((held) => held.includes(null)) });

const stateAt = (nowMs: number): State => ({
  table: emptyTable(parts),
  seen: new Map(),
  leaving: new Map(),
  beatMs: Number.NEGATIVE_INFINITY,
  readingSinceMs: nowMs,
  underway: new Map(),
  listeners: new Set(),
  stopped: false,
});

/** One look at a time: a hint, a beat and the end may come together. */
const oneByOne = (): ((work: () => Promise<void>) => Promise<void>) => {
  let last = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
};

const untilQuiet = async (isQuiet: () => boolean, withinMs: number): Promise<void> => {
  for (let leftMs = withinMs; !isQuiet() && leftMs > 0; leftMs -= lookMs) await sleep(lookMs);
};

const leaveAll = async (leasing: Leasing): Promise<void> => {
  const { state, times, me } = leasing;
  await untilQuiet(() => nothingUnderway(leasing), times.drainMs);
  await turn(leasing, (table) => withoutHub(table, me));
  state.table = withoutHub(state.table, me);
};

export type LeaseOptions = {
  me: string;
  store: LeaseStore;
  times?: LeaseTimes;
  /** Time that never goes back, and goes on while the process is stopped. */
  nowMs: () => number;
  onFault: (error: unknown) => void;
};

/** Shares out with whoever else uses the same store. */
export const startLeases = ({
  me,
  store,
  times = defaultLeaseTimes,
  nowMs,
  onFault,
}: LeaseOptions): Leases => {
  const state = stateAt(nowMs());
  const leasing: Leasing = { me, store, times, nowMs, state };
  const inTurn = oneByOne();
  const look = (): Promise<void> => inTurn(() => (state.stopped ? Promise.resolve() : beat(leasing)));
  const repeating = startRepeating(
    async () => {
      await look();
      return false;
    },
    times.beatMs,
    onFault,
  );
  // What somebody has let go is taken at once.
  const unhear = store.onWritten((value) => {
    if (Free.safeParse(value).success) look().catch(onFault);
  });
  const leave = async (): Promise<void> => {
    state.stopped = true;
    unhear();
    await repeating.stop();
    await inTurn(() => leaveAll(leasing)).catch(onFault);
  };
  let left: Promise<void> | undefined;
  return {
    me,
    holds: (key) => heldNow(leasing).includes(partOf(key)),
    holderOf: (key) => state.table.parts[partOf(key)] ?? undefined,
    during: (key, work) => counted(leasing, partOf(key), work),
    onChange: (listener) => {
      state.listeners.add(listener);
    },
    leave: () => (left ??= leave()),
  };
};

/** Of a hub that shares its servers with nobody: everything is its own, and nothing is written for that. */
export const soleLeases = (me: string): Leases => {
  let stopped = false;
  let underway = 0;
  return {
    me,
    holds: () => !stopped,
    holderOf: () => me,
    during: async (_key, work) => {
      underway += 1;
      return work().finally(() => {
        underway -= 1;
      });
    },
    onChange: () => undefined,
    leave: async () => {
      stopped = true;
      await untilQuiet(() => underway === 0, defaultLeaseTimes.drainMs);
    },
  };
};
