import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { connectRedis } from "../../../../infra/redis/connection.ts";
import {
  createProjections,
  type ProjectionOp,
  type Projections,
} from "../../../../infra/redis/projections.ts";
import { createSnapshots } from "../../../../infra/redis/snapshots.ts";
import { eventually } from "../../../support/eventually.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";

let server: RedisServer;
let redis: ReturnType<typeof connectRedis>;
let projections: Projections;
beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.path, () => undefined);
  projections = createProjections(redis);
  await eventually(() => redis.ping(), "the connection");
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await redis.flushall();
});

const set = (key: string, value: string): ProjectionOp => ["SET", key, value];

describe("projections", () => {
  test("a run and its checkpoint are written together, and only from where the checkpoint is", async () => {
    expect(await projections.position("S")).toBe(0);
    expect(
      await projections.apply("S", { from: 0, to: 5 }, [set("a", "1"), ["ZADD", "z", "7", "m", "3", "n"]]),
    ).toBe(true);
    expect(await projections.apply("S", { from: 0, to: 5 }, [set("a", "2")])).toBe(false);
    expect(await projections.apply("S", { from: 4, to: 9 }, [set("a", "3")])).toBe(false);
    expect([await projections.get("a"), await projections.position("S")]).toEqual(["1", 5]);
    expect(await projections.apply("T", { from: 0, to: 1 }, [])).toBe(true);
    expect([await projections.position("T"), await projections.position("S")]).toEqual([1, 5]);
  });

  test("of many that apply the same run at once, one does", async () => {
    const runs = await Promise.all(
      Array.from({ length: 30 }, () => projections.apply("S", { from: 0, to: 1 }, [["INCR", "n"]])),
    );
    expect(runs.filter(Boolean)).toHaveLength(1);
    expect(await projections.get("n")).toBe("1");
  });

  test("sorted sets are read by score, by page and by their highest", async () => {
    const members = ["1", "a", "2", "b", "3", "c", "+inf", "never"];
    await projections.apply("S", { from: 0, to: 1 }, [["ZADD", "z", ...members]]);
    expect(await projections.dueBy("z", 2, 10)).toEqual(["a", "b"]);
    expect(await projections.dueBy("z", 9, 1)).toEqual(["a"]);
    expect(await projections.page("z", undefined, 2)).toEqual(["a", "b"]);
    expect(await projections.page("z", "b", 2)).toEqual(["c", "never"]);
    expect(await projections.page("none", undefined, 2)).toEqual([]);
    expect(await projections.highest(["z", "none"])).toEqual(["never", undefined]);
  });

  test("equal contents have equal fingerprints, whatever the order of writing; a change shows; snapshots do not count", async () => {
    const ops: ProjectionOp[] = [
      set("a", "1"),
      ["HSET", "h", "x", "1", "y", "2"],
      ["ZADD", "z", "1", "m"],
      ["ZADD", "z", "2", "n"],
    ];
    await projections.apply("S", { from: 0, to: 1 }, ops);
    const first = await projections.fingerprint();
    await projections.wipe();
    expect((await projections.fingerprint()).keys).toBe(0);
    await projections.apply("S", { from: 0, to: 1 }, ops.toReversed());
    createSnapshots(redis).remember("c", { state: 1 });
    await eventually(() => createSnapshots(redis).recall("c"), "the snapshot");
    expect(await projections.fingerprint()).toEqual(first);
    await projections.apply("S", { from: 1, to: 2 }, []);
    expect(await projections.fingerprint()).not.toEqual(first);
  });

  test("thousands of keys are wiped", async () => {
    const ops = Array.from({ length: 2_500 }, (_, n) => set(`k${String(n)}`, "x"));
    await projections.apply("S", { from: 0, to: 1 }, ops);
    expect((await projections.fingerprint()).keys).toBe(2_501);
    await projections.wipe();
    expect(await redis.dbsize()).toBe(0);
  });

  test("while Redis is away every read and write is a fault at once, and snapshots are only forgotten", async () => {
    await server.kill();
    const started = Date.now();
    const faults = await Promise.all(
      [
        projections.position("S"),
        projections.apply("S", { from: 0, to: 1 }, []),
        projections.get("a"),
        projections.hgetall("h"),
        projections.dueBy("z", 1, 1),
        projections.highest(["z"]),
        projections.page("z", undefined, 1),
        projections.page("z", "m", 1),
        projections.wipe(),
        projections.fingerprint(),
      ].map((work) => (work as Promise<unknown>).catch((error: unknown) => error)),
    );
    expect(faults.map((f) => (f instanceof Fault ? f.code : f))).toEqual(
      faults.map(() => "index-unavailable"),
    );
    const snapshots = createSnapshots(redis);
    snapshots.remember("c", {});
    expect(await snapshots.recall("c")).toBeUndefined();
    // Each waits two seconds for an answer at most, all of them together; one after the other it would be twenty.
    expect(Date.now() - started).toBeLessThan(10_000);
    await server.restart();
    expect(await eventually(() => projections.position("S"), "Redis is back")).toBe(0);
  });
});
