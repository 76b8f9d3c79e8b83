import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { signal } from "./process-identity.ts";

/**
 * The shell that stands between the hub and a server:
 * - it holds `server.lock` by flock(1), inherited by the server, so the kernel itself keeps two servers off one folder,
 *   for as long as the server lives and whoever started it (where flock is missing, hub.lock stands alone);
 * - `server.pid` is written before the server runs, so that no moment has a server that nobody can find;
 * - its standard input is a pipe from the hub. A hub that is killed closes it, and the server is told to stop;
 * - it ends when the server ends, with the server's exit code.
 */
const wrapper = `
exec 3<&0 9>>server.lock
if command -v flock >/dev/null 2>&1; then flock -w 20 9 || exit 75; fi
sh -c 'echo $$ >server.pid; exec "$@"' sh "$@" </dev/null 3<&- &
server=$!
( while read -r _; do :; done; kill -TERM "$server" ) <&3 9>&- 2>/dev/null &
watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
exit "$code"
`;

export type WatchedChild = {
  /** The server's exit code, or 128 plus the signal that ended it. Never rejects. */
  readonly exited: Promise<number>;
  readonly running: () => boolean;
  /** Asks the server to stop (SIGTERM through the watchdog). */
  readonly stop: () => void;
  /** SIGKILL to the server and its watchdog. */
  readonly kill: () => void;
};

/** The pid in `<dir>/server.pid`: of the server that runs in that folder, or of the last one that did. */
export const serverPid = async (dir: string): Promise<number | undefined> => {
  const text = await readFile(join(dir, "server.pid"), "utf8").catch(() => "");
  return /^\d+\n$/.test(text) ? Number(text) : undefined;
};

const killGroup = (pid: number | undefined): void => {
  if (pid !== undefined) signal(-pid, "SIGKILL");
};

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once("exit", (code, name) => {
      // Whatever of the group is left (the wrapper itself may have been killed) must not outlive it.
      killGroup(child.pid);
      resolve(code ?? (name === null ? 1 : 128));
    });
    child.once("error", () => {
      resolve(127);
    });
  });

/** Runs a server with `dir` as its working folder, in a process group of its own so that Ctrl-C reaches the hub alone. */
export const spawnWatched = (
  argv: readonly string[],
  dir: string,
  env: Readonly<Record<string, string>> = {},
): WatchedChild => {
  const errors = openSync(join(dir, "stderr.log"), "w");
  const child = spawn("sh", ["-c", wrapper, "sh", ...argv], {
    cwd: dir,
    // Secrets are told so: an argument stands in every list of processes.
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["pipe", "ignore", errors],
  });
  closeSync(errors);
  child.stdin?.on("error", () => undefined);
  let running = true;
  const exited = exitOf(child).then((code) => {
    running = false;
    return code;
  });
  return {
    exited,
    running: () => running,
    stop: () => {
      child.stdin?.end();
    },
    kill: () => {
      killGroup(child.pid);
    },
  };
};
