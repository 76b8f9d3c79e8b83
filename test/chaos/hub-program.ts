import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { watch } from "../support/server-process.ts";
import type { Actor } from "./actor.ts";

/** A hub of the compiled product, as a process of its own. */
export type HubActor = Actor & {
  /** Where it listens; while it is down, where it listened last. */
  url: () => string;
  dataDir: string;
  /** What it logged at level warn and above, the end of it. */
  log: () => string;
  /** How often it ended before it listened. */
  failedStarts: () => number;
};

export type HubOptions = {
  name: string;
  /** The folder that the product was compiled into. */
  program: string;
  dataDir: string;
  /** Asked at each start. */
  env: () => NodeJS.ProcessEnv;
  /** More arguments of node's, before the program. */
  nodeArgs?: readonly string[];
};

/** Whoever needs more than a second one is told of; more than these is a hub that does not start. */
const startTries = 5;
const startLimitMs = 60_000;
const logLimit = 200_000;

const running = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

/** The address that the hub says it listens at. Rejects when it ends before, or says nothing in time. */
const listening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      reject(new Error("the hub was not ready in time"));
    }, startLimitMs);
    const settle = (): void => {
      clearTimeout(timer);
    };
    child.stdout?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
      const url = /listening (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      settle();
      resolve(url);
    });
    child.once("exit", (code) => {
      settle();
      reject(new Error(`the hub ended before it listened (${String(code)})`));
    });
  });

const settings = ({ dataDir, env }: HubOptions): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  SEKTORBRO_NATS_SERVER: process.env["SEKTORBRO_NATS_SERVER"],
  SEKTORBRO_REDIS_SERVER: process.env["SEKTORBRO_REDIS_SERVER"],
  SEKTORBRO_DATA: dataDir,
  SEKTORBRO_PORT: "0",
  SEKTORBRO_LOG_LEVEL: "warn",
  SEKTORBRO_PUSH_ALLOW: "127.0.0.1",
  ...env(),
});

/** A hub that is not started yet. */
export const hubActor = (options: HubOptions): HubActor => {
  const now: { child: ChildProcess | undefined; url: string; log: string; failedStarts: number } = {
    child: undefined,
    url: "",
    log: "",
    failedStarts: 0,
  };
  const main = join(options.program, "gateways/cli/main.js");
  const startOnce = async (): Promise<void> => {
    const child = spawn(process.execPath, [...(options.nodeArgs ?? []), main, "up"], {
      cwd: options.program,
      env: settings(options),
      stdio: ["ignore", "pipe", "pipe"],
    });
    now.child = child;
    const watcher = watch(child.pid ?? 0);
    child.once("exit", () => watcher.kill("SIGKILL"));
    child.stderr.on("data", (chunk: Buffer) => {
      now.log = (now.log + chunk.toString()).slice(-logLimit);
    });
    now.url = await listening(child).catch((error: unknown) => {
      throw new Error(now.log.slice(-2_000), { cause: error });
    });
  };
  /** As whoever watches over a service does: one that ends at once is started again. */
  const start = async (): Promise<void> => {
    for (let tries = 1; ; tries++)
      try {
        await startOnce();
        return;
      } catch (error) {
        await end("SIGKILL");
        if (tries === startTries) throw error;
        now.failedStarts += 1;
        await sleep(500);
      }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { child } = now;
    if (!running(child)) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    name: options.name,
    dataDir: options.dataDir,
    url: () => now.url,
    log: () => now.log,
    failedStarts: () => now.failedStarts,
    pid: () => (running(now.child) ? now.child.pid : undefined),
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
};
