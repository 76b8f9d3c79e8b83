import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  createView,
  readCurrent,
  type Segment,
  segmentName,
  switchIndex,
  type View,
  writeCurrent,
} from "./current.ts";
import { compareEntries, type Entry, keySize } from "./index-file.ts";
import {
  createSegment,
  eraseItems,
  type Item,
  type ItemKind,
  isErased,
  itemAt,
  itemKinds,
  itemsOf,
  type Standing,
} from "./segment-file.ts";

/**
 * What an item is found by: a kind of name, and the name; only a hash of the two is kept. `intake`: a document; `from`: the case
 * that was read from it.
 */
export type ArchiveKey = `${"case" | "intake" | "from" | "object" | "id" | "patient" | "envelope"}|${string}`;
export type NewItem = { kind: ItemKind; bytes: Uint8Array; keys: readonly ArchiveKey[] };

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
  /**
   * Overwrites a case with its documents and attachments wherever it stands, and forgets by what it was found. Who dies over it
   * does it again. No other process may add meanwhile.
   * @returns how many items there were
   */
  erase: (caseId: string) => Promise<number>;
  /** The files that make up the archive now, and what they are called in a backup. */
  files: () => Promise<{ path: string; from: string }[]>;
  close: () => Promise<void>;
};

const keyHash = (key: ArchiveKey): Buffer => createHash("sha256").update(key).digest().subarray(0, keySize);

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
    const segment = { no, at, ...size, purged: false };
    await switchIndex(folder, {
      current: { ...current, segments: [...current.segments, segment] },
      name: `index-${String(no).padStart(6, "0")}`,
      entries: merged(index?.all() ?? nothing(), entries),
    });
    view.forget();
    return segment;
  };

const find =
  (folder: string, view: View): Archive["find"] =>
  async (key) => {
    const entries = (await (await view.look()).index?.find(keyHash(key))) ?? [];
    const items = await Promise.all(
      entries.map(({ segment, offset }) =>
        itemAt(join(folder, segmentName(segment)), segmentName(segment), offset),
      ),
    );
    return items.filter((item) => !isErased(item));
  };

const isCase = ({ kind }: Standing): boolean => (kind & ~0x80) === itemKinds.case;

/** A case stands behind its documents and attachments: what lies between it and the case before it is its own. */
const groupsAt =
  (offsets: ReadonlySet<number>) =>
  (items: readonly Standing[]): Standing[] => {
    let group: Standing[] = [];
    return items.flatMap((item) => {
      group.push(item);
      if (!isCase(item)) return [];
      const ended = group;
      group = [];
      return offsets.has(item.place.offset) ? ended : [];
    });
  };

async function* without(old: AsyncIterable<Entry>, gone: ReadonlySet<string>): AsyncGenerator<Entry> {
  for await (const entry of old) if (!gone.has(placeName(entry.segment, entry.offset))) yield entry;
}

const placeName = (segment: number, offset: number): string => `${String(segment)}|${String(offset)}`;

/** The next name of an index: it is made beside the one that is in use. */
const indexAfter = (name: string | undefined): string => {
  const [first = "index", no = "000000", change = "0"] = (name ?? "index-000000").split("-");
  return `${first}-${no}-${String(Number(change) + 1)}`;
};

const erase =
  (folder: string, view: View): Archive["erase"] =>
  async (caseId) => {
    view.forget();
    const { current, index } = await view.look();
    const found = (await index?.find(keyHash(`case|${caseId}`))) ?? [];
    if (index === undefined || found.length === 0) return 0;
    const gone = new Set<string>();
    for (const no of new Set(found.map(({ segment }) => segment))) {
      const offsets = new Set(found.flatMap(({ segment, offset }) => (segment === no ? [offset] : [])));
      const erased = await eraseItems(join(folder, segmentName(no)), groupsAt(offsets));
      for (const { place } of erased) gone.add(placeName(no, place.offset));
    }
    const name = indexAfter(current.index);
    await switchIndex(folder, { current, name, entries: without(index.all(), gone) });
    view.forget();
    return gone.size;
  };

export const openArchive = async (folder: string, nowMs: () => number): Promise<Archive> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const view = createView(folder, nowMs);
  const segments = async (): Promise<readonly Segment[]> => (await view.look()).current.segments;
  return {
    find: find(folder, view),
    holds: async (key) => ((await (await view.look()).index?.find(keyHash(key))) ?? []).length > 0,
    add: add(folder, view),
    erase: erase(folder, view),
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
