import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import { fingerprintOf, keysOf } from "./fingerprint.ts";

/** One Redis write of a projection, e.g. `["ZADD", key, score, member]`. Keys are given without the prefix. */
export type ProjectionOp = readonly [command: string, key: string, ...args: string[]];

const prefix = "p:";
const checkpointKey = (stream: string): string => `${prefix}checkpoint:${stream}`;

/**
 * Applies a run of writes and moves the checkpoint, all or nothing, and only if the checkpoint is still where the run
 * began: two projectors, or one that was late, cannot overwrite one another.
 */
const applyScript = `
local at = redis.call('GET', KEYS[1]) or '0'
if at ~= ARGV[1] then return 0 end
local i = 3
while i <= #ARGV do
  local n = tonumber(ARGV[i])
  redis.call(unpack(ARGV, i + 1, i + n))
  i = i + n + 1
end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

/**
 * The members after a place, of several sorted sets at once. Where many share a score, a page begins in the midst of them:
 * found by halving, since members of equal score stand in the order of their text.
 */
const sliceScript = `
local slices = {}
for _, key in ipairs(KEYS) do
  local start = 0
  if ARGV[1] ~= '' then
    start = redis.call('ZCOUNT', key, '-inf', '(' .. ARGV[1])
    local beyond = redis.call('ZCOUNT', key, '-inf', ARGV[1])
    while start < beyond do
      local middle = math.floor((start + beyond) / 2)
      if redis.call('ZRANGE', key, middle, middle)[1] <= ARGV[2] then start = middle + 1 else beyond = middle end
    end
  end
  slices[#slices + 1] = redis.call('ZRANGE', key, start, start + ARGV[3] - 1, 'WITHSCORES')
end
return slices`;

export type Place = { score: number; member: string };

const placesIn = (slice: unknown): Place[] => {
  const flat: unknown[] = Array.isArray(slice) ? slice : [];
  const places: Place[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2)
    places.push({ member: String(flat[i]), score: Number(flat[i + 1]) });
  return places;
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
  /** The first members of each sorted set after a place, lowest first. */
  slice: (keys: readonly string[], after: Place | undefined, limit: number) => Promise<Place[][]>;
  /** A page of a sorted set, in order, after a member. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  /** Forgets every projection, checkpoints included: whoever follows the journal begins again. */
  wipe: () => Promise<void>;
  /** A digest of every projection, checkpoints included: equal digests, equal projections to the byte. */
  fingerprint: () => Promise<{ keys: number; sha256: string }>;
};

const applyOn =
  (redis: Redis): Projections["apply"] =>
  async (stream, span, ops) => {
    const args = ops.flatMap(([command, key, ...rest]) => [
      String(rest.length + 2),
      command,
      prefix + key,
      ...rest,
    ]);
    const done = await redis
      .eval(applyScript, 1, checkpointKey(stream), String(span.from), String(span.to), ...args)
      .catch(indexFault);
    return done === 1;
  };

const sliceOf =
  (redis: Redis): Projections["slice"] =>
  async (keys, after, limit) => {
    const place = after === undefined ? ["", ""] : [String(after.score), after.member];
    const names = keys.map((key) => prefix + key);
    const slices: unknown = await redis
      .eval(sliceScript, names.length, ...names, ...place, String(limit))
      .catch(indexFault);
    return Array.isArray(slices) ? slices.map(placesIn) : [];
  };

/** Where projections live: read models that can be thrown away and made again from the journal. */
export const createProjections = (redis: Redis): Projections => ({
  position: async (stream) => Number((await redis.get(checkpointKey(stream)).catch(indexFault)) ?? 0),

  apply: applyOn(redis),

  get: (key: string): Promise<string | null> => redis.get(prefix + key).catch(indexFault),
  hgetall: (key: string): Promise<Record<string, string>> => redis.hgetall(prefix + key).catch(indexFault),
  dueBy: (key: string, max: number, limit: number): Promise<string[]> =>
    redis.zrangebyscore(prefix + key, "-inf", String(max), "LIMIT", "0", String(limit)).catch(indexFault),
  highest: async (keys: readonly string[]): Promise<(string | undefined)[]> => {
    const replies = await Promise.all(keys.map((key) => redis.zrevrange(prefix + key, "0", "0"))).catch(
      indexFault,
    );
    return replies.map((members) => members[0]);
  },
  mget: (keys) => redis.mget(keys.map((key) => prefix + key)).catch(indexFault),
  slice: sliceOf(redis),
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
