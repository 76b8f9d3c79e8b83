import { setTimeout as sleep } from "node:timers/promises";
import { DeliverPolicy, type JetStreamClient, type JsMsg } from "@nats-io/jetstream";
import { type Backlog, createBacklog } from "./backlog.ts";
import { type Followed, followedFrom } from "./followed.ts";
import type { Link } from "./link.ts";
import { ownWritesOf, type Written } from "./own-writes.ts";

/** A follower's place at the end of a stream: what comes from now on is added to its backlog. */
export type Place = {
  backlog: Backlog;
  /** The newest sequence that was read, whether or not it was wanted. */
  newest: () => number;
  leave: () => void;
};

type Joining = {
  /** Whether messages of a subject are wanted. */
  wants: (subject: string) => boolean;
  onFault: (error: unknown) => void;
};

/** Reads what comes to a stream once for all who follow it in this process. */
export type Tail = {
  /** @throws Fault, ConnectionLost when the stream cannot be asked */
  join: (joining: Joining) => Promise<Place>;
};

const retryMs = 200;
/** So many messages may be on their way at once; the largest is 8 MB. */
export const underway = 500;

type State = {
  js: JetStreamClient;
  link: Link;
  stream: string;
  members: Map<Backlog, Joining>;
  /** Where the reading began, once that is known. */
  begun: Promise<number> | undefined;
  newest: number;
  leaving: AbortController;
  /** Of what this process wrote, that before which something is missing still. */
  early: Map<number, Followed>;
  /** Has it look at the stream now. */
  rouse: () => void;
};

const give = (state: State, message: Followed): void => {
  if (message.seq <= state.newest) return;
  state.newest = message.seq;
  for (const [backlog, { wants }] of state.members) if (wants(message.subject)) backlog.add(message);
};

/** Everything after a sequence, by a consumer that the server forgets when it ends. */
export const consumerAfter = (
  { js, link, stream }: Pick<State, "js" | "link" | "stream">,
  seq: number,
  filter?: string,
): ReturnType<JetStreamClient["consumers"]["get"]> =>
  link.hold(() =>
    js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: seq + 1,
      ...(filter === undefined ? {} : { filter_subjects: filter }),
    }),
  );

const readOn = async (state: State, left: Promise<void>): Promise<void> => {
  await Promise.race([state.link.up(), left]);
  const consumer = await consumerAfter(state, state.newest);
  const callback = (message: JsMsg): void => {
    give(state, followedFrom(message));
  };
  const messages = await consumer.consume({ max_messages: underway, callback });
  // The server forgets an ordered consumer when it ends. The client finds that out in its own time, up to 45 s later.
  const forget = state.link.onLost(() => void messages.close());
  try {
    await Promise.race([messages.closed(), left]);
  } finally {
    forget();
    void messages.close();
  }
};

/** What is stored is told of within this time, or not at all. */
const toldWithinMs = 50;
/** So often it is looked whether something was stored that this process was not told of. */
const lookEveryMs = 1_000;

const giveEarly = (state: State): void => {
  for (const seq of state.early.keys()) if (seq <= state.newest) state.early.delete(seq);
  for (let next = state.early.get(state.newest + 1); next !== undefined; ) {
    state.early.delete(next.seq);
    give(state, next);
    next = state.early.get(state.newest + 1);
  }
};

/** Gives what this process wrote, as the server has it; what lies before it and was not told of is read first. */
const giveOwn = (state: State, written: Written): void => {
  if (written.seq <= state.newest) return;
  const message = followedFrom(written);
  if (written.seq === state.newest + 1) give(state, message);
  else state.early.set(written.seq, message);
  if (state.early.size === 0) return;
  giveEarly(state);
  if (state.early.size > 0) state.rouse();
};

/** Messages may be gone: so that nothing is left is as good as the last of them. */
const readUpTo = async (state: State, last: number, left: Promise<void>): Promise<void> => {
  const consumer = await consumerAfter(state, state.newest);
  const see = (pending: number): boolean => {
    if (pending === 0) state.newest = Math.max(state.newest, last);
    return state.newest >= last;
  };
  if (see((await consumer.info(true)).num_pending)) return;
  const messages = await consumer.consume({ max_messages: underway });
  const close = (): void => void messages.close();
  const forget = state.link.onLost(close);
  void left.then(close);
  try {
    for await (const message of messages) {
      give(state, followedFrom(message));
      if (see(message.info.pending)) return;
    }
  } finally {
    forget();
    close();
  }
};

/** Looks at the end of the stream, and reads what was stored and not told of: by a tool, or by a write whose answer was lost. */
const readMissed = async (state: State, left: Promise<void>): Promise<void> => {
  const last = await lastOf(state);
  if (last > state.newest) await sleep(toldWithinMs, undefined, { signal: state.leaving.signal });
  if (last > state.newest) await readUpTo(state, last, left);
  giveEarly(state);
};

const pause = (state: State, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    state.rouse = () => {
      clearTimeout(timer);
      resolve();
    };
  });

/** For whom what this process writes is handed over: the stream itself is read for the rest alone. */
const readRest = async (state: State, left: Promise<void>): Promise<void> => {
  const { link, leaving } = state;
  const forget = link.onLost(() => {
    state.rouse();
  });
  try {
    while (!leaving.signal.aborted && link.isUp()) {
      await readMissed(state, left);
      await pause(state, lookEveryMs);
    }
    await Promise.race([link.up(), left]);
  } finally {
    forget();
  }
};

/** Reads until the last who follows has left, and begins again where it stood whenever it is cut off. */
const read = async (state: State): Promise<void> => {
  const { signal } = state.leaving;
  const left = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
      state.rouse();
    });
  });
  const readSome = ownWritesOf(state.js) === undefined ? readOn : readRest;
  while (!signal.aborted) {
    await readSome(state, left).catch((error: unknown) => {
      // All of them follow the same stream: one of them tells.
      if (!signal.aborted) [...state.members.values()].at(0)?.onFault(error);
    });
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
};

const lastOf = async ({ js, link, stream }: State): Promise<number> => {
  const found = await link.hold(() => js.streams.get(stream));
  return (await found.info(true)).state.last_seq;
};

const begin = async (state: State): Promise<number> => {
  const last = await lastOf(state);
  state.newest = last;
  const forget = ownWritesOf(state.js)?.hear(state.stream, (written) => {
    giveOwn(state, written);
  });
  if (forget !== undefined) state.leaving.signal.addEventListener("abort", forget);
  void read(state);
  return last;
};

const joinTail = async (state: State, joining: Joining, forget: () => void): Promise<Place> => {
  try {
    state.begun ??= begin(state);
    await state.begun;
  } catch (error) {
    state.begun = undefined;
    throw error;
  }
  const backlog = createBacklog(state.newest);
  state.members.set(backlog, joining);
  return {
    backlog,
    newest: () => state.newest,
    leave: () => {
      state.members.delete(backlog);
      if (state.members.size > 0) return;
      state.leaving.abort();
      forget();
    },
  };
};

type Tails = Map<string, Tail>;
const tails = new WeakMap<JetStreamClient, Tails>();

/** The end of a stream: one for everybody who follows it over a connection. */
export const tailOf = (js: JetStreamClient, link: Link, stream: string): Tail => {
  const known = tails.get(js) ?? new Map<string, Tail>();
  tails.set(js, known);
  const found = known.get(stream);
  if (found !== undefined) return found;
  const leaving = new AbortController();
  const state: State = {
    ...{ js, link, stream, leaving },
    members: new Map(),
    begun: undefined,
    newest: 0,
    early: new Map(),
    rouse: () => undefined,
  };
  const tail: Tail = { join: (joining) => joinTail(state, joining, () => known.delete(stream)) };
  known.set(stream, tail);
  return tail;
};
