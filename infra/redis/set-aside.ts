import type { Redis } from "ioredis";
import { setAsideKey } from "../../contracts/index-keys.ts";
import { liveGeneration } from "./generations.ts";
import { indexPrefixes } from "./index-names.ts";

/** How many messages each index could not take in; those that took in all are left out, and all while Redis is away. */
export const setAsideCounts = async (redis: Redis): Promise<Record<string, number>> => {
  const counted = Object.entries(indexPrefixes).map(async ([name, prefix]): Promise<[string, number]> => {
    const at = await liveGeneration(redis, prefix).prefix();
    return [name, await redis.hlen(at + setAsideKey)];
  });
  const counts = await Promise.all(counted).catch(() => []);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
};
