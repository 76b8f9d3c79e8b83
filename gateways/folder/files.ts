import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm, rmdir, unlink, utimes } from "node:fs/promises";
import type { Seen } from "./core/ready.ts";

/** The bytes of a name: it need not be UTF-8, and only its bytes find the file again. */
export type RawName = Buffer<ArrayBuffer>;
export type Entry = Seen & { raw: RawName };
type Place = string | RawName;

const slash = Buffer.from("/");
const bytesOf = (place: Place): RawName => (typeof place === "string" ? Buffer.from(place) : place);
export const inside = (dir: string, raw: Place): RawName =>
  Buffer.concat([bytesOf(dir), slash, bytesOf(raw)]);

const textOf = (raw: RawName): string | undefined => {
  const text = raw.toString("utf8");
  return Buffer.from(text).equals(raw) ? text : undefined;
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** Somebody else moved it meanwhile: then there is nothing left to do here. */
export const unlessGone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/** What a name stands for, the name itself and never what it points at. */
export const seeIn = async (dir: string, raw: RawName): Promise<Entry | undefined> => {
  const stat = await unlessGone(lstat(inside(dir, raw)));
  if (stat === undefined) return undefined;
  const { size: sizeBytes, mtimeMs, ino } = stat;
  const seen = { raw, name: textOf(raw), sizeBytes, mtimeMs, ino };
  if (stat.isFile()) return { ...seen, kind: "file" };
  if (stat.isDirectory()) return { ...seen, kind: "directory" };
  return { ...seen, kind: stat.isSymbolicLink() ? "link" : "other" };
};

export const namesIn = async (dir: string): Promise<RawName[]> =>
  (await readdir(bytesOf(dir), { encoding: "buffer" })).map((name) => Buffer.from(name));

export const textNamesIn = async (dir: string): Promise<string[]> => (await unlessGone(readdir(dir))) ?? [];

/** Not through a link, and without waiting for a pipe that nobody writes to. */
const asItself = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const tailBytes = 64;

/** The last bytes of a file. @throws EACCES, ELOOP, ENOENT */
export const readTail = async (place: Place): Promise<Uint8Array> => {
  const file = await open(place, asItself);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(tailBytes),
      position: Math.max(0, size - tailBytes),
    });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** The whole file, or `undefined` when it changed while it was read. */
export const readWhole = async (place: Place): Promise<Buffer | undefined> => {
  const file = await open(place, asItself);
  try {
    const before = await file.stat();
    const bytes = await file.readFile();
    const after = await file.stat();
    const same = after.size === before.size && after.mtimeMs === before.mtimeMs;
    return same && bytes.length === before.size ? bytes : undefined;
  } finally {
    await file.close();
  }
};

/** The first bytes of a file. @throws EACCES, ELOOP, ENOENT */
export const readHead = async (place: Place, mostBytes: number): Promise<Buffer> => {
  const file = await open(place, asItself);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(mostBytes), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** A file was another at the end than at the beginning: its writer was not done. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
  constructor() {
    super("A file changed while it was read.");
  }
}

const pieceBytes = 256 * 1024;

/** A file piece by piece, so that it never is in memory. @throws FileChanged at its end, EACCES, ELOOP, ENOENT */
export async function* readPieces(place: Place): AsyncGenerator<Uint8Array> {
  const file = await open(place, asItself);
  try {
    const before = await file.stat();
    let read = 0;
    for (;;) {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(pieceBytes), position: read });
      if (bytesRead === 0) break;
      read += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await file.stat();
    if (read !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new FileChanged();
  } finally {
    await file.close();
  }
}

/** Makes what was done in a folder outlive a power cut. */
export const syncFolder = async (dir: string): Promise<void> => {
  const folder = await open(dir, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const fileMode = 0o660;
/** For partners' accounts, as far as the hub's umask lets them. */
const sharedMode = 0o770;
const ownMode = 0o700;

/** Writes a file whole and has it on disk. What a crash left there under the name is written anew. */
export const writeSynced = async (place: Place, bytes: Uint8Array): Promise<void> => {
  const file = await open(place, "w", fileMode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

export const makeShared = async (dir: string): Promise<void> => {
  await mkdir(dir, { mode: sharedMode });
};
export const makeOwn = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: ownMode });
};

/** Atomic within one file system. `false`: it is not there any more. */
export const move = async (from: Place, to: Place): Promise<boolean> =>
  (await unlessGone(rename(from, to).then(() => true))) ?? false;

export const remove = async (place: Place): Promise<void> => {
  await unlessGone(unlink(place));
};
export const removeTree = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true });

/** `false`: there is something in it. */
export const removeEmpty = async (dir: string): Promise<boolean> => {
  try {
    await rmdir(dir);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return true;
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") return false;
    throw error;
  }
};

/** Says that its owner lives. */
export const touch = async (dir: string, nowMs: number): Promise<void> => {
  await utimes(dir, nowMs / 1000, nowMs / 1000);
};
export const touchedMs = async (dir: string): Promise<number | undefined> =>
  (await unlessGone(lstat(dir)))?.mtimeMs;

/** The device of a folder; `undefined`: nothing there. @throws ENOTDIR for what is no folder, a link to one included */
export const deviceOf = async (dir: string): Promise<number | undefined> => {
  const stat = await unlessGone(lstat(dir));
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
  return stat.dev;
};
