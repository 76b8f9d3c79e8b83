import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/**
 * A file of the archive that only grows: items one behind the other, each with its length, what it is, and a digest of it.
 * What an item is: `case`, a case with its records (JSON, packed); `original`, a document as it came; `object`, an attachment.
 */
export const itemKinds = { case: 1, object: 2, original: 3 } as const;
export type ItemKind = (typeof itemKinds)[keyof typeof itemKinds];
/** Set in the kind of an item that was erased: its bytes are zeros, and where it stood can still be told. */
const erasedBit = 0x80;
export const isErased = ({ kind }: { kind: number }): boolean => (kind & erasedBit) !== 0;
/** Where an item stands; `length` is that of its bytes. */
type ItemPlace = { offset: number; length: number };

const headBytes = 5 + 6 + 32;
const magic = Buffer.from("SBSEG1", "latin1");

export class ArchiveDamaged extends Error {
  override readonly name = "ArchiveDamaged";
  constructor(segment: string) {
    super(`${segment} of the archive is not what was written. Restore it from a backup.`);
  }
}

const headOf = (kind: number, bytes: Uint8Array): Buffer => {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kind, 0);
  head.writeUIntBE(bytes.length, 5, 6);
  createHash("sha256").update(head.subarray(0, 1)).update(bytes).digest().copy(head, 11);
  return head;
};

export type SegmentWriter = {
  append: (kind: ItemKind, bytes: Uint8Array) => Promise<ItemPlace>;
  sizeBytes: () => number;
  /** Everything is on disk when it returns. */
  finish: () => Promise<void>;
};

export const createSegment = async (path: string): Promise<SegmentWriter> => {
  const file = await open(path, "wx", 0o600);
  await file.write(magic);
  let at = magic.length;
  return {
    append: async (kind, bytes) => {
      const offset = at;
      await file.writev([headOf(kind, bytes), bytes]);
      at += headBytes + bytes.length;
      return { offset, length: bytes.length };
    },
    sizeBytes: () => at,
    finish: async () => {
      await file.sync();
      await file.close();
    },
  };
};

export type Item = { kind: number; bytes: Buffer; place: ItemPlace };

/** The item at an offset. @throws ArchiveDamaged */
const readItem = async (file: FileHandle, name: string, offset: number): Promise<Item> => {
  const head = Buffer.alloc(headBytes);
  const got = await file.read(head, 0, headBytes, offset);
  const { size } = await file.stat();
  const length = got.bytesRead < headBytes ? size : head.readUIntBE(5, 6);
  if (offset + headBytes + length > size) throw new ArchiveDamaged(name);
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, offset + headBytes);
  const kind = head.readUInt8(0);
  const place = { offset, length };
  if (isErased({ kind })) return { kind, bytes: Buffer.alloc(0), place };
  if (!headOf(kind, bytes).equals(head)) throw new ArchiveDamaged(name);
  return { kind, bytes, place };
};

/** One item. @throws ArchiveDamaged when it is not what was written */
export const itemAt = async (path: string, name: string, offset: number): Promise<Item> => {
  const file = await open(path, "r");
  try {
    return await readItem(file, name, offset);
  } finally {
    await file.close();
  }
};

export type Standing = { kind: number; place: ItemPlace };

/** What stands where in a segment, by the heads alone: bytes that are damaged hide nothing. */
const standings = async (file: FileHandle): Promise<Standing[]> => {
  const { size } = await file.stat();
  const found: Standing[] = [];
  const head = Buffer.alloc(headBytes);
  for (let at = magic.length; at < size; ) {
    await file.read(head, 0, headBytes, at);
    const length = head.readUIntBE(5, 6);
    found.push({ kind: head.readUInt8(0), place: { offset: at, length } });
    at += headBytes + length;
  }
  return found;
};

const blankRun = 65_536;

/** The head first: from then on nobody asks whether its bytes are what was written, however many of them are zeros yet. */
const blank = async (file: FileHandle, { kind, place }: Standing): Promise<void> => {
  const { offset, length } = place;
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kind | erasedBit, 0);
  head.writeUIntBE(length, 5, 6);
  await file.write(head, 0, headBytes, offset);
  const zeros = Buffer.alloc(Math.min(length, blankRun));
  for (let done = 0; done < length; done += blankRun)
    await file.write(zeros, 0, Math.min(blankRun, length - done), offset + headBytes + done);
};

/**
 * Overwrites the items of a segment that are chosen, where they stand, and has the disk know it before it returns. All others stay
 * where they are, to the byte.
 * @returns the chosen
 */
export const eraseItems = async (
  path: string,
  choose: (items: readonly Standing[]) => readonly Standing[],
): Promise<readonly Standing[]> => {
  const file = await open(path, "r+");
  try {
    const chosen = choose(await standings(file));
    for (const item of chosen) await blank(file, item);
    await file.sync();
    return chosen;
  } finally {
    await file.close();
  }
};

/** Every item of a segment, in order. @throws ArchiveDamaged at the first that is not what was written */
export async function* itemsOf(path: string, name: string): AsyncGenerator<Item> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(magic.length);
    await file.read(head, 0, head.length, 0);
    if (!head.equals(magic)) throw new ArchiveDamaged(name);
    for (let at = magic.length; at < size; ) {
      const item = await readItem(file, name, at);
      yield item;
      at += headBytes + item.place.length;
    }
  } finally {
    await file.close();
  }
}
