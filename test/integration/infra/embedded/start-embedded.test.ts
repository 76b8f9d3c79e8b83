import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { findServer } from "../../../../infra/embedded/binaries.ts";
import { inspectServer } from "../../../../infra/embedded/doctor.ts";
import { answersPing } from "../../../../infra/embedded/redis-child.ts";
import { type Embedded, startEmbedded } from "../../../../infra/embedded/start-embedded.ts";
import { serversIn } from "../../../../infra/nats/servers-in.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { connectRedis, redisLoaded, redisReady } from "../../../../infra/redis/connection.ts";
import { runLog } from "../../../support/run-log.ts";
import { eventually } from "../../../support/server-process.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};
const healthy = async (hub: Embedded): Promise<boolean> =>
  fetch(`${hub.natsMonitorUrl}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
const restarted = (hub: Embedded, server: "nats" | "redis", before: number | undefined): Promise<boolean> =>
  eventually(() => {
    const now = hub.pids()[server];
    return now !== undefined && now !== before;
  });

test("both servers answer when the start is done", async () => {
  await using dir = await tempDir();
  await using hub = await startEmbedded({ dataDir: join(dir.path, "data"), log: runLog() });
  expect(await healthy(hub)).toBe(true);
  expect(await answersPing(hub.redisUrl)).toBe(true);
  expect(alive(hub.pids().nats) && alive(hub.pids().redis)).toBe(true);
});

test("a stop ends both servers, frees the folder, and what was stored is there at the next start", async () => {
  await using dir = await tempDir();
  const first = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const nc = await connect(serversIn(first.natsUrl));
  await (await jetstreamManager(nc)).streams.add({ name: "KEPT", subjects: ["kept.>"] });
  await jetstream(nc).publish("kept.a", "one");
  await nc.close();
  const redis = new Redis(first.redisUrl);
  await redis.set("key", "value");
  redis.disconnect();
  const pids = first.pids();
  await first.stop();
  expect([alive(pids.nats), alive(pids.redis)]).toEqual([false, false]);
  expect(await exists(join(dir.path, "hub.lock"))).toBe(false);

  await using second = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const again = await connect(serversIn(second.natsUrl));
  expect((await (await jetstreamManager(again)).streams.info("KEPT")).state.messages).toBe(1);
  await again.close();
  const redisAgain = new Redis(second.redisUrl);
  expect(await redisAgain.get("key")).toBe("value");
  redisAgain.disconnect();
});

test("a second hub on the same folder is refused, and the first goes on", async () => {
  await using dir = await tempDir();
  await using first = await startEmbedded({ dataDir: dir.path, log: runLog() });
  await expect(startEmbedded({ dataDir: dir.path, log: runLog() })).rejects.toMatchObject({
    code: "hub-already-running",
    message: expect.stringContaining(`process ${process.pid}`) as string,
  });
  expect(await healthy(first)).toBe(true);
});

test("a nats-server that is killed is back on the same port, with what it had acknowledged", async () => {
  await using dir = await tempDir();
  const { log, lines } = collectingLog();
  await using hub = await startEmbedded({ dataDir: dir.path, log });
  const nc = await connect({ ...serversIn(hub.natsUrl), maxReconnectAttempts: -1, reconnectTimeWait: 20 });
  const manager = await jetstreamManager(nc);
  await manager.streams.add({ name: "KEPT", subjects: ["kept.>"] });
  await jetstream(nc).publish("kept.a", "one");
  const before = hub.pids().nats;
  process.kill(before ?? 0, "SIGKILL");
  expect(await restarted(hub, "nats", before)).toBe(true);
  expect(await healthy(hub)).toBe(true);
  const publish = (): Promise<boolean> =>
    jetstream(nc)
      .publish("kept.b", "two", { msgID: "two", timeout: 200 })
      .then(
        () => true,
        () => false,
      );
  expect(await eventually(publish)).toBe(true);
  expect((await manager.streams.info("KEPT")).state.messages).toBe(2);
  await nc.close();
  expect(lines.map((line) => line.event)).toEqual(["server-died", "server-restarted"]);
});

test("a redis-server that is killed is back on the same socket", async () => {
  await using dir = await tempDir();
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const before = hub.pids().redis;
  process.kill(before ?? 0, "SIGKILL");
  expect(await restarted(hub, "redis", before)).toBe(true);
  expect(await answersPing(hub.redisUrl)).toBe(true);
});

test("both servers survive twenty kills in a row, also in the middle of a start", async () => {
  await using dir = await tempDir();
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  for (let i = 0; i < 20; i++) {
    const server = i % 2 === 0 ? "nats" : "redis";
    const file = join(dir.path, server, "server.pid");
    const pid = Number(await readFile(file, "utf8").catch(() => "0"));
    if (pid > 0 && alive(pid)) process.kill(pid, "SIGKILL");
    await eventually(() => false, (i * 7) % 40);
  }
  expect(await eventually(() => hub.pids().nats !== undefined && hub.pids().redis !== undefined)).toBe(true);
  expect(await eventually(async () => (await healthy(hub)) && (await answersPing(hub.redisUrl)))).toBe(true);
});

test("a stop in the middle of a restart leaves no server behind", async () => {
  await using dir = await tempDir();
  const hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  process.kill(hub.pids().nats ?? 0, "SIGKILL");
  await eventually(() => hub.pids().nats === undefined);
  await hub.stop();
  expect(await healthy(hub)).toBe(false);
  expect(await exists(join(dir.path, "nats", "server.pid"))).toBe(false);
});

test("a damaged append-only file is put aside and Redis starts empty", async () => {
  await using dir = await tempDir();
  const aof = join(dir.path, "redis", "appendonlydir");
  await mkdir(aof, { recursive: true });
  await writeFile(join(aof, "appendonly.aof.manifest"), "no manifest at all\n");
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  expect(await answersPing(hub.redisUrl)).toBe(true);
  expect(await exists(`${aof}.damaged`)).toBe(true);
});

test("a start does not wait for Redis to have read a large file, and what was in it is there a little later", async () => {
  await using dir = await tempDir();
  const first = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const filling = new Redis(first.redisUrl);
  const keys = 6_000;
  await filling.mset(Array.from({ length: keys }, (_, i) => [`key:${String(i)}`, "value"]).flat());
  // One command each: it is between commands that Redis answers while it reads.
  const pipeline = filling.pipeline();
  for (let i = 0; i < keys; i++) pipeline.set(`own:${String(i)}`, "value");
  await pipeline.exec();
  filling.disconnect();
  await first.stop();
  const slow = join(dir.path, "slow-redis");
  const { path } = await findServer("redis-server", undefined);
  await writeFile(slow, `#!/bin/sh\nexec "${path}" "$@" --key-load-delay 1000\n`, { mode: 0o755 });
  const begunMs = performance.now();
  await using second = await startEmbedded({ dataDir: dir.path, log: runLog(), redisServerBin: slow });
  const tookMs = performance.now() - begunMs;
  expect(await answersPing(second.redisUrl)).toBe(false);
  const redis = connectRedis(second.redisUrl, () => undefined);
  await redisReady(redis, 1_000);
  expect(redis.status).toBe("connect");
  await redisLoaded(redis, 60_000);
  const loadedMs = performance.now() - begunMs;
  expect(await redis.dbsize()).toBe(2 * keys);
  redis.disconnect();
  expect(loadedMs).toBeGreaterThan(2 * tookMs);
}, 120_000);

test("a disk that has filled up since does not take away what the streams have reserved", async () => {
  await using dir = await tempDir();
  await mkdir(join(dir.path, "nats"));
  const before = 2 ** 50;
  await writeFile(join(dir.path, "nats", "max-file-store"), String(before));
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  expect((await inspectServer(hub.natsMonitorUrl)).maxStorageBytes).toBe(before);
});

test("a data folder whose path is too long for a Unix socket gets its socket elsewhere", async () => {
  await using dir = await tempDir();
  const dataDir = join(dir.path, "a-folder-with-a-long-name".repeat(4));
  const hub = await startEmbedded({ dataDir, log: runLog() });
  expect(await answersPing(hub.redisUrl)).toBe(true);
  expect(hub.redisUrl.startsWith(dataDir)).toBe(false);
  await hub.stop();
  expect(await exists(hub.redisUrl)).toBe(false);
});

test("a server that cannot start is told with its own last words, and nothing is left running", async () => {
  await using dir = await tempDir();
  await mkdir(join(dir.path, "nats"));
  await writeFile(join(dir.path, "nats", "store"), "a file where the store folder belongs");
  await expect(startEmbedded({ dataDir: dir.path, log: runLog() })).rejects.toMatchObject({
    code: "server-not-ready",
    message: expect.stringMatching(/not a directory|storage/i) as string,
  });
  expect(await exists(join(dir.path, "hub.lock"))).toBe(false);
  expect(await exists(join(dir.path, "redis", "server.pid"))).toBe(false);
});

test("a binary that is not there is told with what to do", async () => {
  await using dir = await tempDir();
  const natsServerBin = join(dir.path, "no-such-server");
  await expect(startEmbedded({ dataDir: dir.path, natsServerBin, log: runLog() })).rejects.toMatchObject({
    code: "server-missing",
    message: expect.stringContaining("npm run setup") as string,
  });
});
