import { expect, test } from "vitest";
import { createClaims } from "../../../infra/redis/claims.ts";
import { describeBoth } from "../../support/both-platforms.ts";

describeBoth("the index", (within) => {
  test("a run of writes is applied once, from where the checkpoint stands", async () => {
    const result = await within(async ({ projections }) => {
      const span = { from: 0, to: 5 };
      const applied = [
        await projections.apply("RUN", span, [["HSET", "run", "a", "1"]]),
        await projections.apply("RUN", span, [["HSET", "run", "a", "2"]]),
      ];
      return [...applied, await projections.position("RUN"), await projections.hgetall("run")];
    });
    expect(result).toEqual([true, false, 5, { a: "1" }]);
  });

  test("sorted sets are read by score, from both ends, by page and by the highest", async () => {
    const result = await within(async ({ projections }) => {
      await projections.apply("SETS", { from: 0, to: 1 }, [
        ["ZADD", "set", "1", "a", "2", "b", "2", "c", "3", "d"],
        ["ZADD", "set", "XX", "9", "nobody"],
        ["ZADD", "other", "inf", "last"],
      ]);
      const slice = (backwards: boolean) =>
        projections.slice(["set"], {
          spans: [{ from: 1, to: 3, after: { score: 2, member: "b" } }],
          limit: 10,
          backwards,
        });
      return {
        due: await projections.dueBy("set", 2, 2),
        highest: await projections.highest(["set", "nothing", "other"]),
        page: await projections.page("set", "b", 2),
        count: await projections.count("set"),
        forwards: await slice(false),
        backwards: await slice(true),
      };
    });
    expect(result).toEqual({
      due: ["a", "b"],
      highest: ["d", undefined, "last"],
      page: ["c", "d"],
      count: 4,
      forwards: [[{ member: "c", score: 2 }]],
      backwards: [[{ member: "a", score: 1 }]],
    });
  });

  test("texts, hashes and what is not there are read as they are", async () => {
    const result = await within(async ({ projections }) => {
      await projections.apply("TEXTS", { from: 0, to: 1 }, [
        ["SET", "text", "æøå"],
        ["HSET", "hash", "a", "1", "b", "2"],
        ["HDEL", "hash", "a"],
      ]);
      return [
        await projections.get("text"),
        await projections.get("no-text"),
        await projections.mget(["text", "no-text"]),
        await projections.hgetall("hash"),
        await projections.hgetall("no-hash"),
      ];
    });
    expect(result).toEqual(["æøå", null, ["æøå", null], { b: "2" }, {}]);
  });

  test("what is due is held by whoever took it, until it is put off or its time is over", async () => {
    const result = await within(async ({ projections, redis }) => {
      await projections.apply("CLAIMS", { from: 0, to: 1 }, [
        ["ZADD", "timers", "1", "a", "2", "b", "9", "late"],
      ]);
      const claims = createClaims(redis, "timers");
      const first = await claims.take(5, { limit: 1, heldMs: 60_000 });
      const second = await claims.take(5, { limit: 5, heldMs: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const third = await claims.take(5, { limit: 5, heldMs: 60_000 });
      return [first, second, third].map((taken) => taken.map(({ member }) => member));
    });
    expect(result).toEqual([["a"], ["b"], ["b"]]);
  });

  test("emptied, it holds nothing and begins again", async () => {
    const result = await within(async ({ projections }) => {
      await projections.apply("WIPED", { from: 0, to: 3 }, [["SET", "wiped", "x"]]);
      await projections.wipe();
      return [await projections.position("WIPED"), await projections.get("wiped")];
    });
    expect(result).toEqual([0, null]);
  });

  test("two indexes with the same content have the same fingerprint, and others have not", async () => {
    const prints = await within(async ({ projections }) => {
      const print = async (score: string): Promise<string> => {
        await projections.wipe();
        await projections.apply("PRINT", { from: 0, to: 1 }, [["ZADD", "print", score, "a"]]);
        return (await projections.fingerprint()).sha256;
      };
      return [await print("1"), await print("1"), await print("2")];
    });
    expect(prints[0]).toBe(prints[1]);
    expect(prints[0]).not.toBe(prints[2]);
  });
});
