import type { MsgHdrs } from "@nats-io/transport-node";

/** A reader's place in a tail: the sequence that it has read, moved by the reader. What comes after it is kept for it. */
export type Place = { at: number };

/** A message of a stream. `headers`: those of the message, where it has any. */
export type Followed = { seq: number; subject: string; data: Uint8Array; headers?: MsgHdrs };

/**
 * The newest messages of one stream, in order and without a gap, kept in this process. Whoever writes to the stream here
 * hands over what it wrote, with the number that the server gave it, so that readers in the same process need not be sent it.
 */
export type Tail = {
  /** The sequence of the newest message; what was there before the tail began counts. */
  last: () => number;
  /** Takes a message, whoever wrote it, in any order and any number of times; one that others come before waits for them. */
  add: (message: Followed) => void;
  /** The messages after a sequence, at most `max`; `undefined` when the tail does not go back that far. */
  after: (seq: number, max: number) => Followed[] | undefined;
  /** Has what comes after a sequence kept, within limits; what nobody holds is forgotten. */
  hold: (at: number) => Place;
  release: (place: Place) => void;
  /** Resolves at the next message, or when roused. */
  grown: () => Promise<void>;
  /** Wakes whoever waits, though nothing came: a reader that is to stop. */
  rouse: () => void;
};

/** A reader that is further behind reads from the server: a few seconds of a busy journal are kept, not its backlog. */
const keptMessages = 1_024;
const keptBytes = 4 * 1024 * 1024;
/** What was read is forgotten this many at once, and soon: kept longer it would cost the collector of garbage as much again. */
const forgetEvery = 16;

type State = {
  kept: Followed[];
  bytes: number;
  last: number;
  places: Set<Place>;
  ahead: Map<number, Followed>;
  waiting: (() => void)[];
};

/** How many of the kept nobody holds, or are too many. */
const idleOf = ({ kept, places, last, bytes }: State): number => {
  let oldest = last;
  for (const { at } of places) oldest = Math.min(oldest, at);
  let idle = Math.max(oldest - (last - kept.length), kept.length - keptMessages, 0);
  let left = bytes;
  for (let i = 0; i < kept.length - 1 && (i < idle || left > keptBytes); i++) {
    left -= kept[i]?.data.length ?? 0;
    idle = Math.max(idle, i + 1);
  }
  return idle;
};

const forget = (state: State): void => {
  const gone = state.kept.splice(0, idleOf(state));
  for (const { data } of gone) state.bytes -= data.length;
};

const keep = (state: State, message: Followed): void => {
  state.kept.push(message);
  state.bytes += message.data.length;
  state.last = message.seq;
};

/** Readers are woken when everything that arrived with this message is there. */
const wake = (state: State): void => {
  const { waiting } = state;
  state.waiting = [];
  queueMicrotask(() => {
    for (const resolve of waiting) resolve();
  });
};

const add = (state: State, message: Followed): void => {
  if (message.seq <= state.last) return;
  if (message.seq > state.last + 1) {
    state.ahead.set(message.seq, message);
    return;
  }
  keep(state, message);
  for (
    let next = state.ahead.get(state.last + 1);
    next !== undefined;
    next = state.ahead.get(state.last + 1)
  ) {
    state.ahead.delete(next.seq);
    keep(state, next);
  }
  if (state.kept.length % forgetEvery === 0 || state.bytes > keptBytes) forget(state);
  if (state.waiting.length > 0) wake(state);
};

/** `last`: the sequence that the stream has reached before anything is written here. */
export const createTail = (last: number): Tail => {
  const state: State = { kept: [], bytes: 0, last, places: new Set(), ahead: new Map(), waiting: [] };
  return {
    last: () => state.last,
    add: (message) => {
      add(state, message);
    },
    after: (seq, max) => {
      const from = seq - (state.last - state.kept.length);
      if (from < 0) return undefined;
      return state.kept.slice(from, from + max);
    },
    hold: (at) => {
      const place = { at };
      state.places.add(place);
      return place;
    },
    release: (place) => {
      state.places.delete(place);
    },
    grown: () =>
      new Promise((resolve) => {
        state.waiting.push(resolve);
      }),
    rouse: () => {
      wake(state);
    },
  };
};
