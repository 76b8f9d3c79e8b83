import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const onLinux = process.platform === "linux";

const bootId = (): Promise<string> =>
  readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
    (text) => text.trim(),
    () => "",
  );

/** Fields of /proc/<pid>/stat from the third on; the second, the command, may hold blanks and brackets (proc(5)). */
const statFields = async (pid: number): Promise<string[] | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text === "" ? undefined : text.slice(text.lastIndexOf(")") + 2).split(" ");
};

const linuxStamp = async (pid: number): Promise<string | undefined> => {
  const fields = await statFields(pid);
  // A zombie has ended; only its parent has not asked yet (in a container that may be never).
  if (fields === undefined || fields[0] === "Z" || fields[0] === "X") return undefined;
  return `${await bootId()}:${fields[19] ?? ""}`;
};

const ps = (pid: number, column: string): Promise<string | undefined> =>
  run("ps", ["-o", `${column}=`, "-p", String(pid)]).then(
    ({ stdout }) => (stdout.trim() === "" ? undefined : stdout.trim()),
    () => undefined,
  );

/**
 * What tells this process from any other that ever has the same pid: the boot and its start time.
 * `undefined` when no such process runs.
 */
export const stampOf = (pid: number): Promise<string | undefined> =>
  onLinux ? linuxStamp(pid) : ps(pid, "lstart");

/** Whether the process runs with `dir` as its working folder, as the launcher starts its servers. */
const worksIn = async (pid: number, dir: string): Promise<boolean> => {
  if ((await stampOf(pid)) === undefined) return false;
  if (onLinux) return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === dir;
  return /(nats|redis)-server/.test((await ps(pid, "command")) ?? "");
};

/** Sends a signal; a process or group that is gone is not an error. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};

const goneWithin = async (pid: number, dir: string, timeoutMs: number): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (!(await worksIn(pid, dir))) return true;
    await sleep(10);
  }
  return false;
};

/** Ends a server that a killed hub left behind in `dir`: first politely, then not. True when there was one. */
export const endSurvivor = async (pid: number, dir: string): Promise<boolean> => {
  if (!(await worksIn(pid, dir))) return false;
  signal(pid, "SIGTERM");
  if (await goneWithin(pid, dir, 5_000)) return true;
  signal(pid, "SIGKILL");
  await goneWithin(pid, dir, 5_000);
  return true;
};
