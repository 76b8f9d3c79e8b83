import type { JetStreamClient } from "@nats-io/jetstream";
import { StorageType } from "@nats-io/jetstream";
import { type ObjectStore, Objm } from "@nats-io/obj";
import { sha256 } from "../ids.ts";
import { journalFault } from "./faults.ts";

type StoredBytes = { digest: string; sizeBytes: number };
export type Objects = {
  /** Keeps bytes under their digest, once. They are on disk when this returns. */
  put: (bytes: Uint8Array) => Promise<StoredBytes>;
  /** Whether an object is kept, without reading it. */
  stat: (digest: string) => Promise<{ sizeBytes: number } | undefined>;
  get: (digest: string) => Promise<Uint8Array | undefined>;
};

const bucket = "DOCUMENTS";

/** Content-addressed documents and attachments: durable before anything names them, whatever their size. */
export const openObjects = async (js: JetStreamClient, replicas: number): Promise<Objects> => {
  const store: ObjectStore = await new Objm(js).create(bucket, { storage: StorageType.File, replicas });
  return {
    put: async (bytes) => {
      const digest = `sha256-${sha256(bytes)}`;
      try {
        const known = await store.info(digest);
        if (known === null || known.deleted) await store.putBlob({ name: digest }, bytes);
        return { digest, sizeBytes: bytes.length };
      } catch (error) {
        throw journalFault(error);
      }
    },
    stat: async (digest) => {
      const info = await store.info(digest).catch((error: unknown) => {
        throw journalFault(error);
      });
      return info === null || info.deleted ? undefined : { sizeBytes: info.size };
    },
    get: async (digest) => {
      try {
        return (await store.getBlob(digest)) ?? undefined;
      } catch (error) {
        throw journalFault(error);
      }
    },
  };
};
