import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";

const keyOf = (caseId: string): string => `snap:${caseId}`;
/** A case that nobody touched for a week is replayed from the journal when somebody does. */
const ttlSeconds = 7 * 24 * 3_600;

export type Snapshots = {
  recall: (caseId: string) => Promise<unknown>;
  remember: (caseId: string, snapshot: unknown) => void;
  /** @throws Fault `index-unavailable` */
  forget: (caseId: string) => Promise<void>;
};

/** Remembered states of long cases: a cache, never a truth. Without Redis there is nothing remembered. */
export const createSnapshots = (redis: Redis): Snapshots => ({
  recall: async (caseId: string): Promise<unknown> => {
    const text = await redis.get(keyOf(caseId)).catch(() => null);
    if (text === null) return undefined;
    const value: unknown = JSON.parse(text);
    return value;
  },
  remember: (caseId: string, snapshot: unknown): void => {
    redis.set(keyOf(caseId), JSON.stringify(snapshot), "EX", ttlSeconds).catch(() => undefined);
  },
  forget: async (caseId: string): Promise<void> => {
    await redis.del(keyOf(caseId)).catch(indexFault);
  },
});
