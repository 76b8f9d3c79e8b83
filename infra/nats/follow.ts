import { setTimeout as sleep } from "node:timers/promises";
import { type ConsumerMessages, DeliverPolicy, type JetStreamClient, type JsMsg } from "@nats-io/jetstream";
import type { Link } from "./link.ts";

export type Followed = { seq: number; subject: string; data: Uint8Array };
export type Follower = { stop: () => Promise<void> };
export type FollowOptions = {
  link: Link;
  stream: string;
  /** Only messages of these subjects; absent: all. */
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
const maxBatch = 200;
const usualRestMs = 20;

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
  return batch.map((m) => ({ seq: m.seq, subject: m.subject, data: m.data }));
};

type Running = { stopping: () => boolean; stopped: Promise<unknown>; messages: ConsumerMessages | undefined };

const followOnce = async (js: JetStreamClient, options: FollowOptions, running: Running): Promise<void> => {
  const { link, stream, restMs = usualRestMs } = options;
  await Promise.race([link.up(), running.stopped]);
  const start = {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: (await options.position()) + 1,
    ...(options.filter === undefined ? {} : { filter_subjects: options.filter }),
  };
  const consumer = await link.hold(() => js.consumers.get(stream, start));
  const messages = await consumer.consume({ max_messages: 1_000 });
  running.messages = messages;
  // The server forgets an ordered consumer when it ends. The client finds that out in its own time, up to 45 s later.
  const forget = link.onLost(() => void messages.close());
  try {
    // A stop that came while the consumer was being made found nothing to close, and a quiet journal would keep it waiting.
    if (running.stopping()) return;
    const iterator = messages[Symbol.asyncIterator]();
    for (let item = await iterator.next(); item.done !== true; item = await iterator.next()) {
      if (running.stopping()) return;
      const started = Date.now();
      await options.apply(await runOf(iterator, item.value));
      const rest = restMs - (Date.now() - started);
      if (rest > 0) await sleep(rest);
    }
  } finally {
    // Not awaited: what closes is told to whoever iterates, and nobody does any more.
    forget();
    void messages.close();
  }
};

/**
 * Follows one stream in order from a position that the follower keeps itself, with an ordered consumer: no state on the
 * server that could stand ahead of its stream. When anything fails it asks for its position again and starts there.
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
      await followOnce(js, options, running).catch(options.onFault);
      await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      void running.messages?.close();
      await ended;
    },
  };
};
