import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClockChange } from "../../../contracts/clocks.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { newId } from "../../../infra/ids.ts";
import { openPlatform, type Part, type Platform } from "../../../infra/platform.ts";
import { startAgreement } from "../../../services/agreement/main.ts";
import { startWorklist } from "../../../services/worklist/main.ts";
import { eventually } from "../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { who } from "../../support/region-view.ts";
import { runLog } from "../../support/run-log.ts";

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
let parts: Part[] = [];

const open = (): Promise<Platform> =>
  openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 4, replicas: 1 },
    log: runLog(),
  });
/** The timers, twice: what one process does, two must not do twice. */
const startAll = (): void => {
  parts = [startWorklist(platform), startAgreement(platform), startAgreement(platform)];
};
const stopAll = async (): Promise<void> => {
  for (const part of parts.splice(0).toReversed()) await part.stop();
};

beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await open();
  startAll();
});
afterAll(async () => {
  await stopAll();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** A case with a clock that warns and breaches as soon as told, in milliseconds from now. */
const aCase = (times: { warn: number; due: number }): CaseRecord => ({
  version: 1,
  caseId: newId(),
  family: "advice",
  facts: [],
  deliveries: [],
  clocks: [
    {
      change: "started",
      clockId: "ADVICE-MSG.1",
      agreement: "ADVICE-MSG",
      agreementVersion: 1,
      debtor: who.endocrinology,
      creditor: who.practice,
      at: inMs(0),
      warnAt: inMs(times.warn),
      due: inMs(times.due),
    },
  ],
  meta: {
    no: 1,
    at: inMs(0),
    commandId: newId(),
    commandType: "advice.ask",
    digest: "x",
    actor: who.practice,
    outcome: "accepted",
    status: "asked",
    parties: [who.practice, who.endocrinology],
  },
});

const opened = async (times: { warn: number; due: number }): Promise<string> => {
  const record = aCase(times);
  await platform.journal.append(record, 0);
  return record.caseId;
};
const changesOf = async (caseId: string): Promise<ClockChange[]> =>
  (await platform.journal.load(caseId)).flatMap(({ record }) => record.clocks);
const until = (caseId: string, change: ClockChange["change"]): Promise<ClockChange> =>
  eventually(async () => (await changesOf(caseId)).find((c) => c.change === change), `the clock ${change}`);
/** Long enough for a timer that would ring again to have rung: it is left alone for two seconds. */
const aWhile = (): Promise<unknown> => sleep(2_600);

test("a clock warns and then breaches, each once, with two services watching it", async () => {
  const caseIds = await Promise.all(Array.from({ length: 10 }, () => opened({ warn: 300, due: 700 })));
  for (const caseId of caseIds) {
    const breached = await until(caseId, "breached");
    const changes = await changesOf(caseId);
    expect(changes.map((c) => c.change)).toEqual(["started", "warned", "breached"]);
    const [started, warned] = changes;
    if (started?.change !== "started") throw new Error();
    expect((warned?.at ?? "") >= started.warnAt).toBe(true);
    expect(breached.at >= started.due).toBe(true);
  }
  await aWhile();
  for (const caseId of caseIds) {
    const records = await platform.journal.load(caseId);
    expect(records.flatMap(({ record }) => record.clocks.map((c) => c.change))).toEqual([
      "started",
      "warned",
      "breached",
    ]);
    expect(records.map(({ record }) => record.meta.actor)).toEqual([who.practice, "hub", "hub"]);
  }
  expect(await platform.projections.dueBy("timers", Date.now() + 10_000, 100)).toEqual([]);
});

test("a clock that was past both its times before anybody looked warns and breaches, each once", async () => {
  const caseId = await opened({ warn: -60_000, due: -30_000 });
  await until(caseId, "breached");
  expect((await changesOf(caseId)).map((c) => c.change)).toEqual(["started", "warned", "breached"]);
});

test("an index emptied between warning and breach loses neither and repeats neither", async () => {
  const caseId = await opened({ warn: 200, due: 1_500 });
  await until(caseId, "warned");
  await platform.redis.flushall();
  await until(caseId, "breached");
  await platform.redis.flushall();
  await aWhile();
  expect((await changesOf(caseId)).map((c) => c.change)).toEqual(["started", "warned", "breached"]);
});

test("services stopped between warning and breach take up where they were, on a new connection", async () => {
  // So late that the services are stopped before it, however slow the machine.
  const dueMs = Date.now() + 6_000;
  const caseId = await opened({ warn: 200, due: 6_000 });
  await until(caseId, "warned");
  await stopAll();
  await platform.close();
  platform = await open();
  await sleep(Math.max(0, dueMs + 300 - Date.now()));
  expect((await changesOf(caseId)).map((c) => c.change)).toEqual(["started", "warned"]);
  startAll();
  await until(caseId, "breached");
  expect((await changesOf(caseId)).map((c) => c.change)).toEqual(["started", "warned", "breached"]);
});

test("with Redis killed between warning and breach the breach comes when Redis is back", async () => {
  const caseId = await opened({ warn: 200, due: 900 });
  await until(caseId, "warned");
  await redis.kill();
  await sleep(900);
  await redis.restart();
  await until(caseId, "breached");
  expect((await changesOf(caseId)).map((c) => c.change)).toEqual(["started", "warned", "breached"]);
});
