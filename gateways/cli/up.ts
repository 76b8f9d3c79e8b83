import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { createLog, type Log } from "../../infra/observability/logger.ts";
import { type Hub, startHub } from "./compose.ts";
import { note, print } from "./say.ts";

/** Where the other commands find a running hub. */
export const hubFile = (dataDir: string): string => join(dataDir, "hub.json");

/** Starts the hub and notes where it is, for as long as it runs. */
const openHub = async (config: Config, log: Log): Promise<Hub> => {
  const hub = await startHub(config, log);
  const file = hubFile(config.dataDir);
  const stop = async (): Promise<void> => {
    await rm(file, { force: true });
    await hub.stop();
  };
  try {
    await writeFile(file, JSON.stringify({ url: hub.url, pid: process.pid }), { mode: 0o600 });
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...hub, stop };
};

/** nats-server and redis-server are each given ten seconds before they are killed; longer than both is a hang. */
const stopLimitMs = 25_000;
/** A start that takes longer than this waits for something, and the person at the terminal is told. */
const slowStartMs = 8_000;

/** A stop that hangs ends all the same: the servers notice by themselves that the hub is gone, and stop. */
const limitStop = (drainMs: number): void => {
  setTimeout(() => {
    note("The hub did not stop in time and is ended as it is. Nothing that it accepted is lost.");
    process.exit(1);
  }, stopLimitMs + drainMs).unref();
};

/** The first SIGINT or SIGTERM asks to stop; a second one does not wait. */
const untilStopped = (drainMs: number): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        limitStop(drainMs);
        resolve();
      });
  });

/**
 * Runs a hub while `work` lasts or until SIGINT or SIGTERM, whichever comes first, and stops it. `work` gets a promise
 * that resolves at the signal.
 */
export const runHub = async (
  config: Config,
  log: Log,
  work: (hub: Hub, stopped: Promise<void>) => Promise<void>,
): Promise<void> => {
  const stopped = untilStopped(config.drainMs);
  const slow = setTimeout(() => {
    note("Still starting: waiting for NATS and Redis.");
  }, slowStartMs);
  const hub = await openHub(config, log).finally(() => {
    clearTimeout(slow);
  });
  try {
    await Promise.race([work(hub, stopped), stopped]);
  } finally {
    limitStop(config.drainMs);
    await hub.stop();
  }
};

export type UpOptions = {
  port?: string;
  host?: string;
  data?: string;
  unsafeFsync?: boolean;
  logLevel?: string;
  folders?: string;
  agreements?: string;
};

/** Runs the hub until SIGINT or SIGTERM; tells on standard output, in one line, when it listens and where. */
export const up = async (options: UpOptions): Promise<void> => {
  const config = configFrom(process.env, options);
  await runHub(config, createLog({ level: config.logLevel }), async ({ url, durability }, stopped) => {
    if (durability === "unsafe")
      note("Started with --unsafe-fsync: what is accepted can be lost in a power cut. /health says so too.");
    print(`listening ${url}`);
    await stopped;
  });
};
