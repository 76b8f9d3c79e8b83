import type { Redis } from "ioredis";
import { setAsideKey } from "../../contracts/index-keys.ts";
import { indexFault } from "./connection.ts";
import { fingerprintOf, removeKeys } from "./fingerprint.ts";
import { gatherOps } from "./gather-ops.ts";
import { firstGeneration, type Generation, liveGeneration } from "./generations.ts";
import { indexPrefixes } from "./index-names.ts";
import { mergeOps, type ProjectionOp } from "./merge-ops.ts";
import { type Slice, sliceOf } from "./slices.ts";

export type { ProjectionOp } from "./merge-ops.ts";

export const checkpointKey = (prefix: string, stream: string): string => `${prefix}checkpoint:${stream}`;

/**
 * Applies a run of writes and moves the checkpoint, all or nothing, and only if the checkpoint is still where the run
 * began and the generation is what it was taken for: two projectors, or one that was late, cannot overwrite one another. A
 * write that Redis refuses for what it says is left out and told of, or the run would be tried for ever.
 */
const applyScript = `
if (redis.call('GET', KEYS[2]) or '${firstGeneration}') ~= ARGV[4] then return 0 end
local at = redis.call('GET', KEYS[1]) or '0'
if at ~= ARGV[1] then return 0 end
local prefix = ARGV[5]
local refused = 0
for _, op in ipairs(cjson.decode(ARGV[3])) do
  local reply = redis.pcall(op[1], prefix .. op[2], unpack(op, 3))
  if type(reply) == 'table' and reply.err then
    if not (reply.err:find('^ERR') or reply.err:find('^WRONGTYPE')) then return reply end
    refused = refused + 1
  end
end
if refused > 0 then
  redis.call('HSET', prefix .. '${setAsideKey}', ARGV[6] .. ':' .. ARGV[1] .. '-' .. ARGV[2], 'projection-failed')
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

/** Fewer writes than this seldom name a member twice: to look for that costs more here than it saves Redis. */
const fewWrites = 1_000;
const fewest = (ops: readonly ProjectionOp[]): readonly ProjectionOp[] =>
  ops.length < fewWrites ? gatherOps(ops) : mergeOps(ops);

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

const askHighest = async (redis: Redis, { prefix }: Generation, asked: readonly Asked[]): Promise<void> => {
  try {
    const at = await prefix();
    const keys = asked.flatMap((one) => one.keys.map((key) => at + key));
    const reply = await redis.eval(highestScript, keys.length, ...keys);
    const found = Array.isArray(reply) ? reply.map((one) => (typeof one === "string" ? one : undefined)) : [];
    for (const { keys: own, resolve } of asked) resolve(found.splice(0, own.length));
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
};

/** What is asked in one turn of the event loop is one question: a round trip costs more than a key. */
const highestOf = (redis: Redis, generation: Generation): Projections["highest"] => {
  let waiting: Asked[] = [];
  const flush = (): void => {
    const asked = waiting;
    waiting = [];
    void askHighest(redis, generation, asked);
  };
  return (keys) =>
    new Promise<(string | undefined)[]>((resolve, reject) => {
      if (waiting.push({ keys, resolve, reject }) === 1) setImmediate(flush);
    }).catch(indexFault);
};

export type Projections = {
  /** What its keys begin with now. */
  prefix: () => Promise<string>;
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

const applyOn = (redis: Redis, { prefix, guard, look }: Generation): Projections["apply"] => {
  return async (stream, { from, to }, ops) => {
    const [at, { key, value }] = [await prefix(), await guard()];
    const done = await redis
      .eval(
        applyScript,
        2,
        checkpointKey(at, stream),
        key,
        String(from),
        String(to),
        textOf(fewest(ops)),
        value,
        at,
        stream,
      )
      .catch(indexFault);
    if (done !== 1) await look();
    return done === 1;
  };
};

/** Where projections live in one generation of an index. */
export const projectionsIn = (redis: Redis, generation: Generation): Projections => {
  const { prefix, look } = generation;
  return {
    prefix,
    position: async (stream) => {
      await look();
      const text = await redis.get(checkpointKey(await prefix(), stream)).catch(indexFault);
      return Number(text ?? 0);
    },
    apply: applyOn(redis, generation),
    get: async (key) => redis.get((await prefix()) + key).catch(indexFault),
    hgetall: async (key) => redis.hgetall((await prefix()) + key).catch(indexFault),
    dueBy: async (key, max, limit) =>
      redis
        .zrangebyscore((await prefix()) + key, "-inf", String(max), "LIMIT", "0", String(limit))
        .catch(indexFault),
    highest: highestOf(redis, generation),
    mget: async (keys) => {
      const at = await prefix();
      return redis.mget(keys.map((key) => at + key)).catch(indexFault);
    },
    slice: sliceOf(redis, prefix),
    count: async (key) => redis.zcard((await prefix()) + key).catch(indexFault),
    page: async (key, after, limit) => {
      const name = (await prefix()) + key;
      const rank = after === undefined ? null : await redis.zrank(name, after).catch(indexFault);
      const start = rank === null ? 0 : rank + 1;
      return redis.zrange(name, String(start), String(start + limit - 1)).catch(indexFault);
    },
    wipe: async () => {
      await removeKeys(redis, await prefix()).catch(indexFault);
    },
    fingerprint: async () => fingerprintOf(redis, await prefix()).catch(indexFault),
  };
};

/** Where projections live: read models that can be thrown away and made again from the journal. Those that answer now; the lists, unless another prefix is given. */
export const createProjections = (redis: Redis, prefix: string = indexPrefixes.worklist): Projections =>
  projectionsIn(redis, liveGeneration(redis, prefix));
