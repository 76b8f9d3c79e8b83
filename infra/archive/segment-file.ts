import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/**
 * A file of the archive that only grows: items one behind the other, each with its length, what it is, and a digest of it.
 * What an item is: `case`, a case with its records (JSON, packed); `original`, a document as it came; `object`, an attachment.
 */
export const itemKinds = { case: 1, object: 2, original: 3 } as const;
export type ItemKind = (typeof itemKinds)[keyof typeof itemKinds];
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
  if (!headOf(kind, bytes).equals(head)) throw new ArchiveDamaged(name);
  return { kind, bytes, place: { offset, length } };
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
      at += headBytes + item.bytes.length;
    }
  } finally {
    await file.close();
  }
}
