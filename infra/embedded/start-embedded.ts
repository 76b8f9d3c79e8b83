import { randomBytes } from "node:crypto";
import { mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Log } from "../observability/logger.ts";
import { findServer } from "./binaries.ts";
import { acquireHubLock } from "./hub-lock.ts";
import { natsChild } from "./nats-child.ts";
import { endSurvivor } from "./process-identity.ts";
import { redisChild, socketPath } from "./redis-child.ts";
import { storeKeyFor } from "./store-key.ts";
import { type Supervised, supervise } from "./supervisor.ts";
import { serverPid } from "./watched-child.ts";

export type EmbeddedOptions = {
  /** Everything that must survive lies here; made when missing, readable by this user alone. */
  readonly dataDir: string;
  readonly natsServerBin?: string | undefined;
  readonly redisServerBin?: string | undefined;
  /** Off only for a person who has said that acknowledged messages may be lost in a power cut. */
  readonly syncAlways?: boolean | undefined;
  /** File of the secret that the journal is encrypted with on disk. Absent: it is not. */
  readonly storeKeyFile?: string | undefined;
  readonly log: Log;
};

type ServerPids = { readonly nats: number | undefined; readonly redis: number | undefined };

/** nats-server and redis-server as children of this process, restarted when they die, gone when it is. */
export type Embedded = AsyncDisposable & {
  readonly kind: "embedded";
  readonly natsUrl: string;
  readonly natsMonitorUrl: string;
  /** The path of Redis's Unix socket, which ioredis takes as an address. */
  readonly redisUrl: string;
  readonly dataDir: string;
  /** The servers' process ids; `undefined` for one that is being started again just now. */
  readonly pids: () => ServerPids;
  readonly stop: () => Promise<void>;
};

/** A way to undo each step that was done, run from the last to the first. */
type Undo = (() => Promise<unknown>)[];

const unwind = async (undo: Undo): Promise<void> => {
  for (const step of undo.splice(0).reverse()) await step();
};

const replaceSurvivors = async (dirs: readonly string[], log: Log): Promise<void> => {
  for (const dir of dirs) {
    const pid = await serverPid(dir);
    if (pid !== undefined && (await endSurvivor(pid, dir))) log.warn("survivor-ended", { pid, path: dir });
  }
};

const prepareFolders = async (dataDir: string): Promise<{ data: string; nats: string; redis: string }> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const data = await realpath(dataDir);
  const [nats, redis] = [join(data, "nats"), join(data, "redis")];
  await mkdir(nats, { recursive: true, mode: 0o700 });
  await mkdir(redis, { recursive: true, mode: 0o700 });
  return { data, nats, redis };
};

/** Where a command such as `sektorbro doctor` finds the servers of a running hub. */
export const endpointsFile = (dataDir: string): string => join(dataDir, "endpoints.json");

const socketFor = async (dir: string, undo: Undo): Promise<string> => {
  const socket = await socketPath(dir);
  if (dirname(socket) !== dir) undo.push(() => rm(dirname(socket), { recursive: true, force: true }));
  return socket;
};

/** Waits for every server, so that one that failed does not leave another behind. */
const allOrNone = async (starting: readonly Promise<Supervised>[], undo: Undo): Promise<Supervised[]> => {
  const settled = await Promise.allSettled(starting);
  const running = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  undo.push(...running.map((server) => server.stop));
  for (const result of settled) if (result.status === "rejected") throw result.reason;
  return running;
};

const startBoth = async (options: EmbeddedOptions, undo: Undo): Promise<Embedded> => {
  const [natsServer, redisServer] = await Promise.all([
    findServer("nats-server", options.natsServerBin),
    findServer("redis-server", options.redisServerBin),
  ]);
  const dirs = await prepareFolders(options.dataDir);
  const lock = await acquireHubLock(dirs.data);
  undo.push(lock.release);
  await replaceSurvivors([dirs.nats, dirs.redis], options.log);
  const nats = natsChild({
    ...{ binary: natsServer.path, dir: dirs.nats, syncAlways: options.syncAlways ?? true },
    password: randomBytes(24).toString("base64url"),
    storeKey: await storeKeyFor(dirs.nats, options.storeKeyFile),
  });
  const redisUrl = await socketFor(dirs.redis, undo);
  const redis = redisChild({ binary: redisServer.path, dir: dirs.redis, socket: redisUrl });
  const { log } = options;
  const [natsRun, redisRun] = await allOrNone([supervise(nats.spec, log), supervise(redis, log)], undo);
  const addresses = { ...nats.ports(), redisUrl };
  await writeFile(endpointsFile(dirs.data), JSON.stringify(addresses), { mode: 0o600 });
  undo.push(() => rm(endpointsFile(dirs.data), { force: true }));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= unwind(undo));
  return {
    kind: "embedded",
    ...addresses,
    dataDir: dirs.data,
    pids: () => ({ nats: natsRun?.pid(), redis: redisRun?.pid() }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

/**
 * Starts the hub's two servers on one data folder. Throws `EmbeddedError`: `hub-already-running`, `server-missing`,
 * `server-too-old`, `server-not-ready`, `store-key-unusable`, `store-key-differs`; then nothing is left running.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const undo: Undo = [];
  try {
    return await startBoth(options, undo);
  } catch (error) {
    await unwind(undo);
    throw error;
  }
};
