import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { createClaims } from "../../../../infra/redis/claims.ts";
import { connectRedis } from "../../../../infra/redis/connection.ts";
import { createProjections } from "../../../../infra/redis/projections.ts";
import { eventually } from "../../../support/eventually.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";

let server: RedisServer;
let redis: ReturnType<typeof connectRedis>;
const aMinute = { limit: 100, heldMs: 60_000 };
const put = async (...timers: readonly (readonly [score: number, member: string])[]): Promise<void> => {
  await redis.zadd("p:timers", ...timers.flat());
};

beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.path, () => undefined);
  await eventually(() => redis.ping(), "the connection");
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await redis.flushall();
});

describe("what is due", () => {
  test("is taken earliest first, each once, whoever asks", async () => {
    await put([3, "c"], [1, "a"], [2, "b|1|w"], [9, "later"]);
    const [one, other] = [createClaims(redis, "timers"), createClaims(redis, "timers")];
    const first = await one.take(5, { limit: 2, heldMs: 60_000 });
    expect(first.map(({ member }) => member)).toEqual(["a", "b|1|w"]);
    expect((await other.take(5, aMinute)).map(({ member }) => member)).toEqual(["c"]);
    expect(await one.take(5, aMinute)).toEqual([]);
    expect(await one.take(5, { limit: 0, heldMs: 60_000 })).toEqual([]);
  });

  test("is found behind any number that are held", async () => {
    await put(...Array.from({ length: 1_000 }, (_, i) => [i, `t${i}`] as const));
    const claims = createClaims(redis, "timers");
    const seen: string[] = [];
    for (let found = await claims.take(1_000, aMinute); found.length > 0; ) {
      seen.push(...found.map(({ member }) => member));
      found = await claims.take(1_000, aMinute);
    }
    expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => `t${i}`));
  });

  test("before what was taken last is passed over for a few looks, not for longer", async () => {
    await put(...Array.from({ length: 100 }, (_, i) => [10, `t${String(i)}`] as const));
    const claims = createClaims(redis, "timers");
    await claims.take(100, { limit: 1, heldMs: 60_000 });
    await put([1, "early"]);
    const takes: string[] = [];
    for (let look = 0; look < 40; look++)
      takes.push(...(await claims.take(100, { limit: 1, heldMs: 60_000 })).map(({ member }) => member));
    expect(new Set(takes).size).toBe(40);
    expect(takes.indexOf("early")).toBe(32);
  });

  test("can be taken again when it is held no longer, or was set to another time", async () => {
    await put([1, "a"], [2, "b"]);
    const claims = createClaims(redis, "timers");
    await claims.take(5, { limit: 1, heldMs: 50 });
    await claims.take(5, aMinute);
    await eventually(
      async () => (await claims.take(5, aMinute)).find(({ member }) => member === "a"),
      "a, free again",
    );
    await put([3, "b"]);
    expect((await claims.take(5, aMinute)).map(({ member }) => member)).toEqual(["b"]);
  });

  test("is left alone for longer when it was put off", async () => {
    await put([1, "a"]);
    const claims = createClaims(redis, "timers");
    const [taken] = await claims.take(5, { limit: 1, heldMs: 1 });
    if (taken === undefined) throw new Error();
    await claims.putOff(taken.holding, 60_000);
    expect(await claims.take(5, aMinute)).toEqual([]);
  });

  test("is told before it is due, and held by nobody for that", async () => {
    await put([1, "a"], [2, "b"], [3, "c"], [4, "d"]);
    const claims = createClaims(redis, "timers");
    expect(await claims.coming({ after: 1, upTo: 4 }, 2)).toEqual(["b", "c"]);
    expect(await claims.coming({ after: 1, upTo: 4 }, 0)).toEqual([]);
    expect((await claims.take(5, aMinute)).map(({ member }) => member)).toEqual(["a", "b", "c", "d"]);
  });

  test("leaves no trace in what is projected", async () => {
    await put([1, "a"]);
    const before = await createProjections(redis).fingerprint();
    await createClaims(redis, "timers").take(5, aMinute);
    expect(await createProjections(redis).fingerprint()).toEqual(before);
  });
});

test("without Redis it is a fault", async () => {
  const away = connectRedis("/nonexistent/redis.sock", () => undefined);
  await expect(createClaims(away, "timers").take(1, aMinute)).rejects.toThrow(Fault);
  await expect(createClaims(away, "timers").putOff("1|a", 1)).rejects.toThrow(Fault);
  away.disconnect();
});
