import { createHash } from "node:crypto";
import type { ConsumerMessages, JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { headers, nuid } from "@nats-io/transport-node";
import { atEndOfTurn } from "./turn.ts";

/**
 * Reading and writing what the object store keeps, in its own form (NATS ADR-20), a chunk at a time. Its client hashes in
 * JavaScript, thirty times slower than Node's own, and joins an object in one go: both are waited for by everybody else.
 */
export type Chunks = {
  /**
   * Writes the bytes as they come, under a name that is known at the end.
   * @returns how to give them their name, so that they are there, or to drop them.
   */
  write: (source: AsyncIterable<Uint8Array>) => Promise<Written>;
  /** Fills `into`, which has the object's size. @throws when what is kept is not what was hashed. */
  read: (object: { nuid: string; sha256: string }, into: Uint8Array) => Promise<void>;
};

type Written = {
  sha256: string;
  sizeBytes: number;
  name: (name: string) => Promise<void>;
  drop: () => Promise<void>;
};

/** Fewer than the client's own 128 KB would make: each is an fsync. */
const chunkBytes = 256 * 1024;
/** So many are on their way at once. They are stored in the order in which they were sent. */
const inFlight = 4;
const timeout = 10_000;

/** Memory for chunks that is used again: of 100 MB the collector would have 400 pieces to find, and everybody waits for it. */
type Memory = { take: () => Uint8Array<ArrayBuffer>; giveBack: (chunk: Uint8Array) => void };

const createMemory = (): Memory => {
  const free: Uint8Array<ArrayBuffer>[] = [];
  const ours = new Set<ArrayBufferLike>();
  return {
    take: () => {
      const chunk = free.pop() ?? new Uint8Array(chunkBytes);
      ours.add(chunk.buffer);
      return chunk;
    },
    giveBack: ({ buffer }) => {
      if (ours.has(buffer) && buffer instanceof ArrayBuffer) free.push(new Uint8Array(buffer));
    },
  };
};

/** Pieces of any size as chunks of one size, the last one excepted. A piece that is as large as a chunk is not copied. */
async function* inChunks(source: AsyncIterable<Uint8Array>, memory: Memory): AsyncGenerator<Uint8Array> {
  let chunk = memory.take();
  let filled = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + chunkBytes - filled);
      at += part.length;
      if (part.length === chunkBytes) {
        yield part;
        continue;
      }
      chunk.set(part, filled);
      filled += part.length;
      if (filled < chunkBytes) continue;
      yield chunk;
      chunk = memory.take();
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** Bytes that are at hand, a little in each turn of the event loop. */
export async function* inTurns(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes)
    yield await atEndOfTurn(() => bytes.subarray(at, at + chunkBytes));
}

/** Sends without waiting for each. @throws what the first that failed failed with, once all have ended. */
const createSender = (send: (chunk: Uint8Array) => Promise<unknown>) => {
  const waiting = new Set<Promise<unknown>>();
  const failures: unknown[] = [];
  const check = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    send: async (chunk: Uint8Array): Promise<void> => {
      const sent = send(chunk)
        .catch((error: unknown) => failures.push(error))
        .finally(() => waiting.delete(sent));
      waiting.add(sent);
      if (waiting.size >= inFlight) await Promise.race(waiting);
      check();
    },
    settled: async (): Promise<void> => {
      await Promise.all(waiting);
      check();
    },
  };
};

const base64Url = (data: string | Buffer): string =>
  Buffer.from(data).toString("base64").replaceAll("+", "-").replaceAll("/", "_");

type Store = { js: JetStreamClient; jsm: JetStreamManager; bucket: string };

/** The entry that makes an object of its chunks; an earlier one of the same name is gone with it. */
const publishEntry = async (
  { js, bucket }: Store,
  name: string,
  entry: { nuid: string; size: number; chunks: number; sha256: string },
): Promise<void> => {
  const { sha256, ...counts } = entry;
  const info = {
    name,
    description: "",
    bucket,
    ...counts,
    options: { max_chunk_size: chunkBytes },
    mtime: new Date().toISOString(),
    digest: `SHA-256=${base64Url(Buffer.from(sha256, "hex"))}`,
    deleted: false,
  };
  const h = headers();
  h.set("Nats-Rollup", "sub");
  await js.publish(`$O.${bucket}.M.${base64Url(name)}`, JSON.stringify(info), { headers: h, timeout });
};

const write =
  (store: Store): Chunks["write"] =>
  async (source) => {
    const { js, jsm, bucket } = store;
    const id = nuid.next();
    const subject = `$O.${bucket}.C.${id}`;
    const drop = async (): Promise<void> => {
      await jsm.streams.purge(`OBJ_${bucket}`, { filter: subject });
    };
    const hash = createHash("sha256");
    const memory = createMemory();
    const sender = createSender(async (chunk) => {
      await js.publish(subject, chunk, { timeout });
      memory.giveBack(chunk);
    });
    let [size, chunks] = [0, 0];
    try {
      for await (const chunk of inChunks(source, memory)) {
        hash.update(chunk);
        size += chunk.length;
        chunks += 1;
        await sender.send(chunk);
      }
      await sender.settled();
    } catch (error) {
      // Chunks without an entry are in nobody's way but the disk's; what is still under way would come after them.
      await sender.settled().catch(() => undefined);
      await drop().catch(() => undefined);
      throw error;
    }
    const sha256 = hash.digest("hex");
    const name = (as: string): Promise<void> => publishEntry(store, as, { nuid: id, size, chunks, sha256 });
    return { sha256, sizeBytes: size, name, drop };
  };

const fill = async (messages: ConsumerMessages, sha256: string, into: Uint8Array): Promise<void> => {
  const hash = createHash("sha256");
  let at = 0;
  for await (const { data, info } of messages) {
    hash.update(data);
    into.set(data, at);
    at += data.length;
    if (info.pending === 0) break;
  }
  if (hash.digest("hex") !== sha256) throw new Error("A kept object is not what it was when it was kept.");
};

const read =
  ({ js, bucket }: Store): Chunks["read"] =>
  async ({ nuid: id, sha256 }, into) => {
    const consumer = await js.consumers.getPushConsumer(`OBJ_${bucket}`, {
      filter_subjects: `$O.${bucket}.C.${id}`,
    });
    const { num_pending: pending } = await consumer.info(true);
    // Nothing would ever come, and nobody would say so.
    if (pending === 0) throw new Error("A kept object has lost its chunks.");
    const messages = await consumer.consume();
    try {
      await fill(messages, sha256, into);
    } finally {
      messages.stop();
      await consumer.delete().catch(() => undefined);
    }
  };

export const createChunks = (store: Store): Chunks => ({ write: write(store), read: read(store) });
