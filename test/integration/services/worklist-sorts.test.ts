import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../../infra/ids.ts";
import { connectRedis } from "../../../infra/redis/connection.ts";
import { createProjections, type Projections } from "../../../infra/redis/projections.ts";
import { project } from "../../../services/worklist/core/project.ts";
import { createWorklistHandler } from "../../../services/worklist/handler.ts";
import { eventually } from "../../support/eventually.ts";
import { memoryPorts } from "../../support/memory-index.ts";
import { createMemoryJournal } from "../../support/memory-journal.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { everyPage, listAsked, madeCases, now, recordsOf, wholeList } from "../../support/worklist-sorts.ts";

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

/** The lists, read from Redis. */
const handle = () => {
  const { page, slice, hgetall, get, mget } = projections;
  const read = { page, slice, hgetall, get, mget };
  return createWorklistHandler(memoryPorts(new Map(), createMemoryJournal(), { ...read, now: () => now }));
};

describe("in Redis too every order of every list", () => {
  test("page by page is the whole list sorted, however many share a time, a unit or a citizen", async () => {
    await fc.assert(
      fc.asyncProperty(
        madeCases,
        fc.array(listAsked, { minLength: 5, maxLength: 5 }),
        async (made, asked) => {
          await redis.flushall();
          const records = recordsOf(made);
          const ops = records.flatMap((record) => project(record, sha256));
          await projections.apply("S", { from: 0, to: 1 }, ops);
          for (const one of asked) expect(await everyPage(handle(), one)).toEqual(wholeList(one, records));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("a slice of a sorted set", () => {
  const members = (slices: { member: string }[][]) =>
    slices.map((slice) => slice.map(({ member }) => member).join(""));
  const span = (from: number, to: number, score?: number, member = "") => ({
    from,
    to,
    ...(score === undefined ? {} : { after: { score, member } }),
  });
  const read = async (spans: ReturnType<typeof span>[], backwards: boolean, limit = 9) =>
    members(await projections.slice(["z", "none"], { spans, limit, backwards })).slice(0, spans.length);
  beforeEach(async () => {
    const places = ["1", "a", "2", "b", "2", "c", "2", "d", "3", "e", "4", "f"];
    await projections.apply("S", { from: 0, to: 1 }, [["ZADD", "z", ...places]]);
  });

  test("has the first of its span and not its end, from either side", async () => {
    expect(await read([span(2, 4), span(0, 9), span(5, 9)], false)).toEqual(["bcde", "abcdef", ""]);
    expect(await read([span(2, 4), span(0, 9), span(5, 9)], true)).toEqual(["edcb", "fedcba", ""]);
    expect(await read([span(2, 4), span(0, 9)], false, 2)).toEqual(["bc", "ab"]);
    expect(await read([span(2, 4), span(0, 9)], true, 2)).toEqual(["ed", "fe"]);
  });

  test("goes on beyond a place in the midst of equal scores, whether or not somebody still stands there", async () => {
    expect(await read([span(1, 4, 2, "c"), span(1, 4, 2, "bb"), span(1, 4, 2, "x")], false)).toEqual([
      "de",
      "cde",
      "e",
    ]);
    expect(await read([span(1, 4, 2, "c"), span(1, 4, 2, "bb"), span(1, 4, 2, "x")], true)).toEqual([
      "ba",
      "ba",
      "dcba",
    ]);
  });

  test("is whole where the place is before it, and empty where it is behind", async () => {
    expect(await read([span(2, 4, -7, "x"), span(2, 4, 8, "x")], false)).toEqual(["bcde", ""]);
    expect(await read([span(2, 4, -7, "x"), span(2, 4, 8, "x")], true)).toEqual(["", "edcb"]);
  });

  test("tells scores of sixteen digits to the last one", async () => {
    const score = 5_653_402_300_800_001;
    await projections.apply("T", { from: 0, to: 1 }, [
      ["ZADD", "far", String(score), "x", String(score + 1), "y"],
    ]);
    const asked = { spans: [span(0, 6e15, score, "x")], limit: 5, backwards: false };
    expect(await projections.slice(["far"], asked)).toEqual([[{ member: "y", score: score + 1 }]]);
  });
});
