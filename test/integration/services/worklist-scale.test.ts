import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServer } from "../../../gateways/http/server.ts";
import { caseIdFor, sha256 } from "../../../infra/ids.ts";
import { connectRedis } from "../../../infra/redis/connection.ts";
import { createProjections, type Projections } from "../../../infra/redis/projections.ts";
import { createUnits } from "../../../services/case/units.ts";
import { project } from "../../../services/worklist/core/project.ts";
import { createWorklistHandler } from "../../../services/worklist/handler.ts";
import { eventually } from "../../support/eventually.ts";
import { createFakeHub, testOptions } from "../../support/http-ports.ts";
import { ownProcessorMs, redisProcessorMs, shareOf } from "../../support/processor-time.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { kindOf, regionView } from "../../support/region-view.ts";
import { asked, askedInOtherOrders, at, directory, owers, record } from "../../support/worklist-scale.ts";

/**
 * The whole country takes minutes to make; a run that is not asked for it makes as many as show a wrong order of growth, and
 * counts what a question costs of the processors: the time by the clock is that of a machine which others work on too.
 */
const isAskedFor = process.env["SEKTORBRO_SCALE_CASES"] !== undefined;
const total = Number(process.env["SEKTORBRO_SCALE_CASES"] ?? 20_000);
const rounds = total >= 1_000_000 ? 400 : 100;
const limitMs = 50;
/** Five times as many questions: for a run that is asked for, on a machine that has nothing else to do. */
const questions = isAskedFor ? [...asked, ...askedInOtherOrders] : asked;

let server: RedisServer;
let redis: ReturnType<typeof connectRedis>;
let projections: Projections;
let handle: ReturnType<typeof createWorklistHandler>;
const figures: string[] = [];
const usedBytes = async (): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);

beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.path, () => undefined);
  await eventually(() => redis.ping(), "the connection");
  projections = createProjections(redis);
  const run = 200;
  const empty = await usedBytes();
  const written = { commands: 0, bytes: 0 };
  for (let n = 0; n < total; n += run) {
    const records = Array.from({ length: Math.min(run, total - n) }, (_, i) => record(n + i));
    const ops = records.flatMap((one) => project(one, sha256));
    if (!(await projections.apply("S", { from: n, to: n + run }, ops))) throw new Error("not applied");
    written.commands += ops.length;
    written.bytes += JSON.stringify(ops).length;
  }
  const each = (sum: number): string => (sum / total).toFixed(1);
  figures.push(
    `a record of a card alone: ${each(written.commands)} commands of ${each(written.bytes)} bytes`,
    `a case: ${each((await usedBytes()) - empty)} bytes of Redis`,
  );
  handle = createWorklistHandler({
    ...projections,
    load: () => Promise.resolve([]),
    reached: () => Promise.resolve("reached"),
    archived: () => Promise.resolve([]),
    emergency: () => Promise.resolve(undefined),
    caughtUp: () => Promise.resolve(),
    can: () => Promise.resolve(undefined),
    isPartOf: (gln, whole) => gln === whole || directory.organisation(gln)?.partOf === whole,
    unitsOf: createUnits(directory),
    nameOf: (gln) => regionView.organisation(gln)?.name ?? gln,
    kindOf,
    everybody: () => [...new Set(Array.from({ length: 2_000 }, (_, n) => owers(n)))],
    agreementName: () => undefined,
    caseIdFor,
    digest: sha256,
    now: () => at(total / 2),
  });
}, 1_800_000);
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});

/** Spread over the whole of what there is, the same in every run. */
const nth = (i: number): number => (i * 7_919) % total;
const nowMs = isAskedFor ? (): number => performance.now() : ownProcessorMs;

const timed = async (
  work: (n: number) => Promise<number>,
): Promise<{ p50: number; p99: number; items: number }> => {
  const times: number[] = [];
  let items = 0;
  for (let i = 0; i < 20; i++) await work(nth(i));
  const before = await redisProcessorMs(redis);
  for (let i = 0; i < rounds; i++) {
    const begun = nowMs();
    items += await work(nth(i));
    times.push(nowMs() - begun);
  }
  const ofRedis = isAskedFor ? 0 : ((await redisProcessorMs(redis)) - before) / rounds;
  const [p50, p99] = [shareOf(times, 0.5), shareOf(times, 0.99)];
  return { p50: p50 + ofRedis, p99: p99 + ofRedis, items: items / rounds };
};
const note = (name: string, { p50, p99: high, items }: Awaited<ReturnType<typeof timed>>): void => {
  figures.push(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${high.toFixed(1)} ms, ${items.toFixed(0)} items`);
};
afterAll(() => {
  if (isAskedFor) process.stdout.write(`${total} cases\n${figures.join("\n")}\n`);
});

describe(`with ${total} cases`, () => {
  test.each(questions)(
    "$name is answered within 50 ms at the 99th percentile",
    async ({ name, type, viewer, payload }) => {
      const found = await timed(async (n) => {
        const reply = await handle({
          id: "q",
          type: `worklist.${type}`,
          version: 1,
          time: at(0),
          sender: viewer(n),
          payload: payload(n),
        });
        if (reply.status !== "ok") throw new Error(JSON.stringify(reply));
        return (reply.value as { items: unknown[] }).items.length;
      });
      note(name, found);
      expect(found.items).toBeGreaterThan(0);
      expect(found.p99).toBeLessThan(limitMs);
    },
  );

  test("and over HTTP as well", async () => {
    const hub = createFakeHub();
    const ports = {
      ...hub.ports,
      verifyToken: (token: string) => Promise.resolve({ gln: token, role: "organisation" as const }),
      query: (type: string, sender: string, payload: unknown) =>
        handle({ id: "q", type, version: 1, time: at(0), sender, payload }),
    };
    const http = createServer(ports, testOptions);
    const url = await http.listen({ host: "127.0.0.1", port: 0 });
    try {
      const late: string[] = [];
      for (const { name, viewer, payload, path } of questions) {
        const ask = async (n: number): Promise<number> => {
          const post = path === "/v1/patients/cases" || path === "/v1/search";
          const response = await fetch(`${url}${path}`, {
            method: post ? "POST" : "GET",
            headers: { authorization: `Bearer ${viewer(n)}`, "content-type": "application/json" },
            ...(post ? { body: JSON.stringify(payload(n)) } : {}),
          });
          if (response.status !== 200) throw new Error(`${path} ${response.status}`);
          return ((await response.json()) as { items: unknown[] }).items.length;
        };
        const first = await timed(ask);
        // The collector of garbage may fall into one of a few requests; not twice into the same question's.
        const found = first.p99 < limitMs ? first : await timed(ask);
        note(`${name}, over HTTP`, found);
        if (found.p99 >= limitMs) late.push(name);
      }
      expect(late).toEqual([]);
    } finally {
      await http.close();
    }
  }, 1_200_000);
});
