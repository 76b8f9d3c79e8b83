import { createHash } from "node:crypto";
import type { JetStreamClient } from "@nats-io/jetstream";
import { StorageType } from "@nats-io/jetstream";
import { type ObjectInfo, type ObjectStore, Objm } from "@nats-io/obj";
import { journalFault } from "./faults.ts";
import { type Chunks, createChunks, inTurns } from "./object-chunks.ts";

type StoredBytes = { digest: string; sizeBytes: number };
export type Objects = {
  /** Keeps bytes under their digest, once. They are on disk when this returns. */
  put: (bytes: Uint8Array) => Promise<StoredBytes>;
  /** The same for bytes that are still coming, and are never all in memory. @throws what the source throws; then nothing is kept. */
  putStream: (source: AsyncIterable<Uint8Array>) => Promise<StoredBytes>;
  /** Whether an object is kept, without reading it. */
  stat: (digest: string) => Promise<{ sizeBytes: number } | undefined>;
  /** Bytes in memory of their own. */
  get: (digest: string) => Promise<Uint8Array | undefined>;
  /** Forgets an object: what it held is in the archive. One that is not there is forgotten already. */
  remove: (digest: string) => Promise<void>;
};

const bucket = "DOCUMENTS";
const prefix = "sha256-";

const faulty = (error: unknown): never => {
  throw journalFault(error);
};

const digestOf = async (bytes: Uint8Array): Promise<string> => {
  const hash = createHash("sha256");
  for await (const part of inTurns(bytes)) hash.update(part);
  return prefix + hash.digest("hex");
};

type Needs = { store: ObjectStore; chunks: Chunks };

const find = async ({ store }: Needs, digest: string): Promise<ObjectInfo | undefined> => {
  const info = await store.info(digest).catch(faulty);
  return info === null || info.deleted ? undefined : info;
};

/** An error of whoever gives the bytes is told as it is: only the store's own are faults of the store. */
class SourceFailed extends Error {
  override readonly name = "SourceFailed";
  readonly failure: Error;
  constructor(failure: unknown) {
    super("The bytes stopped coming.");
    this.failure = failure instanceof Error ? failure : new Error(this.message, { cause: failure });
  }
}

async function* guarded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceFailed(error);
  }
}

const writeFault = (error: unknown): never => {
  if (error instanceof SourceFailed) throw error.failure;
  throw journalFault(error);
};

/** Who comes second with the same bytes drops its own: whoever reads the first is not disturbed. */
const keep = async (needs: Needs, source: AsyncIterable<Uint8Array>): Promise<StoredBytes> => {
  const written = await needs.chunks.write(guarded(source)).catch(writeFault);
  const digest = prefix + written.sha256;
  const known = await find(needs, digest);
  await (known === undefined ? written.name(digest) : written.drop()).catch(faulty);
  return { digest, sizeBytes: written.sizeBytes };
};

const put =
  (needs: Needs): Objects["put"] =>
  async (bytes) => {
    const digest = await digestOf(bytes);
    const known = await find(needs, digest);
    return known === undefined ? await keep(needs, inTurns(bytes)) : { digest, sizeBytes: bytes.length };
  };

const get =
  (needs: Needs): Objects["get"] =>
  async (digest) => {
    const info = await find(needs, digest);
    if (info === undefined) return undefined;
    const bytes = new Uint8Array(info.size);
    const object = { nuid: info.nuid, sha256: digest.slice(prefix.length) };
    if (info.size > 0) await needs.chunks.read(object, bytes).catch(faulty);
    return bytes;
  };

/** Content-addressed documents and attachments: durable before anything names them, whatever their size. */
export const openObjects = async (js: JetStreamClient, replicas: number): Promise<Objects> => {
  const store = await new Objm(js).create(bucket, { storage: StorageType.File, replicas });
  const chunks = createChunks({ js, jsm: await js.jetstreamManager(), bucket });
  const needs = { store, chunks };
  return {
    put: put(needs),
    putStream: (source) => keep(needs, source),
    stat: async (digest) => {
      const info = await find(needs, digest);
      return info === undefined ? undefined : { sizeBytes: info.size };
    },
    get: get(needs),
    remove: async (digest) => {
      if ((await find(needs, digest)) !== undefined) await store.delete(digest).catch(faulty);
    },
  };
};
