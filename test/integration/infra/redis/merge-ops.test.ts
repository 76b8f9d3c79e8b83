import fc from "fast-check";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedis, redisReady } from "../../../../infra/redis/connection.ts";
import { fingerprintOf, removeKeys } from "../../../../infra/redis/fingerprint.ts";
import { gatherOps } from "../../../../infra/redis/gather-ops.ts";
import { mergeOps, type ProjectionOp } from "../../../../infra/redis/merge-ops.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";

let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.path, () => undefined);
  await redisReady(redis, 2_000);
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});

const name = fc.constantFrom("a", "b", "c");
const score = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(String),
  fc.constantFrom("+inf", "no number", "1.5"),
);
const scored = fc.array(fc.tuple(score, name), { minLength: 1, maxLength: 3 }).map((pairs) => pairs.flat());
const names = fc.array(name, { minLength: 1, maxLength: 3 });
const fields = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 3 }).map((pairs) => pairs.flat());
const op =
  (command: string, key: string, ...more: string[]) =>
  (args: string[]): ProjectionOp => [command, key, ...more, ...args];
/** Keys of every kind, and writes that do not fit the kind of their key. */
const anyOp: fc.Arbitrary<ProjectionOp> = fc.oneof(
  fc
    .constantFrom("z1", "z2")
    .chain((key) =>
      fc.oneof(scored.map(op("ZADD", key)), scored.map(op("ZADD", key, "XX")), names.map(op("ZREM", key))),
    ),
  fields.map(op("HSET", "h")),
  names.map(op("HDEL", "h")),
  fc.tuple(name, fc.constantFrom("1", "-1")).map(op("HINCRBY", "counted")),
  fc.tuple(name).map(op("HDEL", "counted")),
  names.map(op("SADD", "s")),
  fc.tuple(name).map(op("SET", "t")),
  fc.constant(op("DEL", "t")([])),
  fc.constant(op("INCR", "n")([])),
  names.map(op("ZREM", "h")),
);

const written = async (prefix: string, ops: readonly ProjectionOp[]) => {
  await removeKeys(redis, prefix);
  const pipeline = redis.pipeline();
  for (const [command, key, ...args] of ops) pipeline.call(command, prefix + key, ...args);
  await pipeline.exec();
  return fingerprintOf(redis, prefix);
};

test.each([
  { how: "gathered", together: gatherOps, numRuns: 200 },
  { how: "merged", together: mergeOps, numRuns: 300 },
])(
  "writes that are $how leave every key as the writes one by one do, whatever comes in a run, refused ones among them",
  async ({ how, together, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyOp, { maxLength: 12 }),
        fc.array(anyOp, { maxLength: 25 }),
        async (before, ops) => {
          expect(await written(`${how}:`, [...before, ...together(ops)])).toEqual(
            await written("plain:", [...before, ...ops]),
          );
        },
      ),
      { numRuns },
    );
  },
);

describe("writes that are gathered", () => {
  test("are one command as long as they say the same of a key", () => {
    expect(
      gatherOps([
        ["ZADD", "z", "1", "a"],
        ["HSET", "h", "f", "1"],
        ["ZADD", "z", "2", "b", "3", "a"],
        ["ZREM", "z", "a"],
        ["ZREM", "z", "b"],
        ["HSET", "h", "g", "2"],
        ["ZADD", "z", "no number", "c"],
        ["ZADD", "z", "4", "d"],
        ["SET", "t", "1"],
        ["SET", "t", "2"],
      ]),
    ).toEqual([
      ["ZADD", "z", "1", "a", "2", "b", "3", "a"],
      ["HSET", "h", "f", "1", "g", "2"],
      ["ZREM", "z", "a", "b"],
      ["ZADD", "z", "no number", "c"],
      ["ZADD", "z", "4", "d"],
      ["SET", "t", "1"],
      ["SET", "t", "2"],
    ]);
  });

  test("are cut where a command would be longer than what Redis takes from a script", () => {
    const ops = Array.from(
      { length: 2_500 },
      (_, n): ProjectionOp => ["ZADD", "z", String(n), `m${String(n)}`],
    );
    const gathered = gatherOps(ops);
    expect(gathered).toHaveLength(3);
    expect(Math.max(...gathered.map(({ length }) => length))).toBeLessThanOrEqual(2_000);
    expect(gathered.flatMap(([, , ...args]) => args)).toEqual(ops.flatMap(([, , ...args]) => args));
  });
});

describe("writes that are merged", () => {
  test("are one command for a key", () => {
    expect(
      mergeOps([
        ["ZADD", "z", "1", "a", "2", "b"],
        ["ZREM", "z", "a"],
        ["ZADD", "other", "1", "a"],
        ["ZADD", "z", "3", "c"],
        ["SET", "t", "1"],
        ["SET", "t", "2"],
      ]),
    ).toEqual([
      ["ZADD", "z", "2", "b", "3", "c"],
      ["ZREM", "z", "a"],
      ["ZADD", "other", "1", "a"],
      ["SET", "t", "2"],
    ]);
  });

  test("are cut where a command would be longer than what Redis takes from a script", async () => {
    const ops = Array.from(
      { length: 20_000 },
      (_, n): ProjectionOp => ["ZADD", "z", String(n), `m${String(n)}`],
    );
    const merged = mergeOps(ops);
    expect(merged.length).toBe(20);
    expect(await written("merged:", merged)).toEqual(await written("plain:", ops));
  });
});
