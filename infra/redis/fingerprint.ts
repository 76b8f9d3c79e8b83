import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

const canonical = async (redis: Redis, key: string): Promise<string> => {
  const type = await redis.type(key);
  if (type === "string") return JSON.stringify([key, await redis.get(key)]);
  if (type === "hash") return JSON.stringify([key, Object.entries(await redis.hgetall(key)).toSorted()]);
  if (type === "zset") return JSON.stringify([key, await redis.zrange(key, "0", "-1", "WITHSCORES")]);
  return JSON.stringify([key, type, (await redis.smembers(key)).toSorted()]);
};

/** Every key under a prefix, sorted. */
export const keysOf = async (redis: Redis, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
    if (Array.isArray(found)) keys.push(...found.map(String));
  return [...new Set(keys)].toSorted();
};

/** One digest over the contents of every key under a prefix, whatever way Redis stores them. */
export const fingerprintOf = async (
  redis: Redis,
  prefix: string,
): Promise<{ keys: number; sha256: string }> => {
  const keys = await keysOf(redis, prefix);
  const hash = createHash("sha256");
  for (const key of keys) hash.update(await canonical(redis, key));
  return { keys: keys.length, sha256: hash.digest("hex") };
};
