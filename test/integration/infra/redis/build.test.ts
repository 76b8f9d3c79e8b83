import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Build, beginBuild, progressOf, sweepGenerations } from "../../../../infra/redis/build.ts";
import { connectRedis, redisReady } from "../../../../infra/redis/connection.ts";
import { createProjections, type ProjectionOp } from "../../../../infra/redis/projections.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";

let server: RedisServer;
/** Two processes: each has a connection of its own, and knows by itself which index answers. */
let redis: Redis;
let other: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.path, () => undefined);
  other = connectRedis(server.path, () => undefined);
  await Promise.all([redisReady(redis, 2_000), redisReady(other, 2_000)]);
});
afterAll(async () => {
  redis.disconnect();
  other.disconnect();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await redis.flushall();
  for (const one of [redis, other]) await createProjections(one).position("S");
});

const written = (value: string): ProjectionOp[] => [["SET", "said", value]];
const begun = async (): Promise<Build> => {
  const build = await beginBuild(redis, "p:");
  if (build === undefined) throw new Error("Somebody else builds.");
  return build;
};
/** An index that answers "old" and stands at 3, and one beside it that says "new" and stands where it is told. */
const besideOld = async (at: number): Promise<Build> => {
  await createProjections(redis).apply("S", { from: 0, to: 3 }, written("old"));
  const build = await begun();
  await build.projections.apply("S", { from: 0, to: at }, written("new"));
  return build;
};
const always = (): boolean => true;
/** As if the time had passed that another process is given to see which index answers. */
const longAfter = async (): Promise<void> => {
  for (const name of await redis.zrange("generations:p:", "0", "-1"))
    await redis.zadd("generations:p:", 0, name);
};

describe("an index that is made beside the one that answers", () => {
  test("is not seen until it is swapped in, and then by every process", async () => {
    const [here, there] = [createProjections(redis), createProjections(other)];
    const build = await besideOld(3);
    expect(await here.get("said")).toBe("old");
    expect(await build.swap(["S"])).toBe(true);
    expect(await here.get("said")).toBe("new");
    expect(await there.position("S")).toBe(3);
    expect(await there.get("said")).toBe("new");
  });

  test("is not swapped in while it holds less than the one that answers", async () => {
    const build = await besideOld(2);
    expect(await build.swap(["S"])).toBe(false);
    expect(await createProjections(redis).get("said")).toBe("old");
    await build.projections.apply("S", { from: 2, to: 4 }, []);
    expect(await build.swap(["S"])).toBe(true);
  });

  test("is the only one: nobody else begins before it is done or given up", async () => {
    const build = await begun();
    expect(await beginBuild(other, "p:")).toBeUndefined();
    expect(await beginBuild(other, "i:")).toBeDefined();
    await build.giveUp();
    expect(await beginBuild(other, "p:")).toBeDefined();
  });

  test("is the same to the byte as the other, whatever its keys begin with", async () => {
    const build = await besideOld(3);
    const before = await createProjections(redis).fingerprint();
    await build.projections.apply("S", { from: 3, to: 3 }, written("old"));
    expect(await build.projections.fingerprint()).toEqual(before);
  });

  test("whose maker was silent for too long is not written to any more, and the one that answers is as it was", async () => {
    const build = await besideOld(3);
    await redis.del("building:p:");
    expect(await build.projections.apply("S", { from: 3, to: 9 }, written("late"))).toBe(false);
    expect(await build.keep("{}")).toBe(false);
    expect(await build.swap(["S"])).toBe(false);
    expect(await createProjections(redis).get("said")).toBe("old");
  });

  test("tells how far it is to whoever asks, and no longer when it is done", async () => {
    const build = await besideOld(3);
    expect(await progressOf(other, "p:")).toBeUndefined();
    expect(await build.keep('{"done":1}')).toBe(true);
    expect(await progressOf(other, "p:")).toBe('{"done":1}');
    await build.swap(["S"]);
    expect(await progressOf(other, "p:")).toBeUndefined();
  });
});

describe("who took another index for the one that answers", () => {
  test("writes nothing, and knows from then on", async () => {
    const there = createProjections(other);
    await there.position("S");
    const build = await besideOld(3);
    await there.position("S");
    await build.swap(["S"]);
    expect(await there.apply("S", { from: 3, to: 4 }, written("lost"))).toBe(false);
    expect(await there.apply("S", { from: 3, to: 4 }, written("kept"))).toBe(true);
    expect(await createProjections(redis).get("said")).toBe("kept");
  });

  test("sees the first index again after Redis was emptied", async () => {
    const build = await besideOld(3);
    await build.swap(["S"]);
    await redis.flushall();
    const here = createProjections(redis);
    expect(await here.position("S")).toBe(0);
    expect(await here.apply("S", { from: 0, to: 1 }, written("anew"))).toBe(true);
    expect(await redis.get("p:said")).toBe("anew");
  });
});

describe("what nobody reads any more", () => {
  const keys = async (): Promise<string[]> => (await redis.keys("p*:said")).toSorted();

  test("is removed once every process had time to see which index answers", async () => {
    const build = await besideOld(3);
    await build.swap(["S"]);
    await sweepGenerations(redis, "p:", always);
    expect(await keys()).toHaveLength(2);
    await longAfter();
    await sweepGenerations(redis, "p:", always);
    expect(await keys()).toHaveLength(1);
    expect(await createProjections(redis).get("said")).toBe("new");
  });

  test("is removed of a maker that is gone, and what is being made is not", async () => {
    const gone = await besideOld(3);
    await sweepGenerations(redis, "p:", always);
    expect(await gone.projections.get("said")).toBe("new");
    await redis.del("building:p:");
    const build = await begun();
    await build.projections.apply("S", { from: 0, to: 1 }, written("next"));
    await sweepGenerations(redis, "p:", always);
    expect(await gone.projections.get("said")).toBeNull();
    expect(await build.projections.get("said")).toBe("next");
    expect(await createProjections(redis).get("said")).toBe("old");
  });
});

describe("a write that Redis refuses for what it says", () => {
  test("is left out and told of by its place; what came with it is written", async () => {
    const here = createProjections(redis);
    const ops: ProjectionOp[] = [
      ["SET", "a", "1"],
      ["ZADD", "set", "no number", "x"],
      ["HSET", "a", "f", "v"],
      ["SET", "b", "2"],
    ];
    expect(await here.apply("S", { from: 0, to: 7 }, ops)).toBe(true);
    expect(await here.mget(["a", "b"])).toEqual(["1", "2"]);
    expect(await here.position("S")).toBe(7);
    expect(await here.hgetall("set-aside")).toEqual({ "S:0-7": "projection-failed" });
  });

  test("for want of memory is refused whole, and tried again", async () => {
    const here = createProjections(redis);
    await redis.config("SET", "maxmemory", "1");
    await expect(here.apply("S", { from: 0, to: 7 }, written("x"))).rejects.toThrow("index");
    await redis.config("SET", "maxmemory", "0");
    expect(await here.position("S")).toBe(0);
    expect(await here.hgetall("set-aside")).toEqual({});
    expect(await here.apply("S", { from: 0, to: 7 }, written("x"))).toBe(true);
  });
});
