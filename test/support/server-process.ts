import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export type ServerProcess = {
  readonly pid: number;
  readonly log: () => string;
  readonly died: () => boolean;
  /** Sends the signal and waits until the process is gone. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
};

const running = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Kills the server when this process is gone: the watcher's input is a pipe from here, and ends with us. */
export const watch = (pid: number): ChildProcess => {
  const script = 'while read -r _; do :; done; kill -KILL "$1" 2>/dev/null';
  const watcher = spawn("sh", ["-c", script, "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.stdin.on("error", () => undefined);
  return watcher;
};

/** One server process of a test; its output is kept for the failure message. */
export const startProcess = async (
  binary: string,
  args: readonly string[],
  ready: (pid: number) => Promise<boolean>,
): Promise<ServerProcess> => {
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const keep = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  const watcher = watch(pid);
  child.once("exit", () => watcher.kill("SIGKILL"));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!running(child)) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && running(child)) {
    if (await ready(pid)) return { pid, log: () => log, died: () => !running(child), end };
    await sleep(10);
  }
  await end("SIGKILL");
  throw new Error(`${binary} did not become ready: ${log}`);
};

/** Tries `attempt` until it holds, at most `timeoutMs`; false when it never did. */
export const eventually = async (
  attempt: () => boolean | Promise<boolean>,
  timeoutMs = 5_000,
): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await attempt()) return true;
    await sleep(10);
  }
  return false;
};
