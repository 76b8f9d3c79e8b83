import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { newId } from "../../../../infra/ids.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsCluster, startNatsCluster } from "../../../support/nats-cluster.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

let cluster: NatsCluster;
let redis: RedisServer;
let platform: Platform;

const open = (replicas: number): Promise<Platform> =>
  openPlatform({
    natsUrl: cluster.url,
    redisUrl: redis.path,
    layout: { streams: 2, replicas },
    log: runLog(),
  });

const copies = async (): Promise<Set<number>> => {
  const found = new Set<number>();
  for await (const name of platform.jsm.streams.names()) {
    const { config } = await eventually(() => platform.jsm.streams.info(name), name);
    found.add(config.num_replicas);
  }
  return found;
};

beforeAll(async () => {
  [cluster, redis] = await Promise.all([startNatsCluster(), startRedisServer()]);
  await (await open(1)).close();
  platform = await open(3);
  await cluster.healthy();
  await eventually(async () => (await platform.journal.append(record(newId()), 0)).kind, "a write");
}, 60_000);
afterAll(async () => {
  await platform.close();
  await Promise.all([cluster[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
}, 30_000);

const record = (caseId: string): CaseRecord => ({
  version: 1,
  caseId,
  family: "advice",
  facts: [],
  deliveries: [],
  clocks: [],
  meta: {
    no: 1,
    at: "2026-11-23T09:15:00.000Z",
    commandId: `c-${caseId}`,
    commandType: "advice.ask",
    digest: "d",
    actor: "hub",
    outcome: "accepted",
    status: "asked",
  },
});

describe("three servers", () => {
  test("a store that was made with one copy of everything is given three", async () => {
    expect(await copies()).toEqual(new Set([3]));
  });

  test("a hub that is told of fewer copies takes none away", async () => {
    await (await open(1)).close();
    expect(await copies()).toEqual(new Set([3]));
  });

  test("what was accepted a moment ago is known to whoever asks next", async () => {
    const { journal } = platform;
    const unknown: string[] = [];
    const writeAndRead = async (): Promise<void> => {
      const caseId = newId();
      const { kind } = await eventually(() => journal.append(record(caseId), 0), "a write");
      expect(kind).toBe("appended");
      if ((await journal.load(caseId)).length === 0) unknown.push(caseId);
    };
    for (let i = 0; i < 15; i++) await Promise.all(Array.from({ length: 20 }, writeAndRead));
    expect(unknown).toEqual([]);
  });
});
