import { setTimeout as sleep } from "node:timers/promises";
import type { JetStreamClient } from "@nats-io/jetstream";
import { standardOfIntake } from "../../contracts/subjects.ts";
import { startFollower } from "./follow.ts";
import type { Link } from "./link.ts";
import type { Positions } from "./positions.ts";
import type { Followed, Tail } from "./tail.ts";

type Needs = { js: JetStreamClient; link: Link; positions: Positions; tail: Tail };

const inFlight = 256;
const retryMs = 1_000;

/** What was begun and is not done, and how far everything is. */
const createDone = (from: number) => {
  const open = new Set<number>();
  let seen = from;
  return {
    seen: () => seen,
    see: (seq: number) => {
      seen = seq;
    },
    open,
    /** In the order of begin, so the first is the oldest. */
    upTo: (): number => {
      for (const oldest of open) return oldest - 1;
      return seen;
    },
  };
};

type Taking = {
  read: (message: Followed) => Promise<void>;
  done: ReturnType<typeof createDone>;
  running: Set<Promise<void>>;
  stopping: AbortSignal;
  noteDone: () => void;
};

/** A fault is tried again for as long as it takes; what a stop leaves is read again after the next start. */
const readUntilDone = async (
  { read, done, stopping, noteDone }: Taking,
  message: Followed,
): Promise<void> => {
  const tryOnce = (): Promise<boolean> =>
    read(message).then(
      () => true,
      () => false,
    );
  while (!(await tryOnce())) {
    await sleep(retryMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
  }
  done.open.delete(message.seq);
  noteDone();
};

/** Begins with a document, once there is room for one more. */
const begin = async (taking: Taking, message: Followed): Promise<void> => {
  const { running, done, stopping } = taking;
  while (running.size >= inFlight && !stopping.aborted) await Promise.race(running);
  if (stopping.aborted) return;
  done.see(message.seq);
  done.open.add(message.seq);
  const work = readUntilDone(taking, message);
  running.add(work);
  void work.finally(() => running.delete(work));
};

/**
 * Takes the documents of one standard from one stream, where no other process does: as they are written here, without being
 * sent back by the server, and after a start those behind the position up to which all were done. That is noted every few
 * seconds; what is read again gets its answer again.
 */
export const takeAlone = async (
  { js, link, positions, tail }: Needs,
  { stream, standard }: { stream: string; standard: string },
  read: (message: Followed) => Promise<void>,
): Promise<{ stop: () => Promise<void> }> => {
  const name = `intake-${standard}-${stream}`;
  const done = createDone(await positions.read(name));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const noteDone = (): void => {
    positions.note(name, done.upTo());
  };
  const taking = { read, done, running, stopping: stopping.signal, noteDone };
  const follower = startFollower(js, {
    link,
    stream,
    tail,
    lingerMs: 0,
    position: () => Promise.resolve(done.seen()),
    apply: async (batch) => {
      for (const message of batch) {
        if (standardOfIntake(message.subject) === standard) await begin(taking, message);
        else if (!stopping.signal.aborted) done.see(message.seq);
      }
      noteDone();
    },
    onFault: () => undefined,
  });
  return {
    stop: async () => {
      stopping.abort();
      await follower.stop();
      await Promise.all(running);
      noteDone();
    },
  };
};
