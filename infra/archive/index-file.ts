import { type FileHandle, open } from "node:fs/promises";

/**
 * What is found in the archive, in one file: entries of one size, sorted by key. Keys are hashes, evenly spread, so where a
 * key stands is known to within a few entries and is found in one or two reads, however many there are. Nothing is kept in memory.
 */
export type Entry = {
  /** 16 bytes of a hash. */
  key: Buffer;
  segment: number;
  offset: number;
  length: number;
};

export type IndexFile = {
  count: number;
  /** Every entry of a key, in the order of their places. */
  find: (key: Buffer) => Promise<Entry[]>;
  /** All entries, in the order of their keys. */
  all: () => AsyncGenerator<Entry>;
  close: () => Promise<void>;
};

export const keySize = 16;
const entryBytes = 32;
/** So many are read at once, about a page of the disk. */
const window = 128;
const headBytes = 32;
const magic = "sektorbro-index-1";

const headOf = (count: number): Buffer => {
  const head = Buffer.alloc(headBytes);
  head.write(magic, 0, "latin1");
  head.writeBigUInt64BE(BigInt(count), headBytes - 8);
  return head;
};

const written = ({ key, segment, offset, length }: Entry, into: Buffer, at: number): void => {
  key.copy(into, at, 0, keySize);
  into.writeUInt32BE(segment, at + 16);
  into.writeUIntBE(offset, at + 20, 6);
  into.writeUIntBE(length, at + 26, 6);
};

const entryAt = (page: Buffer, at: number): Entry => ({
  key: page.subarray(at, at + keySize),
  segment: page.readUInt32BE(at + 16),
  offset: page.readUIntBE(at + 20, 6),
  length: page.readUIntBE(at + 26, 6),
});

/** The order of entries: by key, then by place. */
export const compareEntries = (a: Entry, b: Entry): number =>
  Buffer.compare(a.key, b.key) || a.segment - b.segment || a.offset - b.offset;

type Pages = { file: FileHandle; count: number };

const readPage = async ({ file, count }: Pages, from: number, entries = window): Promise<Entry[]> => {
  const wanted = Math.max(0, Math.min(entries, count - from));
  const page = Buffer.alloc(wanted * entryBytes);
  const { bytesRead } = await file.read(page, 0, page.length, headBytes + from * entryBytes);
  if (bytesRead < page.length) throw new Error("The index of the archive is shorter than it says.");
  return Array.from({ length: wanted }, (_, i) => entryAt(page, i * entryBytes));
};

/** 48 bits of a key: as many as a number holds exactly. */
const rankOf = (key: Buffer): number => key.readUIntBE(0, 6);
const ranks = 2 ** 48;

type Bound = { at: number; rank: number };

/** Where a key would be if those between two bounds were evenly spread. */
const guessed = (rank: number, low: Bound, high: Bound): number => {
  const spread = high.rank - low.rank;
  const share = spread <= 0 ? 0.5 : (rank - low.rank) / spread;
  const guess = Math.floor(low.at + share * (high.at - low.at)) - window / 2;
  return Math.max(low.at, Math.min(guess, high.at - 1));
};

/** The place of the first entry that is not before a key. */
const firstNotBefore = async (pages: Pages, key: Buffer): Promise<number> => {
  let [low, high]: [Bound, Bound] = [
    { at: 0, rank: 0 },
    { at: pages.count, rank: ranks },
  ];
  for (let round = 0; low.at < high.at; round++) {
    // Guesses close in fast where keys are spread evenly; where they are not, halving does.
    const halving = Math.max(low.at, Math.floor((low.at + high.at - window) / 2));
    const from = round < 4 ? guessed(rankOf(key), low, high) : halving;
    const entries = await readPage(pages, from, Math.min(window, high.at - from));
    const place = entries.findIndex((entry) => Buffer.compare(entry.key, key) >= 0);
    const [first, last] = [entries.at(0), entries.at(-1)];
    if (first === undefined || last === undefined) return from;
    if (place < 0) low = { at: from + entries.length, rank: rankOf(last.key) };
    else if (place > 0 || from === low.at) return from + place;
    else high = { at: from, rank: rankOf(first.key) };
  }
  return low.at;
};

const find = async (pages: Pages, key: Buffer): Promise<Entry[]> => {
  const found: Entry[] = [];
  for (let at = await firstNotBefore(pages, key); ; at += window) {
    const page = await readPage(pages, at);
    const same = page.filter((entry) => entry.key.equals(key));
    found.push(...same);
    if (page.length < window || same.length < page.length) return found;
  }
};

async function* all(pages: Pages): AsyncGenerator<Entry> {
  const run = 4_096;
  for (let at = 0; at < pages.count; at += run) yield* await readPage(pages, at, run);
}

export const openIndex = async (path: string): Promise<IndexFile> => {
  const file = await open(path, "r");
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(head, 0, headBytes, 0);
  const count = bytesRead < headBytes ? 0 : Number(head.readBigUInt64BE(headBytes - 8));
  const { size } = await file.stat();
  if (head.toString("latin1", 0, magic.length) !== magic || size !== headBytes + count * entryBytes) {
    await file.close();
    throw new Error("The index of the archive is damaged: make it again from the segments.");
  }
  const pages = { file, count };
  return { count, find: (key) => find(pages, key), all: () => all(pages), close: () => file.close() };
};

/** Writes entries, which come sorted, to a new file; on disk when it returns. @returns how many */
export const writeIndex = async (
  path: string,
  entries: AsyncIterable<Entry> | Iterable<Entry>,
): Promise<number> => {
  const file = await open(path, "w", 0o600);
  try {
    await file.write(headOf(0));
    const run = Buffer.alloc(4_096 * entryBytes);
    let [filled, count] = [0, 0];
    for await (const entry of entries) {
      written(entry, run, filled);
      filled += entryBytes;
      count += 1;
      if (filled < run.length) continue;
      await file.write(run);
      filled = 0;
    }
    await file.write(run.subarray(0, filled));
    await file.write(headOf(count), 0, headBytes, 0);
    await file.sync();
    return count;
  } finally {
    await file.close();
  }
};
