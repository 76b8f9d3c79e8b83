import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { type Follower, startFollower } from "./follow.ts";
import type { Link } from "./link.ts";
import { createTail, type Followed, type Tail } from "./tail.ts";

/** The tails of the journal's and INTAKE's streams. */
export type Tails = {
  of: (stream: string) => Tail | undefined;
  /** Hands over what this process wrote and the server acknowledged. */
  wrote: (stream: string, message: Followed) => void;
  stop: () => Promise<void>;
};

export type TailsNeeds = {
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  streams: readonly string[];
  /** No other process writes to these streams. */
  alone: boolean;
  onFault: (error: unknown) => void;
};

/**
 * How often a process that is alone asks the server how far a stream is: an acknowledgement that was lost leaves a message
 * that nobody handed over, and so would a process that writes although it should not be there.
 */
const lookMs = 1_000;

const lastOf = async ({ jsm }: TailsNeeds, stream: string): Promise<number> =>
  (await jsm.streams.info(stream)).state.last_seq;

/** Reads what comes, from where the tail is. */
const feed = ({ js, link, onFault }: TailsNeeds, stream: string, tail: Tail): Follower =>
  startFollower(js, {
    link,
    stream,
    lingerMs: 0,
    position: () => Promise.resolve(tail.last()),
    apply: (batch) => {
      for (const message of batch) tail.add(message);
      return Promise.resolve();
    },
    onFault,
  });

/** Looks for messages that were stored and not handed over, and reads those until the tail has them. */
const startLooking = (needs: TailsNeeds, tails: ReadonlyMap<string, Tail>): { stop: () => Promise<void> } => {
  const feeds = new Map<string, Follower>();
  // What a look saw must be here at the next one: what is on its way when it looks is no gap.
  const seen = new Map<string, number>();
  const lookAt = async (stream: string, tail: Tail): Promise<void> => {
    const missing = tail.last() < (seen.get(stream) ?? 0);
    if (missing && !feeds.has(stream)) feeds.set(stream, feed(needs, stream, tail));
    if (!missing) {
      await feeds.get(stream)?.stop();
      feeds.delete(stream);
    }
    seen.set(stream, await needs.link.hold(() => lastOf(needs, stream)));
  };
  let looking = Promise.resolve();
  let stopped = false;
  const look = async (): Promise<void> => {
    if (!needs.link.isUp() || stopped) return;
    for (const [stream, tail] of tails) await lookAt(stream, tail);
  };
  const timer = setInterval(() => {
    looking = looking.then(look).catch(needs.onFault);
  }, lookMs);
  timer.unref();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all([...feeds.values()].map((one) => one.stop()));
    },
  };
};

/**
 * Every stream's tail. A process that is alone feeds them with what it writes, and nothing comes back from the server; where
 * others write too, each stream is read once for all readers of the process (decision 0029).
 */
export const openTails = async (needs: TailsNeeds): Promise<Tails> => {
  const tails = new Map<string, Tail>();
  for (const stream of needs.streams) tails.set(stream, createTail(await lastOf(needs, stream)));
  const following = needs.alone
    ? [startLooking(needs, tails)]
    : [...tails].map(([stream, tail]) => feed(needs, stream, tail));
  return {
    of: (stream) => tails.get(stream),
    wrote: (stream, message) => {
      tails.get(stream)?.add(message);
    },
    stop: async () => {
      await Promise.all(following.map((one) => one.stop()));
    },
  };
};
