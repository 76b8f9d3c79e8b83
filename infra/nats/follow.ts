import { setTimeout as sleep } from "node:timers/promises";
import type { ConsumerMessages, JetStreamClient } from "@nats-io/jetstream";
import { type Backlog, createBacklog } from "./backlog.ts";
import { type Followed, followedFrom } from "./followed.ts";
import type { Link } from "./link.ts";
import { consumerAfter, type Place, tailOf, underway } from "./tail.ts";

export type { Followed } from "./followed.ts";

export type Follower = {
  /** Has it ask for its position, and go on from there. */
  again: () => void;
  stop: () => Promise<void>;
};

export type FollowOptions = {
  link: Link;
  stream: string;
  /** Only messages of these subjects, a pattern of NATS; absent: all. */
  filter?: string;
  /** A busy journal is applied in runs: after one run the next waits this long, so that it is worth its round trip. Absent: 20. */
  restMs?: number;
  /** Called for each run of messages that are there, in order; awaited before the next. May throw: it is tried again. */
  apply: (batch: Followed[]) => Promise<void>;
  /** The sequence that was applied last; asked at every (re)start. */
  position: () => Promise<number>;
  onFault: (error: unknown) => void;
};

const retryMs = 200;
/** A run as long as this waits for nothing: whoever is behind has no rest. */
const longestRun = 250;
const usualRestMs = 20;

type Following = {
  js: JetStreamClient;
  options: FollowOptions;
  /** Whether to go on as before: not when stopping, nor when it was asked to begin again. */
  goesOn: () => boolean;
  /** What is waited for now. */
  waitsFor: Set<Backlog>;
};

/** Whether a subject fits a pattern: `*` stands for one part, `>` for all that is left. */
export const fits = (pattern: string): ((subject: string) => boolean) => {
  const wanted = pattern.split(".");
  return (subject) => {
    const parts = subject.split(".");
    const same = wanted.every(
      (one, i) => one === ">" || (one === "*" ? parts[i] !== undefined : one === parts[i]),
    );
    return same && (wanted.at(-1) === ">" ? parts.length >= wanted.length : parts.length === wanted.length);
  };
};

/** Waits until something is so of what waits, or the following is to stop. */
const waitFor = async (following: Following, backlog: Backlog, isSo: () => boolean): Promise<void> => {
  following.waitsFor.add(backlog);
  await backlog.until(() => isSo() || !following.goesOn());
  following.waitsFor.delete(backlog);
};

/** The rest that makes the next run worth its round trip; none where there is a long one already. */
const rest = async (following: Following, backlog: Backlog, begunMs: number): Promise<void> => {
  const leftMs = (following.options.restMs ?? usualRestMs) - (performance.now() - begunMs);
  if (leftMs <= 0 || backlog.size() >= longestRun) return;
  // By a timer of its own: to end a promised one early makes an error with its stack, and this runs as often as messages come.
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    backlog.rouse();
  }, leftMs);
  await waitFor(following, backlog, () => over || backlog.size() >= longestRun);
  clearTimeout(timer);
};

/** Applies what came while the run before it was applied. @returns where it stands then */
const applyNext = async (following: Following, backlog: Backlog, at: number): Promise<number> => {
  await waitFor(following, backlog, () => backlog.size() > 0);
  const run = following.goesOn() ? backlog.take(at, longestRun) : [];
  const last = run?.at(-1);
  if (run === undefined || last === undefined) return at;
  const begunMs = performance.now();
  await following.options.apply(run);
  await rest(following, backlog, begunMs);
  return last.seq;
};

type Behind = { backlog: Backlog; isRead: () => boolean; ended: () => boolean; failure: () => unknown };

/** Reads into a backlog for as long as there is room in it; what is beyond that waits at the server. */
const pump = (messages: ConsumerMessages, at: number): Behind => {
  const backlog = createBacklog(at);
  let [pending, ended] = [1, false];
  let failure: unknown;
  const reading = async (): Promise<void> => {
    for await (const message of messages) {
      // The next run is enough: what waits for longer costs the collector of garbage more than the server.
      await backlog.until(() => backlog.size() < 2 * longestRun && !backlog.isFull());
      pending = message.info.pending;
      backlog.add(followedFrom(message));
    }
  };
  void reading()
    .catch((error: unknown) => {
      failure = error;
    })
    .finally(() => {
      ended = true;
      backlog.rouse();
    });
  return {
    backlog,
    isRead: () => pending === 0 && backlog.size() === 0,
    ended: () => ended,
    failure: () => failure,
  };
};

/**
 * Reads what lies before the end of the stream by a consumer of its own, until it meets the end or nothing is left. Messages
 * may be gone, or not wanted: so what counts as read is what the tail had read before the server said that nothing is left.
 */
const catchUp = async (following: Following, place: Place, from: number): Promise<number> => {
  const { js, options } = following;
  const { link, stream, filter } = options;
  const newest = place.newest();
  const consumer = await consumerAfter({ js, link, stream }, from, filter);
  if ((await consumer.info(true)).num_pending === 0) return Math.max(from, newest);
  const messages = await consumer.consume({ max_messages: underway });
  const forget = link.onLost(() => void messages.close());
  const { backlog, isRead, ended, failure } = pump(messages, from);
  let at = from;
  try {
    while (following.goesOn() && at < place.backlog.since()) {
      await waitFor(following, backlog, () => backlog.size() > 0 || ended());
      if (ended() && backlog.size() === 0) {
        if (failure() !== undefined) throw failure();
        return at;
      }
      at = await applyNext(following, backlog, at);
      if (isRead()) return Math.max(at, newest);
    }
    return at;
  } finally {
    forget();
    void messages.close();
  }
};

const followOnce = async (following: Following, stopped: Promise<void>): Promise<void> => {
  const { js, options } = following;
  const { link, stream, filter, onFault } = options;
  await Promise.race([link.up(), stopped]);
  const wants = filter === undefined ? () => true : fits(filter);
  const place = await tailOf(js, link, stream).join({ wants, onFault });
  try {
    let at = await options.position();
    while (following.goesOn())
      at =
        at < place.backlog.since()
          ? await catchUp(following, place, at)
          : await applyNext(following, place.backlog, at);
  } finally {
    place.leave();
  }
};

/**
 * Follows one stream in order from a position that the follower keeps itself. What comes is read once for all who follow the
 * stream in this process; who is behind reads what lies before that by an ordered consumer of its own: no state on the server
 * that could stand ahead of its stream. What arrived while a run was applied is the next run, so a quiet journal is applied at
 * once and a busy one in long runs. When anything fails it asks for its position again and starts there.
 */
export const startFollower = (js: JetStreamClient, options: FollowOptions): Follower => {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => {
      resolve();
    });
  });
  const asked = { again: false };
  const goesOn = (): boolean => !stopping.signal.aborted && !asked.again;
  const following: Following = { js, options, goesOn, waitsFor: new Set() };
  const rouse = (): void => {
    for (const backlog of following.waitsFor) backlog.rouse();
  };
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      asked.again = false;
      await followOnce(following, stopped).catch(options.onFault);
      if (goesOn()) await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    again: () => {
      asked.again = true;
      rouse();
    },
    stop: async () => {
      stopping.abort();
      rouse();
      await ended;
    },
  };
};
