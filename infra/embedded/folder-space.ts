import { readdir, readFile, rename, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );

const usedBytes = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  let total = 0;
  for (const name of names) total += await sizeOf(join(folder, name));
  return total;
};

export const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/**
 * How much the streams of the store in `dir` may hold: four fifths of what it holds and what the disk has free, and never
 * less than it was before. nats-server does not bring a stream back whose reserved size no longer fits ("insufficient
 * storage resources", seen on 2.10.27), so a disk that others have filled meanwhile must not lower the limit.
 */
export const storeLimitBytes = async (dir: string, store: string): Promise<number> => {
  const file = join(dir, "max-file-store");
  const before = Number(await readFile(file, "utf8").catch(() => "0"));
  const room = Math.floor(((await usedBytes(store)) + (await freeBytes(dir))) * 0.8);
  if (before >= room) return before;
  await writeFile(`${file}.new`, String(room), { flush: true });
  await rename(`${file}.new`, file);
  return room;
};

/** The last lines of a file, for a message to the person who started the hub; empty when there is none. */
export const tailOf = async (file: string, lines = 8): Promise<string> => {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-lines).join("\n");
};
