import type { Random } from "../support/year/random.ts";

/** Who an event belongs to. What belongs to one that is dead never happens. */
export type Owner = { readonly name: string; alive: boolean };

export const createOwner = (name: string): Owner => ({ name, alive: true });

type Asked = {
  owner: Owner;
  /** What it is, for the history. */
  label: string;
  run: () => void;
  /** Events of one lane happen in the order in which they were asked for. */
  lane?: string;
  /** Not before so many milliseconds of the machines' time. */
  afterMs?: number;
};
type Event = Asked & { due: number; no: number; cancelled: boolean };

export type Scheduler = {
  /** The machines' time, in milliseconds since 1970. */
  nowMs: () => number;
  /** Whose event is happening now. */
  current: () => Owner | undefined;
  /** @returns how to take it back */
  post: (asked: Asked) => () => void;
  /** At the end of this event: nobody else comes in between. */
  soon: (run: () => void) => () => void;
  /** Lets the next event happen, if there is one by `untilMs`. */
  step: (untilMs: number) => Promise<boolean>;
  /** Lets what was set off outside of an event run out. */
  drain: (owner: Owner, run: () => void) => Promise<void>;
  /** So much time is gone at once, as when the machine stood still: what was due meanwhile happens now, each once. */
  leap: (ms: number) => void;
  note: (line: string) => void;
  count: (what: string) => void;
  counts: () => Readonly<Record<string, number>>;
  steps: () => number;
  lines: () => readonly string[];
};

/** The earliest first, and of two at one time the one that was asked for first. */
const isBefore = (a: Event, b: Event): boolean => a.due < b.due || (a.due === b.due && a.no < b.no);

const sift = (heap: Event[], from: number): void => {
  const event = heap[from] as Event;
  let at = from;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    const [left, right] = [heap[child] as Event, heap[child + 1]];
    const best = right !== undefined && isBefore(right, left) ? right : left;
    if (!isBefore(best, event)) break;
    heap[at] = best;
    at = best === left ? child : child + 1;
  }
  heap[at] = event;
};

const push = (heap: Event[], event: Event): void => {
  let at = heap.push(event) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as Event;
    if (!isBefore(event, parent)) break;
    heap[at] = parent;
    heap[above] = event;
    at = above;
  }
};

const pop = (heap: Event[]): Event => {
  const first = heap[0] as Event;
  const last = heap.pop() as Event;
  if (heap.length > 0) {
    heap[0] = last;
    sift(heap, 0);
  }
  return first;
};

type State = {
  nowMs: number;
  no: number;
  steps: number;
  current: Owner | undefined;
  later: Event[];
  ready: Event[];
  lanes: Map<string, Event[]>;
  soon: { run: () => void; taken: boolean }[];
  counts: Record<string, number>;
  lines: string[];
};

const tick = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve);
  });

/**
 * Everything that an event sets off and that waits for nothing outside of the process: its promises, and what was to be done at
 * the end of the turn. Nothing that is left when the next event happens depends on how fast this machine is.
 */
const settle = async (state: State): Promise<void> => {
  await tick();
  while (state.soon.length > 0) {
    for (let next = state.soon.shift(); next !== undefined; next = state.soon.shift())
      if (!next.taken) next.run();
    await tick();
  }
  state.current = undefined;
};

const enqueue = (state: State, event: Event): void => {
  if (event.due <= state.nowMs) state.ready.push(event);
  else push(state.later, event);
};

/** The lane's next one may happen now that this one did. */
const advanceLane = (state: State, { lane }: Event): void => {
  if (lane === undefined) return;
  const queue = state.lanes.get(lane);
  queue?.shift();
  const next = queue?.[0];
  if (next === undefined) state.lanes.delete(lane);
  else enqueue(state, next);
};

const isDead = (event: Event): boolean => event.cancelled || !event.owner.alive;

const forgetDead = (state: State): void => {
  for (let first = state.later[0]; first !== undefined && isDead(first); first = state.later[0]) {
    pop(state.later);
    advanceLane(state, first);
  }
};

const makeReady = (state: State, untilMs: number): void => {
  forgetDead(state);
  const [first] = state.later;
  if (state.ready.length === 0 && first !== undefined && first.due <= untilMs)
    state.nowMs = Math.max(state.nowMs, first.due);
  for (let next = state.later[0]; next !== undefined && next.due <= state.nowMs; next = state.later[0])
    state.ready.push(pop(state.later));
};

const take = (state: State, random: Random, untilMs: number): Event | undefined => {
  for (;;) {
    makeReady(state, untilMs);
    if (state.ready.length === 0) return undefined;
    const at = Math.floor(random.next() * state.ready.length);
    const event = state.ready[at] as Event;
    const last = state.ready.pop() as Event;
    if (at < state.ready.length) state.ready[at] = last;
    if (!isDead(event)) return event;
    advanceLane(state, event);
  }
};

const post =
  (state: State) =>
  (asked: Asked): (() => void) => {
    const after = asked.afterMs ?? 0;
    const event: Event = { ...asked, due: state.nowMs + after, no: state.no++, cancelled: false };
    if (asked.lane === undefined) enqueue(state, event);
    else {
      const queue = state.lanes.get(asked.lane) ?? [];
      const before = queue.at(-1);
      if (before !== undefined) event.due = Math.max(event.due, before.due);
      state.lanes.set(asked.lane, queue);
      if (queue.push(event) === 1) enqueue(state, event);
    }
    return () => {
      event.cancelled = true;
    };
  };

const runAs = (state: State, owner: Owner, run: () => void): Promise<void> => {
  state.current = owner;
  run();
  return settle(state);
};

const soon =
  (state: State) =>
  (run: () => void): (() => void) => {
    const one = { run, taken: false };
    state.soon.push(one);
    return () => {
      one.taken = true;
    };
  };

/** No history of ours is as long: something is tried again and again, without a rest. */
const mostSteps = 60_000;

/** Owns time and order: of all that could happen now, chance says what does. The same chance, the same history. */
export const createScheduler = (random: Random, startMs: number): Scheduler => {
  const state: State = {
    nowMs: startMs,
    no: 0,
    steps: 0,
    current: undefined,
    later: [],
    ready: [],
    lanes: new Map(),
    soon: [],
    counts: {},
    lines: [],
  };
  const note = (line: string): void => {
    state.lines.push(`${String(state.nowMs - startMs)} ${line}`);
  };
  return {
    nowMs: () => state.nowMs,
    current: () => state.current,
    post: post(state),
    soon: soon(state),
    step: async (untilMs) => {
      const event = take(state, random, untilMs);
      if (event === undefined) {
        state.nowMs = Math.max(state.nowMs, Math.min(untilMs, state.later[0]?.due ?? untilMs));
        return false;
      }
      state.steps += 1;
      if (state.steps > mostSteps) throw new Error(`It goes round and round: ${event.label}`);
      note(`${event.owner.name} ${event.label}`);
      await runAs(state, event.owner, event.run);
      advanceLane(state, event);
      return true;
    },
    drain: (owner, run) => runAs(state, owner, run),
    leap: (ms) => {
      state.nowMs += ms;
      note(`${String(ms)} ms are gone`);
    },
    note,
    count: (what) => {
      state.counts[what] = (state.counts[what] ?? 0) + 1;
    },
    counts: () => state.counts,
    steps: () => state.steps,
    lines: () => state.lines,
  };
};
