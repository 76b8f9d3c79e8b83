import { afterAll, beforeAll, expect, test } from "vitest";
import { connectRedis } from "../../../../infra/redis/connection.ts";
import { createProjections, type Projections } from "../../../../infra/redis/projections.ts";
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

test("text of any kind is written as it is", async () => {
  const texts = ["", 'Ærø "quoted" \\ud800 as text', "line\nbreak\u0000null", "👩‍⚕️", "]]>", "\u2028"];
  const ops = texts.map((text, n) => ["SET", `t${String(n)}`, text] as const);
  expect(await projections.apply("A", { from: 0, to: 1 }, ops)).toBe(true);
  expect(await Promise.all(texts.map((_, n) => projections.get(`t${String(n)}`)))).toEqual(texts);
});

test("half of a surrogate pair does not stop a run: it is written as the replacement character", async () => {
  expect(await projections.apply("B", { from: 0, to: 1 }, [["SET", "half", "a\ud83dz"]])).toBe(true);
  expect(await projections.get("half")).toBe("a\ufffdz");
});

test("a run of thousands of writes is one run", async () => {
  const ops = Array.from({ length: 20_000 }, (_, n) => ["SADD", "many", String(n)] as const);
  expect(await projections.apply("C", { from: 0, to: 200 }, ops)).toBe(true);
  expect(await redis.scard("p:many")).toBe(20_000);
});

test("who asks for the highest at the same time gets the answer to its own question", async () => {
  const ops = Array.from(
    { length: 50 },
    (_, n) => ["ZADD", `z${String(n)}`, "1", "low", "2", `top${String(n)}`] as const,
  );
  await projections.apply("D", { from: 0, to: 1 }, ops);
  const asked = Array.from({ length: 50 }, (_, n) =>
    projections.highest([`z${String(n)}`, "none", `z${String(49 - n)}`]),
  );
  expect(await Promise.all([projections.highest([]), ...asked])).toEqual([
    [],
    ...asked.map((_, n) => [`top${String(n)}`, undefined, `top${String(49 - n)}`]),
  ]);
});
