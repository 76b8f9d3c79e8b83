import type { Readable } from "node:stream";
import { Fault } from "../../contracts/errors.ts";

/** A body too large to be held: its beginning, and all of it, the beginning included, as it comes; to be read once. */
export type LargeBody = {
  readonly head: Buffer;
  /** @throws Fault `document-too-large`, `message-invalid` */
  readonly pieces: AsyncIterable<Uint8Array>;
};

/** Bodies up to this size are read whole; a larger one goes through this gateway piece by piece. */
const wholeBytes = 512 * 1024;

/** What comes of an upload that breaks off: nobody has sent a whole message, and nobody is there to be told. */
const brokenOff = (cause: unknown): Fault => new Fault("message-invalid", { cause });

async function* piecesOf(first: readonly Buffer[], rest: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  const count = (piece: Buffer): Buffer => {
    size += piece.length;
    if (size > maxBytes) throw new Fault("document-too-large");
    return piece;
  };
  for (const piece of first) yield count(piece);
  try {
    for await (const piece of rest) if (Buffer.isBuffer(piece)) yield count(piece);
  } catch (error) {
    throw error instanceof Fault ? error : brokenOff(error);
  }
}

/** Reads until the end or until it is too much to hold. By events: an iterator costs more than a small message. */
const readSome = (source: Readable): Promise<{ read: Buffer[]; ended: boolean }> =>
  new Promise((resolve, reject) => {
    const read: Buffer[] = [];
    let size = 0;
    const settle = (ended: boolean): void => {
      source.off("data", onData).off("end", onEnd).off("error", onError);
      resolve({ read, ended });
    };
    const onData = (piece: Buffer): void => {
      read.push(piece);
      size += piece.length;
      if (size <= wholeBytes) return;
      source.pause();
      settle(false);
    };
    const onEnd = (): void => {
      settle(true);
    };
    const onError = (error: unknown): void => {
      source.off("data", onData).off("end", onEnd).off("error", onError);
      reject(brokenOff(error));
    };
    source.on("data", onData).on("end", onEnd).on("error", onError);
  });

/**
 * The body of a request: its bytes, or what a large one is read from.
 * @param declared the content-length header; more than the limit is refused unread.
 * @throws Fault `document-too-large`, `message-invalid`
 */
export const readBody = async (
  source: Readable,
  declared: string | undefined,
  maxBytes: number,
): Promise<Buffer | LargeBody> => {
  if (Number(declared) > maxBytes) throw new Fault("document-too-large");
  const { read, ended } = await readSome(source);
  const head = Buffer.concat(read);
  if (head.length > maxBytes) throw new Fault("document-too-large");
  return ended ? head : { head, pieces: piecesOf(read, source, maxBytes) };
};

export const isLargeBody = (body: unknown): body is LargeBody =>
  typeof body === "object" && body !== null && "head" in body && "pieces" in body;
