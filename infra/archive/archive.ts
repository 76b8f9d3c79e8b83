import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { compareEntries, type Entry, type IndexFile, keySize, openIndex, writeIndex } from "./index-file.ts";
import { createSegment, type Item, type ItemKind, itemAt, itemsOf } from "./segment-file.ts";

/**
 * What an item is found by: a kind of name, and the name; only a hash of the two is kept. `intake`: a document; `from`: the case
 * that was read from it.
 */
export type ArchiveKey = `${"case" | "intake" | "from" | "object" | "id" | "patient" | "envelope"}|${string}`;
export type NewItem = { kind: ItemKind; bytes: Uint8Array; keys: readonly ArchiveKey[] };

/** One file of items. `purged`: what it holds has left the store. */
const Segment = z.object({
  no: z.number().int(),
  at: z.iso.datetime(),
  items: z.number().int(),
  sizeBytes: z.number(),
  purged: z.boolean(),
});
type Segment = z.infer<typeof Segment>;
const Current = z.object({ version: z.literal(1), index: z.string().optional(), segments: z.array(Segment) });
type Current = z.infer<typeof Current>;

/** What has left the store: files that only grow, and one index over them. Nothing of it is in memory. */
export type Archive = {
  /** The items of a name, the oldest first. @throws ArchiveDamaged */
  find: (key: ArchiveKey) => Promise<Item[]>;
  /** Whether there are any, without reading them. */
  holds: (key: ArchiveKey) => Promise<boolean>;
  /**
   * Keeps items in a segment of their own. When it returns they are on disk, were read back, and can be found; when it fails, or
   * dies, none of them can.
   */
  add: (items: AsyncIterable<NewItem>, at: string) => Promise<Segment | undefined>;
  segments: () => Promise<readonly Segment[]>;
  itemsOf: (segment: number) => AsyncGenerator<Item>;
  notePurged: (segment: number) => Promise<void>;
  /** The files that make up the archive now, and what they are called in a backup. */
  files: () => Promise<{ path: string; from: string }[]>;
  close: () => Promise<void>;
};

/** Another process may have added: so old is what is known of it at most. */
const knownForMs = 1_000;

const keyHash = (key: ArchiveKey): Buffer => createHash("sha256").update(key).digest().subarray(0, keySize);

const segmentName = (no: number): string => `${String(no).padStart(6, "0")}.seg`;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
};

const readCurrent = async (folder: string): Promise<Current> => {
  const text = await readFile(join(folder, "current"), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? { version: 1, segments: [] } : Current.parse(JSON.parse(text));
};

/** The moment at which what was added is in the archive. */
const writeCurrent = async (folder: string, current: Current): Promise<void> => {
  const draft = join(folder, "current.new");
  const file = await open(draft, "w", 0o600);
  await file.write(JSON.stringify(current));
  await file.sync().finally(() => file.close());
  await rename(draft, join(folder, "current"));
  await syncFolder(folder);
};

async function* merged(old: AsyncIterable<Entry>, fresh: readonly Entry[]): AsyncGenerator<Entry> {
  let next = 0;
  for await (const entry of old) {
    for (let add = fresh[next]; add !== undefined && compareEntries(add, entry) < 0; add = fresh[next]) {
      yield add;
      next += 1;
    }
    yield entry;
  }
  yield* fresh.slice(next);
}

async function* nothing(): AsyncGenerator<Entry> {}

/** Writes a segment and reads all of it back. @returns the entries that find its items, sorted */
const writeSegment = async (
  folder: string,
  no: number,
  items: AsyncIterable<NewItem>,
): Promise<{ entries: Entry[]; items: number; sizeBytes: number }> => {
  const path = join(folder, segmentName(no));
  // Left by somebody who died before its segment was told of: its items are in the store still.
  await rm(path, { force: true });
  const segment = await createSegment(path);
  const entries: Entry[] = [];
  let count = 0;
  for await (const { kind, bytes, keys } of items) {
    const place = await segment.append(kind, bytes);
    count += 1;
    for (const key of new Set(keys)) entries.push({ key: keyHash(key), segment: no, ...place });
  }
  const sizeBytes = segment.sizeBytes();
  await segment.finish();
  let readBack = 0;
  for await (const _item of itemsOf(path, segmentName(no))) readBack += 1;
  if (readBack !== count) throw new Error("The archive does not hold what was written.");
  return { entries: entries.toSorted(compareEntries), items: count, sizeBytes };
};

type Known = { current: Current; index: IndexFile | undefined; atMs: number; mtimeMs: number };

/** What the folder holds, looked at again when it may have changed. */
const createView = (folder: string, nowMs: () => number) => {
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

type View = ReturnType<typeof createView>;

const add =
  (folder: string, view: View): Archive["add"] =>
  async (items, at) => {
    view.forget();
    const { current, index } = await view.look();
    const no = (current.segments.at(-1)?.no ?? 0) + 1;
    const { entries, ...size } = await writeSegment(folder, no, items);
    if (entries.length === 0) {
      await rm(join(folder, segmentName(no)), { force: true });
      return undefined;
    }
    const name = `index-${String(no).padStart(6, "0")}`;
    await writeIndex(join(folder, name), merged(index?.all() ?? nothing(), entries));
    await syncFolder(folder);
    const segment = { no, at, ...size, purged: false };
    await writeCurrent(folder, { version: 1, index: name, segments: [...current.segments, segment] });
    view.forget();
    for (const file of await readdir(folder))
      if (file.startsWith("index-") && file !== name) await rm(join(folder, file), { force: true });
    return segment;
  };

const find =
  (folder: string, view: View): Archive["find"] =>
  async (key) => {
    const entries = (await (await view.look()).index?.find(keyHash(key))) ?? [];
    return Promise.all(
      entries.map(({ segment, offset }) =>
        itemAt(join(folder, segmentName(segment)), segmentName(segment), offset),
      ),
    );
  };

export const openArchive = async (folder: string, nowMs: () => number): Promise<Archive> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const view = createView(folder, nowMs);
  const segments = async (): Promise<readonly Segment[]> => (await view.look()).current.segments;
  return {
    find: find(folder, view),
    holds: async (key) => ((await (await view.look()).index?.find(keyHash(key))) ?? []).length > 0,
    add: add(folder, view),
    segments,
    itemsOf: (no) => itemsOf(join(folder, segmentName(no)), segmentName(no)),
    notePurged: async (no) => {
      const current = await readCurrent(folder);
      const marked = current.segments.map((one) => (one.no === no ? { ...one, purged: true } : one));
      await writeCurrent(folder, { ...current, segments: marked });
      view.forget();
    },
    files: async () => {
      const current = await readCurrent(folder);
      const index = current.index === undefined ? [] : [current.index, "current"];
      const names = [...current.segments.map(({ no }) => segmentName(no)), ...index];
      return names.map((name) => ({ path: name, from: join(folder, name) }));
    },
    close: view.close,
  };
};
