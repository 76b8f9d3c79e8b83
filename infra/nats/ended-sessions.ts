import type { JetStreamClient } from "@nats-io/jetstream";
import { type KvEntry, Kvm } from "@nats-io/kv";
import { journalFault } from "./faults.ts";

/** Sessions of people that ended before their time, by their ids: who has a copy of the cookie comes in no more, at any hub. */
export type EndedSessions = {
  /** Looked up in memory; kept fresh by a watch on the bucket, in every process of the hub. */
  has: (id: string) => boolean;
  /** On disk, and known here, when it returns. @throws Fault */
  end: (id: string) => Promise<void>;
  stop: () => void;
};

const bucket = "sessions";

/** `keptMs`: for as long as a session may last. */
export const openEndedSessions = async (
  js: JetStreamClient,
  { replicas, keptMs, onFault }: { replicas: number; keptMs: number; onFault: (error: unknown) => void },
): Promise<EndedSessions> => {
  const kv = await new Kvm(js).create(bucket, { history: 1, replicas, ttl: keptMs });
  const ended = new Map<string, number>();
  const take = ({ key, operation, created }: KvEntry): void => {
    if (operation === "PUT") ended.set(key, created.getTime());
    for (const [id, atMs] of ended) {
      if (created.getTime() - atMs < keptMs) break;
      ended.delete(id);
    }
  };
  // Before anybody is let in it is known who is out.
  for await (const key of await kv.keys()) {
    const entry = await kv.get(key);
    if (entry !== null) take(entry);
  }
  const watch = await kv.watch();
  const follow = async (): Promise<void> => {
    for await (const entry of watch) take(entry);
  };
  follow().catch(onFault);
  return {
    has: (id) => ended.has(id),
    end: async (id) => {
      await kv.put(id, "").catch((error: unknown) => {
        throw journalFault(error);
      });
      ended.set(id, Date.now());
    },
    stop: () => {
      watch.stop();
    },
  };
};
