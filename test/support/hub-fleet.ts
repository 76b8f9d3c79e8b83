import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { developmentToken } from "../../gateways/http/main.ts";
import { cliArguments } from "./compiled-program.ts";
import { clientAt, type HubClient } from "./hub-client.ts";
import { keepRunLog } from "./run-log.ts";
import { tempDir } from "./temp-dir.ts";

/** One of several hubs on the same servers, a process of its own. */
export type FleetHub = {
  readonly dataDir: string;
  /** Where it listens: the same after a restart. */
  readonly url: () => string;
  readonly pid: () => number;
  readonly running: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Sends the signal and waits for the end. @returns its exit code; `null` when it was killed */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly start: () => Promise<void>;
  readonly log: () => string;
  readonly as: (gln: string, role?: "organisation" | "operator") => Promise<HubClient>;
};

export type Fleet = AsyncDisposable & { readonly hubs: readonly FleetHub[] };

type Servers = { url: string; monitorUrl: string; redis: string };

const startTimeoutMs = 60_000;

const addressOf = (child: ChildProcess, log: () => string): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    const fail = (): void => {
      reject(new Error(`the hub does not listen: ${log().slice(-2_000)}`));
    };
    const timer = setTimeout(fail, startTimeoutMs);
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const url = /listening (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once("exit", () => {
      clearTimeout(timer);
      fail();
    });
  });

const startHub = async (dataDir: string, env: NodeJS.ProcessEnv): Promise<FleetHub> => {
  mkdirSync(dataDir);
  let [url, log, port] = ["", "", "0"];
  let child: ChildProcess | undefined;
  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async (): Promise<void> => {
    const settings = { ...env, SEKTORBRO_PORT: port, SEKTORBRO_DATA: dataDir };
    child = spawn(process.execPath, cliArguments(["up"]), {
      env: settings,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      keepRunLog(chunk.toString());
      log = (log + chunk.toString()).slice(-1_000_000);
    });
    url = await addressOf(child, () => log);
    port = new URL(url).port;
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child === undefined || !running()) return child?.exitCode ?? null;
    const exited = once(child, "exit");
    child.kill(signal);
    // One that is stopped hears nothing but this.
    if (signal !== "SIGKILL") child.kill("SIGCONT");
    const [code] = (await exited) as [number | null];
    return code;
  };
  await start();
  return {
    dataDir,
    url: () => url,
    pid: () => child?.pid ?? 0,
    running,
    signal: (signal) => void child?.kill(signal),
    end,
    start,
    log: () => log,
    as: async (gln, role = "organisation") => {
      const who = { gln, role, ttlSeconds: 3_600 };
      return clientAt(url, await developmentToken({ dataDir, audience: "sektorbro" }, who));
    },
  };
};

/**
 * Hubs side by side on servers that are there already, each with the same settings. The first makes what is missing; `together`:
 * all of them begin at the same time on servers that hold nothing.
 */
export const startFleet = async (
  servers: Servers,
  {
    count,
    settings = {},
    together = false,
  }: { count: number; settings?: NodeJS.ProcessEnv; together?: boolean },
): Promise<Fleet> => {
  const dir = await tempDir();
  const { PATH: path, HOME: home, TMPDIR: tmp } = process.env;
  const env = {
    ...{ PATH: path, HOME: home, TMPDIR: tmp, SEKTORBRO_LOG_LEVEL: "info" },
    ...{ NATS_URL: servers.url, NATS_MONITOR_URL: servers.monitorUrl, REDIS_URL: servers.redis },
    ...settings,
  };
  const open = (i: number): Promise<FleetHub> => startHub(join(dir.path, String(i)), env);
  const first = open(0);
  if (!together) await first;
  const hubs = await Promise.all([first, ...Array.from({ length: count - 1 }, (_, i) => open(i + 1))]);
  return {
    hubs,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(hubs.map((hub) => hub.end("SIGKILL")));
      await dir[Symbol.asyncDispose]();
    },
  };
};
