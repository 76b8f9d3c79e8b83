import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

const canonical = async (redis: Redis, prefix: string, key: string): Promise<string> => {
  const [type, name] = [await redis.type(key), key.slice(prefix.length)];
  if (type === "string") return JSON.stringify([name, await redis.get(key)]);
  if (type === "hash") return JSON.stringify([name, Object.entries(await redis.hgetall(key)).toSorted()]);
  if (type === "zset") return JSON.stringify([name, await redis.zrange(key, "0", "-1", "WITHSCORES")]);
  return JSON.stringify([name, type, (await redis.smembers(key)).toSorted()]);
};

const pagesOf = async function* (redis: Redis, prefix: string): AsyncGenerator<string[]> {
  for await (const found of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
    if (Array.isArray(found)) yield found.map(String);
};

/** Every key under a prefix, sorted. */
const keysOf = async (redis: Redis, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const page of pagesOf(redis, prefix)) keys.push(...page);
  return [...new Set(keys)].toSorted();
};

/** Removes every key under a prefix, a page at a time, so that nobody waits for it. @returns whether it went through to the end */
export const removeKeys = async (
  redis: Redis,
  prefix: string,
  goesOn: () => boolean = () => true,
): Promise<boolean> => {
  for await (const page of pagesOf(redis, prefix)) {
    if (!goesOn()) return false;
    if (page.length > 0) await redis.unlink(page);
  }
  return true;
};

/** Keys that are read together: one after the other, an index of a million takes minutes of round trips. */
const atOnce = 200;

/** One digest over the contents of every key under a prefix, whatever way Redis stores them and whatever the prefix is. */
export const fingerprintOf = async (
  redis: Redis,
  prefix: string,
): Promise<{ keys: number; sha256: string }> => {
  const keys = await keysOf(redis, prefix);
  const hash = createHash("sha256");
  for (let from = 0; from < keys.length; from += atOnce) {
    const some = keys.slice(from, from + atOnce).map((key) => canonical(redis, prefix, key));
    for (const text of await Promise.all(some)) hash.update(text);
  }
  return { keys: keys.length, sha256: hash.digest("hex") };
};
