import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../observability/logger.ts";
import { serverPid, spawnWatched, type WatchedChild } from "./watched-child.ts";

export type ServerSpec = {
  readonly name: "nats" | "redis";
  /** Existing folder, absolute and free of symbolic links: the server's working folder. */
  readonly dir: string;
  readonly argv: readonly string[];
  /** What it is told in its environment: secrets, which nobody else on the machine can read there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before every start: writes the configuration. */
  readonly prepare: () => Promise<void>;
  /** Whether the server with this pid answers. Never rejects. */
  readonly isReady: (pid: number) => Promise<boolean>;
  /** After a start that failed, or a server that gave up: true when it mended something and another try makes sense. */
  readonly repair: () => Promise<boolean>;
  /** What to tell a person whose server did not start: the end of its log. */
  readonly explain: () => Promise<Error>;
  readonly readyTimeoutMs: number;
};

export type Supervised = {
  /** The server's pid; `undefined` while it is being started again. */
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
};

const stopGraceMs = 10_000;
/** The shell's exit code of what a signal ended. */
const killedFrom = 128;
const backoffMs = (failures: number): number => (failures === 0 ? 0 : Math.min(50 * 2 ** failures, 2_000));

/** Resolves with the server's pid once it answers, or `undefined` when it ended, stayed silent too long or is not wanted. */
const whenReady = async (
  child: WatchedChild,
  spec: ServerSpec,
  stopping: AbortSignal,
): Promise<number | undefined> => {
  const deadline = Date.now() + spec.readyTimeoutMs;
  while (child.running() && !stopping.aborted && Date.now() < deadline) {
    const pid = await serverPid(spec.dir);
    if (pid !== undefined && (await spec.isReady(pid)) && child.running()) return pid;
    await sleep(10);
  }
  return undefined;
};

const end = async (child: WatchedChild): Promise<void> => {
  child.stop();
  const timer = setTimeout(child.kill, stopGraceMs);
  await child.exited;
  clearTimeout(timer);
};

type Running = { readonly child: WatchedChild; readonly pid: number };

const startOnce = async (spec: ServerSpec, stopping: AbortSignal): Promise<Running | undefined> => {
  await rm(join(spec.dir, "server.pid"), { force: true });
  await spec.prepare();
  const child = spawnWatched(spec.argv, spec.dir, spec.env);
  const pid = await whenReady(child, spec, stopping);
  if (pid !== undefined) return { child, pid };
  await end(child);
  return undefined;
};

/** Starts the server again until it runs or is not wanted any more; pauses grow from none to two seconds. */
const startAgain = async (
  spec: ServerSpec,
  stopping: AbortSignal,
  log: Log,
): Promise<Running | undefined> => {
  for (let failures = 0; ; failures++) {
    await sleep(backoffMs(failures), undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return undefined;
    const startedAt = Date.now();
    const running = await startOnce(spec, stopping);
    if (running !== undefined) {
      log.warn("server-restarted", { server: spec.name, pid: running.pid, startMs: Date.now() - startedAt });
      return running;
    }
    await spec.repair();
    log.error("server-restart-failed", { server: spec.name, attempt: failures + 1 });
  }
};

const startFirst = async (spec: ServerSpec, stopping: AbortSignal): Promise<Running> => {
  const first = await startOnce(spec, stopping);
  if (first !== undefined) return first;
  const second = (await spec.repair()) ? await startOnce(spec, stopping) : undefined;
  if (second === undefined) throw await spec.explain();
  return second;
};

/**
 * Starts a server and keeps it running: when it ends by itself it is started again, for ever.
 * Rejects with what `explain` tells when the first start fails.
 */
export const supervise = async (spec: ServerSpec, log: Log): Promise<Supervised> => {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let current: Running | undefined = await startFirst(spec, stopping.signal);

  const keep = async (): Promise<void> => {
    while (current !== undefined) {
      const exitCode = await current.child.exited;
      if (isStopping()) return;
      log.warn("server-died", { server: spec.name, pid: current.pid, exitCode });
      current = undefined;
      // It gave up by itself: what it was still reading when its start was done may be damaged.
      if (exitCode > 0 && exitCode < killedFrom) await spec.repair();
      const again = await startAgain(spec, stopping.signal, log);
      // A stop that came while the server was starting found nothing to stop.
      if (again !== undefined && isStopping()) await end(again.child);
      else current = again;
    }
  };
  const kept = keep();

  const stop = async (): Promise<void> => {
    stopping.abort();
    if (current !== undefined) await end(current.child);
    await kept;
    await rm(join(spec.dir, "server.pid"), { force: true });
  };
  return { pid: () => current?.pid, stop };
};
