import { type ChildProcess, type ChildProcessByStdio, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Done } from "./cli-at-hand.ts";
import { cliArguments, compiledProgram } from "./compiled-program.ts";
import { keepEmitted } from "./emitted.ts";
import { keepRunLog } from "./run-log.ts";

export type Ended = { code: number | null; out: string; err: string };
export type CliProcess = {
  pid: number;
  out: () => string;
  err: () => string;
  /** Resolves with the first match in what was printed. Rejects when the process ends before. */
  prints: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<Ended>;
  /** Sends the signal and waits for the end. */
  end: (signal: NodeJS.Signals) => Promise<Ended>;
};

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Variables of the test run that would change what the CLI does are not passed on. */
const environment = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { SEKTORBRO_NATS_SERVER: nats, SEKTORBRO_REDIS_SERVER: redis } = process.env;
  const kept = Object.entries(process.env).filter(([name]) => !/^(SEKTORBRO|NATS|REDIS)_/.test(name));
  const servers = { SEKTORBRO_NATS_SERVER: nats, SEKTORBRO_REDIS_SERVER: redis };
  return {
    ...Object.fromEntries(kept),
    ...servers,
    SEKTORBRO_LOG_LEVEL: "warn",
    SEKTORBRO_PORT: "0",
    ...own,
  };
};

const collect = (stream: Readable): (() => string) => {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
};

const firstMatch = (child: Child, read: () => string, pattern: RegExp): Promise<RegExpExecArray> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      const match = pattern.exec(read());
      if (match === null) return;
      child.stdout.off("data", look);
      resolve(match);
    };
    child.stdout.on("data", look);
    child.once("close", () => {
      reject(new Error(`The process ended and never printed ${pattern.source}`));
    });
    look();
  });

/** A document that it printed, as it was fetched. */
const keepPrinted = (out: string): void => {
  if (out.startsWith("<?xml")) keepEmitted(Buffer.from(out, "latin1"));
};

/** Starts the CLI as a process of its own. */
export const startCli = (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  program: (args: readonly string[]) => string[] = cliArguments,
): CliProcess => {
  const child = spawn(process.execPath, program(args), {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(env),
  });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  // Its log, and what it says of failures: searched with the logs of every other hub at the end of the run.
  child.stderr.on("data", (chunk: Buffer) => {
    keepRunLog(chunk.toString());
  });
  const ended = once(child, "close").then(() => {
    keepPrinted(out());
    return { code: child.exitCode, out: out(), err: err() };
  });
  return {
    pid: child.pid ?? 0,
    out,
    err,
    prints: (pattern) => firstMatch(child, out, pattern),
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Runs one command of the CLI to its end, as a process of its own. */
export const cliProcess = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  startCli(args, env).ended;

let atHand: ChildProcess | undefined;
let asked = 0;

/** One process for all commands of a file, which holds nobody up: it ends with the one that asked. */
const startAtHand = (): ChildProcess => {
  const child = fork(join(compiledProgram(), "test", "support", "cli-at-hand.js"), {
    env: environment({}),
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  child.setMaxListeners(0);
  child.once("exit", () => {
    atHand = undefined;
  });
  return child;
};

const doneBy = (child: ChildProcess, no: number): Promise<Done> =>
  new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(new Error("the CLI at hand ended"));
    };
    const look = (done: Done): void => {
      if (done.no !== no) return;
      child.off("message", look).off("exit", ended);
      resolve(done);
    };
    child.on("message", look).once("exit", ended);
  });

const runAtHand = async (args: readonly string[]): Promise<Ended> => {
  atHand ??= startAtHand();
  const no = asked++;
  const done = doneBy(atHand, no);
  atHand.send({ no, args: [...args] });
  const { code, out, err } = await done;
  keepRunLog(err);
  keepPrinted(out);
  return { code, out, err };
};

/**
 * Runs one command of the CLI to its end: at hand, unless it runs a hub, reads standard input, or has an environment of its
 * own.
 */
export const cli = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> =>
  env !== undefined || ["up", "demo"].includes(args[0] ?? "") || args.includes("-")
    ? cliProcess(args, env)
    : runAtHand(args);

export type UpProcess = CliProcess & AsyncDisposable & { url: string; dataDir: string };

/** `sektorbro up` on a folder of the test's own, listening. */
export const startUp = async (
  dataDir: string,
  args: readonly string[] = [],
  program?: (args: readonly string[]) => string[],
): Promise<UpProcess> => {
  const process = startCli(["up", "--data", dataDir, ...args], {}, program);
  const [, url = ""] = await process.prints(/^listening (\S+)$/m).catch((error: unknown) => {
    throw new Error(process.err(), { cause: error });
  });
  return {
    ...process,
    url,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await process.end("SIGKILL");
    },
  };
};

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/\nState:\s+Z/.test(readFileSync(`/proc/${pid}/status`, "utf8"));

/** Process ids of the servers of a hub, as its data folder tells them while it runs. */
export const serverPids = (dataDir: string): number[] =>
  ["nats", "redis"].map((name) => Number(readFileSync(join(dataDir, name, "server.pid"), "utf8")));

export const aliveOf = (pids: readonly number[]): number[] => pids.filter(isAlive);
