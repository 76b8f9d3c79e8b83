import type { FileHandle } from "node:fs/promises";
import { BackupUnusable } from "./backup-unusable.ts";
import type { Seal } from "./seal.ts";

/** What a frame holds: the beginning of a part, a piece of its bytes, its end, or the manifest that ends the file. */
export const frameKinds = { begin: 1, piece: 2, end: 3, manifest: 4 } as const;
type FrameKind = (typeof frameKinds)[keyof typeof frameKinds];

/** Kind, and length of what follows. */
const headBytes = 5;
/** Far above what is written: a length that is more is damage, and no memory is taken for it. */
const maxSealedBytes = 16 * 1024 * 1024;

/** Where a frame begins: its offset in the file, and its number. */
export type FrameAt = { offset: number; no: number };
type Frame = { kind: number; bytes: Buffer; at: FrameAt };

export type FrameWriter = { write: (kind: FrameKind, bytes: Uint8Array) => Promise<void> };

export const createFrameWriter = (file: FileHandle, seal: Seal): FrameWriter => {
  let no = 0;
  return {
    write: async (kind, bytes) => {
      const sealed = seal.close({ kind, no }, bytes);
      const head = Buffer.alloc(headBytes);
      head.writeUInt8(kind, 0);
      head.writeUInt32BE(sealed.length, 1);
      no += 1;
      await file.writev([head, sealed]);
    },
  };
};

const damaged = (): BackupUnusable =>
  new BackupUnusable("The backup is damaged: it is not what was written. Take another one.");

/** @returns fewer bytes than asked for at the end of the file alone */
const readAt = async (file: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const into = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(into, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return into.subarray(0, filled);
};

const cutShort = (): BackupUnusable => new BackupUnusable("The backup is cut short. Take another one.");

/** @returns nothing at the end of the file */
const readFrame = async (
  file: FileHandle,
  offset: number,
): Promise<{ kind: number; sealed: Buffer; after: number } | undefined> => {
  const head = await readAt(file, offset, headBytes);
  if (head.length === 0) return undefined;
  if (head.length < headBytes) throw cutShort();
  const length = head.readUInt32BE(1);
  if (length > maxSealedBytes) throw damaged();
  const sealed = await readAt(file, offset + headBytes, length);
  if (sealed.length < length) throw cutShort();
  return { kind: head.readUInt8(0), sealed, after: offset + headBytes + length };
};

/**
 * The frames from a place on, each opened, to the end of the file.
 * @throws BackupUnusable at the first that does not open, or that is cut short
 */
export async function* readFrames(file: FileHandle, seal: Seal, from: FrameAt): AsyncGenerator<Frame> {
  for (let at = from; ; ) {
    const found = await readFrame(file, at.offset);
    if (found === undefined) return;
    const { kind, sealed, after } = found;
    const bytes = seal.open({ kind, no: at.no }, sealed);
    if (bytes === undefined) throw damaged();
    yield { kind, bytes, at };
    at = { offset: after, no: at.no + 1 };
  }
}
