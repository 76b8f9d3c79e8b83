import { setTimeout as sleep } from "node:timers/promises";
import { DeliverPolicy, type JetStreamClient, type JsMsg } from "@nats-io/jetstream";
import { type Backlog, createBacklog } from "./backlog.ts";
import { type Followed, followedFrom } from "./followed.ts";
import type { Link } from "./link.ts";

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

/** Reads until the last who follows has left, and begins again where it stood whenever it is cut off. */
const read = async (state: State): Promise<void> => {
  const { signal } = state.leaving;
  const left = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
  while (!signal.aborted) {
    await readOn(state, left).catch((error: unknown) => {
      // All of them follow the same stream: one of them tells.
      [...state.members.values()].at(0)?.onFault(error);
    });
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
};

const begin = async (state: State): Promise<number> => {
  const { js, link, stream } = state;
  const found = await link.hold(() => js.streams.get(stream));
  const { last_seq } = (await found.info(true)).state;
  state.newest = last_seq;
  void read(state);
  return last_seq;
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
  const state: State = { js, link, stream, members: new Map(), begun: undefined, newest: 0, leaving };
  const tail: Tail = { join: (joining) => joinTail(state, joining, () => known.delete(stream)) };
  known.set(stream, tail);
  return tail;
};
