import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Entry, type IndexFile, openIndex, writeIndex } from "./index-file.ts";

/** One file of items. `purged`: what it holds has left the store. */
const Segment = z.object({
  no: z.number().int(),
  at: z.iso.datetime(),
  items: z.number().int(),
  sizeBytes: z.number(),
  purged: z.boolean(),
});
export type Segment = z.infer<typeof Segment>;
const Current = z.object({ version: z.literal(1), index: z.string().optional(), segments: z.array(Segment) });
export type Current = z.infer<typeof Current>;

/** Another process may have added: so old is what is known of it at most. */
const knownForMs = 1_000;

export const segmentName = (no: number): string => `${String(no).padStart(6, "0")}.seg`;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
};

export const readCurrent = async (folder: string): Promise<Current> => {
  const text = await readFile(join(folder, "current"), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? { version: 1, segments: [] } : Current.parse(JSON.parse(text));
};

/** The moment at which what was added is in the archive. */
export const writeCurrent = async (folder: string, current: Current): Promise<void> => {
  const draft = join(folder, "current.new");
  const file = await open(draft, "w", 0o600);
  await file.write(JSON.stringify(current));
  await file.sync().finally(() => file.close());
  await rename(draft, join(folder, "current"));
  await syncFolder(folder);
};

type Known = { current: Current; index: IndexFile | undefined; atMs: number; mtimeMs: number };

export type View = {
  look: () => Promise<Known>;
  /** Has the next look see what there is. */
  forget: () => void;
  close: () => Promise<void>;
};

/** What the folder holds, looked at again when it may have changed. */
export const createView = (folder: string, nowMs: () => number): View => {
  let known: Known | undefined;
  const load = async (mtimeMs: number): Promise<Known> => {
    const current = await readCurrent(folder);
    const index = current.index === undefined ? undefined : await openIndex(join(folder, current.index));
    const before = known;
    known = { current, index, atMs: nowMs(), mtimeMs };
    // Whoever still reads from it has its answer before it is closed.
    if (before?.index !== undefined) setTimeout(() => void before.index?.close(), 5_000).unref();
    return known;
  };
  const look = async (): Promise<Known> => {
    if (known !== undefined && nowMs() - known.atMs < knownForMs) return known;
    const mtimeMs = await stat(join(folder, "current")).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    if (known === undefined || known.mtimeMs !== mtimeMs) return load(mtimeMs);
    known.atMs = nowMs();
    return known;
  };
  return {
    look,
    forget: () => {
      if (known !== undefined) known.atMs = Number.NEGATIVE_INFINITY;
    },
    close: async () => {
      await known?.index?.close();
      known = undefined;
    },
  };
};

/** Writes an index beside the one in use, has it be the one in use from one moment to the next, and removes the other. */
export const switchIndex = async (
  folder: string,
  { current, name, entries }: { current: Current; name: string; entries: AsyncIterable<Entry> },
): Promise<void> => {
  await writeIndex(join(folder, name), entries);
  await syncFolder(folder);
  await writeCurrent(folder, { ...current, version: 1, index: name });
  for (const file of await readdir(folder))
    if (file.startsWith("index-") && file !== name) await rm(join(folder, file), { force: true });
};
