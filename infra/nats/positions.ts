import type { JetStreamClient } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { journalFault } from "./faults.ts";

/** Where a follower of the journal stands, kept on the server so that it outlives Redis. */
export type Positions = {
  /** The sequence that was done last; 0 when it has never been noted. */
  read: (follower: string) => Promise<number>;
  /** Notes where a follower is. Written at most every few seconds: what is done again after a crash must do nothing twice. */
  note: (follower: string, seq: number) => void;
  stop: () => Promise<void>;
};

const bucket = "positions";
/** Each write is synced to disk, so it is not done with every run of a busy journal. */
const writeEveryMs = 5_000;

/** Follower names are `[a-zA-Z0-9_-]+`; they are keys of a JetStream KV bucket. */
export const openPositions = async (
  js: JetStreamClient,
  { replicas, onFault }: { replicas: number; onFault: (error: unknown) => void },
): Promise<Positions> => {
  const kv = await new Kvm(js).create(bucket, { history: 1, replicas });
  const noted = new Map<string, number>();
  const written = new Map<string, number>();
  const write = async (): Promise<void> => {
    for (const [follower, seq] of noted) {
      if (written.get(follower) === seq) continue;
      await kv.put(follower, String(seq));
      written.set(follower, seq);
    }
  };
  const timer = setInterval(() => {
    write().catch(onFault);
  }, writeEveryMs);
  timer.unref();
  return {
    read: async (follower) => {
      const entry = await kv.get(follower).catch((error: unknown) => {
        throw journalFault(error);
      });
      return entry === null || entry.operation !== "PUT" ? 0 : Number(entry.string());
    },
    note: (follower, seq) => {
      noted.set(follower, seq);
    },
    stop: async () => {
      clearInterval(timer);
      // A server that is gone takes nothing: the position noted before is old, and that is safe.
      await write().catch(onFault);
    },
  };
};
