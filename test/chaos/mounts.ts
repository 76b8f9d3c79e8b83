import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system of a run's own; gone when it is let go. */
export type Mounted = { path: string; unmount: () => Promise<void> };

/** Lazily: whatever still holds a file of it does not keep it in place. */
const unmount = async (path: string): Promise<void> => {
  await run("umount", ["-l", path]);
};

/** A small file system in memory. Rejects where this user may not mount. */
export const mountMemory = async (path: string, megabytes: number): Promise<Mounted> => {
  await mkdir(path, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", `size=${String(megabytes)}m`, "tmpfs", path]);
  return { path, unmount: () => unmount(path) };
};

/** An empty ext4 image. */
export const makeImage = async (image: string, megabytes: number): Promise<void> => {
  await run("truncate", ["-s", `${String(megabytes)}M`, image]);
  await run("mkfs.ext4", ["-q", "-F", image]);
};

/** An image over a loop device. Rejects where this user may not mount. */
export const mountImage = async (image: string, path: string): Promise<Mounted> => {
  await mkdir(path, { recursive: true });
  await run("mount", ["-o", "loop", image, path]);
  return { path, unmount: () => unmount(path) };
};

/** What of the image had reached the disk: its bytes as they are now, whatever the file system over them still holds. */
export const copyImage = async (image: string, copy: string): Promise<void> => {
  await run("cp", ["--sparse=always", image, copy]);
};

/** Why a mount did not work, for a person. */
export const whyNot = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n").at(-2) ?? error.message) : String(error);
