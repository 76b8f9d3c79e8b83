import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import { fingerprintOf, keysOf } from "./fingerprint.ts";
import { type Slice, sliceOf } from "./slices.ts";

/** One Redis write of a projection, e.g. `["ZADD", key, score, member]`. Keys are given without the prefix. */
export type ProjectionOp = readonly [command: string, key: string, ...args: string[]];

/** What the keys of the read models begin with; whoever projects something else keeps it apart under another. */
const readModels = "p:";
export const checkpointKey = (prefix: string, stream: string): string => `${prefix}checkpoint:${stream}`;

/**
 * Applies a run of writes and moves the checkpoint, all or nothing, and only if the checkpoint is still where the run
 * began: two projectors, or one that was late, cannot overwrite one another.
 */
const applyScript = (prefix: string): string => `
local at = redis.call('GET', KEYS[1]) or '0'
if at ~= ARGV[1] then return 0 end
for _, op in ipairs(cjson.decode(ARGV[3])) do
  redis.call(op[1], '${prefix}' .. op[2], unpack(op, 3))
end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

/** Half of a surrogate pair is written as Redis would get it over the wire: as the replacement character. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

/**
 * All writes as one argument: Redis reads JSON faster than the client spells hundreds of arguments. Its reader takes no half
 * of a surrogate pair, and a run that it cannot read would be tried for ever.
 */
const textOf = (ops: readonly ProjectionOp[]): string => {
  const text = JSON.stringify(ops);
  return /\\ud[89a-f]/.test(text) ? JSON.stringify(ops.map((op) => op.map(wellFormed))) : text;
};

/** The member with the highest score of each key, or nothing. */
const highestScript = `
local found = {}
for i, key in ipairs(KEYS) do found[i] = redis.call('ZREVRANGE', key, 0, 0)[1] or false end
return found`;

type Asked = {
  keys: readonly string[];
  resolve: (found: (string | undefined)[]) => void;
  reject: (error: unknown) => void;
};

const askHighest = async (redis: Redis, prefix: string, asked: readonly Asked[]): Promise<void> => {
  const keys = asked.flatMap((one) => one.keys.map((key) => prefix + key));
  try {
    const reply = await redis.eval(highestScript, keys.length, ...keys);
    const found = Array.isArray(reply) ? reply.map((one) => (typeof one === "string" ? one : undefined)) : [];
    for (const { keys: own, resolve } of asked) resolve(found.splice(0, own.length));
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
};

/** What is asked in one turn of the event loop is one question: a round trip costs more than a key. */
const highestOf = (redis: Redis, prefix: string): Projections["highest"] => {
  let waiting: Asked[] = [];
  const flush = (): void => {
    const asked = waiting;
    waiting = [];
    void askHighest(redis, prefix, asked);
  };
  return (keys) =>
    new Promise<(string | undefined)[]>((resolve, reject) => {
      if (waiting.push({ keys, resolve, reject }) === 1) setImmediate(flush);
    }).catch(indexFault);
};

export type Projections = {
  /** The last sequence of the stream that is in the projections. */
  position: (stream: string) => Promise<number>;
  /** @returns false when somebody else moved the checkpoint meanwhile: nothing was written. */
  apply: (
    stream: string,
    span: { from: number; to: number },
    ops: readonly ProjectionOp[],
  ) => Promise<boolean>;
  get: (key: string) => Promise<string | null>;
  hgetall: (key: string) => Promise<Record<string, string>>;
  /** Members with a score up to `max`, lowest first. */
  dueBy: (key: string, max: number, limit: number) => Promise<string[]>;
  /** The member with the highest score of each key. */
  highest: (keys: readonly string[]) => Promise<(string | undefined)[]>;
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** The first members of each span of each sorted set: set by set, span by span. */
  slice: Slice;
  /** How many members a sorted set has. */
  count: (key: string) => Promise<number>;
  /** A page of a sorted set, in order, after a member. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  /** Forgets every projection, checkpoints included: whoever follows the journal begins again. */
  wipe: () => Promise<void>;
  /** A digest of every projection, checkpoints included: equal digests, equal projections to the byte. */
  fingerprint: () => Promise<{ keys: number; sha256: string }>;
};

const applyOn = (redis: Redis, prefix: string): Projections["apply"] => {
  const script = applyScript(prefix);
  return async (stream, span, ops) => {
    const done = await redis
      .eval(script, 1, checkpointKey(prefix, stream), String(span.from), String(span.to), textOf(ops))
      .catch(indexFault);
    return done === 1;
  };
};

/** Where projections live: read models that can be thrown away and made again from the journal. */
export const createProjections = (redis: Redis, prefix = readModels): Projections => ({
  position: async (stream) => Number((await redis.get(checkpointKey(prefix, stream)).catch(indexFault)) ?? 0),

  apply: applyOn(redis, prefix),

  get: (key: string): Promise<string | null> => redis.get(prefix + key).catch(indexFault),
  hgetall: (key: string): Promise<Record<string, string>> => redis.hgetall(prefix + key).catch(indexFault),
  dueBy: (key: string, max: number, limit: number): Promise<string[]> =>
    redis.zrangebyscore(prefix + key, "-inf", String(max), "LIMIT", "0", String(limit)).catch(indexFault),
  highest: highestOf(redis, prefix),
  mget: (keys) => redis.mget(keys.map((key) => prefix + key)).catch(indexFault),
  slice: sliceOf(redis, prefix),
  count: (key) => redis.zcard(prefix + key).catch(indexFault),
  page: async (key: string, after: string | undefined, limit: number): Promise<string[]> => {
    const rank = after === undefined ? null : await redis.zrank(prefix + key, after).catch(indexFault);
    const start = rank === null ? 0 : rank + 1;
    return redis.zrange(prefix + key, String(start), String(start + limit - 1)).catch(indexFault);
  },
  wipe: async (): Promise<void> => {
    const keys = await keysOf(redis, prefix).catch(indexFault);
    for (let i = 0; i < keys.length; i += 1_000)
      await redis.unlink(keys.slice(i, i + 1_000)).catch(indexFault);
  },
  fingerprint: () => fingerprintOf(redis, prefix).catch(indexFault),
});
