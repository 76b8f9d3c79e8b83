import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { findServer } from "../../infra/embedded/binaries.ts";
import { answersPing } from "../../infra/embedded/redis-child.ts";
import { serverPid } from "../../infra/embedded/watched-child.ts";
import { cliArguments, compiledProgram } from "./compiled-program.ts";
import { eventually } from "./eventually.ts";
import { keepRunLog } from "./run-log.ts";

const Endpoints = z.object({ natsUrl: z.string(), natsMonitorUrl: z.string(), redisUrl: z.string() });
type Endpoints = z.infer<typeof Endpoints>;
type ServerName = "nats" | "redis";

/** `sektorbro up` as a process of its own on one data folder, to be killed as a crash would and started again. */
export type HubProcess = AsyncDisposable & {
  readonly dataDir: string;
  /** Where the hub listens; while it is down, where it listened last. */
  readonly url: () => string;
  readonly endpoints: () => Promise<Endpoints>;
  readonly start: () => Promise<void>;
  /** SIGKILL to the hub alone: what becomes of its servers is its own business. */
  readonly kill: () => Promise<void>;
  /** SIGKILL to one of its servers, by pid. Resolves with the milliseconds until another one answers. */
  readonly killServer: (name: ServerName) => Promise<number>;
  /** The events of its log at level error, in order. */
  readonly errors: () => string[];
  readonly log: () => string;
};

const startTimeoutMs = 60_000;
/** Half the time of a start goes into reading modules: these many hubs have done that before they are needed. */
const standbys = 2;
const logLimit = 4_000_000;

const isReady = async (name: ServerName, { natsMonitorUrl, redisUrl }: Endpoints): Promise<boolean> => {
  if (name === "redis") return answersPing(redisUrl);
  const answer = await fetch(`${natsMonitorUrl}/healthz`).catch(() => undefined);
  await answer?.text();
  return answer?.status === 200;
};

const environmentOf = async (dataDir: string, more: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => {
  const [nats, redis] = [await findServer("nats-server"), await findServer("redis-server")];
  return {
    ...process.env,
    SEKTORBRO_DATA: dataDir,
    SEKTORBRO_PORT: "0",
    SEKTORBRO_LOG_LEVEL: "warn",
    SEKTORBRO_NATS_SERVER: nats.path,
    SEKTORBRO_REDIS_SERVER: redis.path,
    ...more,
  };
};

const standby = (): string => join(compiledProgram(), "test", "support", "hub-standby.js");

/** A hub that begins when it is told to. */
const spawnHub = (env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, ["--import", standby(), ...cliArguments(["up"])], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });

/** The address that the hub says it listens at. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      reject(new Error("the hub was not ready in time"));
    }, startTimeoutMs);
    child.stdout?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      const url = /listening (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the hub ended before it listened (${String(code)})`));
    });
  });

const running = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

const end = async (child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> => {
  if (!running(child)) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
};

const endpointsOf = async (dataDir: string): Promise<Endpoints> =>
  Endpoints.parse(JSON.parse(await readFile(join(dataDir, "endpoints.json"), "utf8")));

const killServer = async (dataDir: string, name: ServerName): Promise<number> => {
  const dir = join(dataDir, name);
  const endpoints = await endpointsOf(dataDir);
  const victim = await serverPid(dir);
  if (victim === undefined) throw new Error(`no ${name}-server runs`);
  const began = Date.now();
  process.kill(victim, "SIGKILL");
  await eventually(async () => {
    const pid = await serverPid(dir);
    return pid !== undefined && pid !== victim && (await isReady(name, endpoints)) ? true : undefined;
  }, `another ${name}-server`);
  return Date.now() - began;
};

const errorsIn = (log: string): string[] =>
  log.split("\n").flatMap((line) => {
    if (!line.includes('"level":"error"')) return [];
    const { event } = JSON.parse(line) as { event: string };
    return [event];
  });

/** Starts a hub, with settings beside those that every test has. It is stopped (SIGTERM) when the scope ends. */
export const startHubProcess = async (
  dataDir: string,
  settings: NodeJS.ProcessEnv = {},
): Promise<HubProcess> => {
  const now: { child: ChildProcess | undefined; url: string; log: string } = {
    child: undefined,
    url: "",
    log: "",
  };
  const env = await environmentOf(dataDir, settings);
  const waiting: ChildProcess[] = [];
  const start = async (): Promise<void> => {
    while (waiting.length <= standbys) waiting.push(spawnHub(env));
    const child = waiting.shift();
    if (child === undefined) throw new Error("no hub stands by");
    now.child = child;
    child.stderr?.on("data", (chunk: Buffer) => {
      keepRunLog(chunk.toString());
      now.log = (now.log + chunk.toString()).slice(-logLimit);
    });
    child.stdin?.end("begin\n");
    now.url = await addressOf(child).catch((error: unknown) => {
      throw new Error(now.log.slice(-2_000), { cause: error });
    });
  };
  await start();
  return {
    dataDir,
    url: () => now.url,
    endpoints: () => endpointsOf(dataDir),
    start,
    kill: () => end(now.child, "SIGKILL"),
    killServer: (name) => killServer(dataDir, name),
    errors: () => errorsIn(now.log),
    log: () => now.log,
    [Symbol.asyncDispose]: async () => {
      for (const child of waiting) await end(child, "SIGKILL");
      await end(now.child, "SIGTERM");
    },
  };
};
