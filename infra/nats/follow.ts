import { setTimeout as sleep } from "node:timers/promises";
import { type ConsumerMessages, DeliverPolicy, type JetStreamClient, type JsMsg } from "@nats-io/jetstream";
import type { Link } from "./link.ts";
import type { Followed, Place, Tail } from "./tail.ts";

export type Follower = { stop: () => Promise<void> };
export type FollowOptions = {
  link: Link;
  stream: string;
  /** Only messages of these subjects; absent: all. */
  filter?: string;
  /** The newest of the stream, kept here: what is in it is not asked of the server. Not together with a filter. */
  tail?: Tail;
  /** How long to rest after a run, so that the next is worth its round trip; absent: 20. */
  lingerMs?: number;
  /** Called for each run of messages that are there, in order; awaited before the next. May throw: it is tried again. */
  apply: (batch: Followed[]) => Promise<void>;
  /** The sequence that was applied last; asked at every (re)start. */
  position: () => Promise<number>;
  onFault: (error: unknown) => void;
};

const retryMs = 200;
const maxBatch = 200;
/** A busy journal is applied in runs: after one run the next waits up to this long, so that it is worth its round trip. */
const usualLingerMs = 20;

/**
 * The first message and those that the stream held behind it: a busy journal is applied in runs, a quiet one at once. The
 * server's word is taken for what is to come: what the client says is queued counts its own notes too, and to wait for one
 * of those is to keep a run in hand until somebody writes again.
 */
const runOf = async (iterator: AsyncIterator<JsMsg>, first: JsMsg): Promise<Followed[]> => {
  const batch = [first];
  while (batch.length < maxBatch && (batch.at(-1)?.info.pending ?? 0) > 0) {
    const next = await iterator.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch.map(({ seq, subject, data, headers }) => ({
    seq,
    subject,
    data,
    ...(headers === undefined ? {} : { headers }),
  }));
};

/** All followers rest until the same moments, so that what they write of several streams goes out together. */
const restMs = (lingerMs: number): number => lingerMs - (Date.now() % lingerMs);

const applyAndRest = async (
  { apply, lingerMs = usualLingerMs }: FollowOptions,
  batch: Followed[],
): Promise<void> => {
  await apply(batch);
  if (lingerMs > 0) await sleep(restMs(lingerMs));
};

type Running = { stopping: () => boolean; stopped: Promise<unknown>; messages: ConsumerMessages | undefined };

/**
 * Reads from the server after a sequence, until the connection is lost, or a stop, or the tail has what comes next: then it
 * answers true.
 */
const followServer = async (
  js: JetStreamClient,
  options: FollowOptions,
  { from, running }: { from: number; running: Running },
): Promise<boolean> => {
  const { link, stream, tail } = options;
  const start = {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from + 1,
    ...(options.filter === undefined ? {} : { filter_subjects: options.filter }),
  };
  const consumer = await link.hold(() => js.consumers.get(stream, start));
  const messages = await consumer.consume({ max_messages: 1_000 });
  running.messages = messages;
  // The server forgets an ordered consumer when it ends. The client finds that out in its own time, up to 45 s later.
  const forget = link.onLost(() => void messages.close());
  try {
    // A stop that came while the consumer was being made found nothing to close, and a quiet journal would keep it waiting.
    if (running.stopping()) return false;
    const iterator = messages[Symbol.asyncIterator]();
    for (let item = await iterator.next(); item.done !== true; item = await iterator.next()) {
      if (running.stopping()) return false;
      const batch = await runOf(iterator, item.value);
      await applyAndRest(options, batch);
      if (tail?.after(batch.at(-1)?.seq ?? 0, 0) !== undefined) return true;
    }
    return false;
  } finally {
    // Not awaited: what closes is told to whoever iterates, and nobody does any more. The server would keep the consumer for
    // minutes; without a connection that is for it to do.
    forget();
    void messages.close();
    consumer.delete().catch(() => undefined);
  }
};

/** Reads the tail from a place on, until it does not go back far enough, or a stop. */
const followTail = async (
  options: FollowOptions,
  tail: Tail,
  { place, running }: { place: Place; running: Running },
): Promise<void> => {
  for (
    let batch = tail.after(place.at, maxBatch);
    batch !== undefined;
    batch = tail.after(place.at, maxBatch)
  ) {
    if (running.stopping()) return;
    if (batch.length === 0) await tail.grown();
    else {
      await applyAndRest(options, batch);
      place.at = batch.at(-1)?.seq ?? place.at;
    }
  }
};

const followOnce = async (
  js: JetStreamClient,
  options: FollowOptions,
  running: Running,
): Promise<boolean> => {
  const { link, tail, position } = options;
  await Promise.race([link.up(), running.stopped]);
  const from = await position();
  if (tail === undefined) return followServer(js, options, { from, running });
  const place = tail.hold(from);
  try {
    await followTail(options, tail, { place, running });
    if (running.stopping()) return false;
    const behind = place.at;
    // From here on it is kept, so that a stream that is never quiet is caught up with.
    place.at = tail.last();
    return await followServer(js, options, { from: behind, running });
  } finally {
    tail.release(place);
  }
};

/**
 * Follows one stream in order from a position that the follower keeps itself, with an ordered consumer: no state on the
 * server that could stand ahead of its stream. When anything fails it asks for its position again and starts there. With a
 * tail it reads from that what is in it, and from the server only what is older.
 */
export const startFollower = (js: JetStreamClient, options: FollowOptions): Follower => {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const stopped = new Promise((resolve) => {
    stopping.signal.addEventListener("abort", resolve);
  });
  const running: Running = { stopping: isStopping, stopped, messages: undefined };
  const loop = async (): Promise<void> => {
    while (!isStopping()) {
      const goesOn = await followOnce(js, options, running).catch((error: unknown) => {
        options.onFault(error);
        return false;
      });
      if (!goesOn) await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      options.tail?.rouse();
      void running.messages?.close();
      await ended;
    },
  };
};
