import { setTimeout as sleep } from "node:timers/promises";
import type { Consumer } from "@nats-io/jetstream";
import type { Ground } from "../ground.ts";
import { handing, inFlight, type Reading, tellWorking } from "./intake-handing.ts";
import { type OwnDocuments, readOwn } from "./intake-own.ts";
import type { Link } from "./link.ts";
import type { OwnWrites } from "./own-writes.ts";

/** What was read here meanwhile is handed back in one go: so the server gives out many for the price of one. */
const gatherMs = 500;
const retryMs = 200;
/** While nothing was read here, the server is asked for what comes: what was kept before a crash, or is to be read again. */
const askedFor = 32;
const longMs = 5_000;
const shortMs = 1_000;
/** The server takes no more than half of the time. */
const idle_heartbeat = shortMs / 2;

type Sweep = {
  consumer: Consumer;
  link: Link;
  own: OwnDocuments;
  hand: ReturnType<typeof handing>["hand"];
  stopping: AbortController;
};

/** Has the server hand out what it has, at most so many. */
const sweep = async (
  { consumer, link, hand }: Sweep,
  asked: { max_messages: number; expires: number },
  ended: (close: () => void) => () => void,
): Promise<void> => {
  const messages = await link.hold(() => consumer.fetch({ ...asked, idle_heartbeat }));
  const close = (): void => void messages.close();
  const [forget, unend] = [link.onLost(close), ended(close)];
  try {
    for await (const message of messages) hand(message);
  } finally {
    forget();
    unend();
    close();
  }
};

const handBack = (at: Sweep): Promise<void> =>
  sweep(at, { max_messages: Math.min(at.own.size(), inFlight), expires: shortMs }, () => () => undefined);

const sweepOn = async (at: Sweep): Promise<void> => {
  const { link, own, stopping } = at;
  const { signal } = stopping;
  const ended = (close: () => void): (() => void) => {
    signal.addEventListener("abort", close);
    return () => {
      signal.removeEventListener("abort", close);
    };
  };
  while (!signal.aborted && link.isUp()) {
    if (own.size() > 0) await handBack(at);
    else await sweep(at, { max_messages: askedFor, expires: longMs }, ended);
    if (own.size() > 0) await sleep(gatherMs, undefined, { signal }).catch(() => undefined);
  }
};

const sweepUntilStopped = async (at: Sweep): Promise<void> => {
  const { signal } = at.stopping;
  while (!signal.aborted) {
    // Of a connection that was lost the watchers of pressure tell; the documents wait.
    await sweepOn(at).catch(() => undefined);
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
};

/**
 * Takes documents where this process alone keeps them: it reads each when it is on disk, and has the server hand them back in
 * one go, to acknowledge them. What was not kept here, or failed here, is read when the server hands it out.
 */
export const takeRest = (
  { consumer, link, ground }: { consumer: Consumer; link: Link; ground: Ground },
  ownWrites: OwnWrites,
  { stream, standard, reading }: { stream: string; standard: string; reading: Reading },
): { stop: () => Promise<void> } => {
  const own = readOwn(ownWrites, { stream, standard, most: inFlight, read: reading.readOwn });
  const { running, hand } = handing(reading, ground, own.handedBack);
  const endTelling = tellWorking(running);
  const at: Sweep = { consumer, link, own, hand, stopping: new AbortController() };
  const sweeping = sweepUntilStopped(at);
  return {
    stop: async () => {
      own.stop();
      at.stopping.abort();
      await sweeping;
      await own.settled();
      // What is not handed back now is, when a hub is started here again, and read once more.
      if (own.size() > 0 && link.isUp()) await handBack(at).catch(() => undefined);
      await Promise.all(running.keys());
      endTelling();
    },
  };
};
