import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import { fingerprintOf, keysOf } from "./fingerprint.ts";
import { type Slice, sliceOf } from "./slices.ts";

/** One Redis write of a projection, e.g. `["ZADD", key, score, member]`. Keys are given without the prefix. */
export type ProjectionOp = readonly [command: string, key: string, ...args: string[]];

const prefix = "p:";
const checkpointKey = (stream: string): string => `${prefix}checkpoint:${stream}`;

/**
 * Applies runs of writes, each of a stream, and moves its checkpoint, all or nothing, and only if the checkpoint is still
 * where the run began: two projectors, or one that was late, cannot overwrite one another. One that fails leaves the others.
 */
const applyScript = `
local function apply(key, from, to, ops)
  if (redis.call('GET', key) or '0') ~= from then return 0 end
  for _, op in ipairs(cjson.decode(ops)) do
    redis.call(op[1], '${prefix}' .. op[2], unpack(op, 3))
  end
  redis.call('SET', key, to)
  return 1
end
local done = {}
for i, key in ipairs(KEYS) do
  local ok, result = pcall(apply, key, unpack(ARGV, 3 * i - 2, 3 * i))
  done[i] = ok and result or -1
end
return done`;

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

/** What is asked in one turn of the event loop is one question: a round trip costs more than a key. */
const askTogether = <Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): ((question: Q) => Promise<A>) => {
  type Asked = { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void };
  let waiting: Asked[] = [];
  const flush = async (): Promise<void> => {
    const asked = waiting;
    waiting = [];
    try {
      const answers = await ask(asked.map(({ question }) => question));
      for (const [i, answer] of answers.entries()) asked[i]?.resolve(answer);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (question) =>
    new Promise<A>((resolve, reject) => {
      if (waiting.push({ question, resolve, reject }) === 1) setImmediate(() => void flush());
    }).catch(indexFault);
};

const highestOf = (redis: Redis): Projections["highest"] =>
  askTogether(async (asked: readonly (readonly string[])[]) => {
    const keys = asked.flat().map((key) => prefix + key);
    const reply = await redis.eval(highestScript, keys.length, ...keys);
    const found = Array.isArray(reply) ? reply.map((one) => (typeof one === "string" ? one : undefined)) : [];
    return asked.map((own) => found.splice(0, own.length));
  });

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
  /** A page of a sorted set, in order, after a member. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  /** Forgets every projection, checkpoints included: whoever follows the journal begins again. */
  wipe: () => Promise<void>;
  /** A digest of every projection, checkpoints included: equal digests, equal projections to the byte. */
  fingerprint: () => Promise<{ keys: number; sha256: string }>;
};

type Run = { stream: string; from: number; to: number; ops: readonly ProjectionOp[] };

const applyOn = (redis: Redis): Projections["apply"] => {
  const apply = askTogether(async (runs: readonly Run[]) => {
    const keys = runs.map(({ stream }) => checkpointKey(stream));
    const values = runs.flatMap(({ from, to, ops }) => [String(from), String(to), textOf(ops)]);
    const reply = await redis.eval(applyScript, keys.length, ...keys, ...values);
    const done: unknown[] = Array.isArray(reply) ? reply : [];
    return runs.map((_, i) => done[i]);
  });
  return async (stream, span, ops) => {
    const done = await apply({ stream, ...span, ops });
    return done === 1 || (done !== 0 && indexFault(new Error("A run of writes failed.")));
  };
};

/** Where projections live: read models that can be thrown away and made again from the journal. */
export const createProjections = (redis: Redis): Projections => ({
  position: async (stream) => Number((await redis.get(checkpointKey(stream)).catch(indexFault)) ?? 0),

  apply: applyOn(redis),

  get: (key: string): Promise<string | null> => redis.get(prefix + key).catch(indexFault),
  hgetall: (key: string): Promise<Record<string, string>> => redis.hgetall(prefix + key).catch(indexFault),
  dueBy: (key: string, max: number, limit: number): Promise<string[]> =>
    redis.zrangebyscore(prefix + key, "-inf", String(max), "LIMIT", "0", String(limit)).catch(indexFault),
  highest: highestOf(redis),
  mget: (keys) => redis.mget(keys.map((key) => prefix + key)).catch(indexFault),
  slice: sliceOf(redis, prefix),
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
