import type { Redis } from "ioredis";
import { Fault } from "../../contracts/errors.ts";
import { indexFault } from "./connection.ts";
import { liveGeneration } from "./generations.ts";
import { checkpointKey } from "./projections.ts";

/** Hashes and a set of what is projected under a prefix, and how far each stream was in it then. */
export type ReadTogether = (asked: {
  streams: readonly string[];
  set: string;
  hashes: readonly string[];
}) => Promise<{ positions: number[]; members: string[]; hashes: Record<string, string>[] }>;

const textsIn = (value: unknown): Record<string, string> =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([field, text]) => [field, String(text)]))
    : {};

/** All at one moment: nothing is written in between, so that what moves from one hash to another is in one of them. */
export const readTogether =
  (redis: Redis, prefix: string): ReadTogether =>
  async ({ streams, set, hashes }) => {
    const at = await liveGeneration(redis, prefix).prefix();
    const reading = redis.multi();
    for (const stream of streams) reading.get(checkpointKey(at, stream));
    reading.smembers(at + set);
    for (const hash of hashes) reading.hgetall(at + hash);
    const replies = await reading.exec().catch(indexFault);
    if (replies === null || replies.some(([error]) => error !== null)) throw new Fault("index-unavailable");
    const values = replies.map(([, value]) => value);
    const members = values[streams.length];
    return {
      positions: values.slice(0, streams.length).map((value) => Number(value ?? 0)),
      members: Array.isArray(members) ? members.map(String).toSorted() : [],
      hashes: values.slice(streams.length + 1).map(textsIn),
    };
  };
