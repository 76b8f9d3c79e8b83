import { setTimeout as sleep } from "node:timers/promises";
import type { JetStreamManager } from "@nats-io/jetstream";

/** JetStream's codes of a cluster that is choosing who leads, or whose servers have not met yet. */
const electing = new Set([10005, 10006, 10008, 10009]);
const names = new Set(["JetStreamNotEnabled", "TimeoutError", "RequestError", "NoRespondersError"]);

const isElection = (error: unknown): boolean =>
  error instanceof Error &&
  (names.has(error.name) || ("code" in error && typeof error.code === "number" && electing.has(error.code)));

const againMs = 200;

/**
 * Asks a cluster again while it has nobody to answer: when it starts, and for some seconds after a leader is gone. Only what
 * may be asked twice. @throws what it failed with last, when that is something else, or `withinMs` have gone by.
 */
export const throughElections = async <T>(work: () => Promise<T>, withinMs: number): Promise<T> => {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isElection(error) || performance.now() > untilMs) throw error;
      await sleep(againMs);
    }
  }
};

/** Gives every stream and bucket that was made with fewer copies as many as are wanted now. It never takes one away. */
export const raiseReplicas = async (jsm: JetStreamManager, replicas: number): Promise<number> => {
  let raised = 0;
  // By name, each by itself: a list leaves out what did not answer in time.
  for await (const name of jsm.streams.names()) {
    const { config } = await jsm.streams.info(name);
    if (config.num_replicas >= replicas) continue;
    await jsm.streams.update(name, { num_replicas: replicas });
    raised += 1;
  }
  return raised;
};
