import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { Redis } from "ioredis";
import { z } from "zod";
import { timersKey } from "../../../contracts/index-keys.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { connectNats } from "../../../infra/nats/connection.ts";
import { journalStreams } from "../../../infra/nats/streams.ts";
import { createLog } from "../../../infra/observability/logger.ts";
import { connectRedis, redisReady } from "../../../infra/redis/connection.ts";
import { createProjections } from "../../../infra/redis/projections.ts";
import { openAsking } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { columns, note, print } from "../say.ts";
import { startChild } from "./bench-hub.ts";
import { askQuestion, dueOf, forEachOf, type Plan, planOf, sizesOf, type Times } from "./clock-questions.ts";
import { type Lateness, latenessOf, listenForRings, type Rings } from "./clock-rings.ts";

const Endpoints = z.object({ natsUrl: z.string(), redisUrl: z.string() });
const streams = 4;

export type ClockBenchOptions = {
  clocks?: number | undefined;
  /** How long clocks that are evenly spread are listened to. */
  seconds: number;
  strict?: boolean;
  json?: boolean;
};

type ClockFigures = {
  clocks: number;
  writtenPerSecond: number;
  /** From the start of the hub on an empty index. */
  startUp: { indexWholeSeconds: number; recordsPerSecond: number; firstOverdueRangSeconds: number };
  memory: {
    redisBytesAClock: number;
    timersBytesAClock: number;
    hubHeapMb: number;
    hubHeapBytesAClock: number;
    hubResidentMb: number;
  };
  even: Lateness & { aSecond: number };
  bursts: (Lateness & { ofClocks: number; perSecond: number })[];
};

/**
 * What is promised: never late by more than a second at the 99th percentile. Each ring is a record of its own, on disk before it
 * counts: more at one instant than the store takes in a second cannot all be in time, and are measured without a limit.
 */
const mostLateMs = 1_000;
const mostAtOnce = 1_000;
const most = 1_000_000;
/** From one burst to the next. */
const betweenBurstsMs = 60_000;
/** The index is made no slower than this, unless others keep the machine busy. */
const slowestIndexPerSecond = 1_000;
const marginMs = 20_000;
/** Evenly spread, a dozen or more ring each second: with so little missing, nothing waits behind others any more. */
const quietMs = 2_000;

type Written = { times: Times; perSecond: number };

const writeClocks = async (
  asking: Awaited<ReturnType<typeof openAsking>>,
  plan: Plan,
  evenMs: number,
): Promise<Written> => {
  const { clocks, early } = plan;
  const far = Date.now() + 24 * 3_600_000;
  const rate = await forEachOf({ from: 0, to: early }, (n) => askQuestion(asking.at, n, far + n));
  const fromMs = Date.now() + (clocks / rate) * 1_200;
  const burstMs = Math.ceil(fromMs + (clocks * 1_000) / slowestIndexPerSecond + evenMs + 2 * marginMs);
  const times = { fromMs, burstsMs: plan.bursts.map((_, i) => burstMs + i * betweenBurstsMs) };
  let done = early;
  const telling = setInterval(() => {
    note(`  ${String(done)} of ${String(clocks)} clocks are written`);
  }, 10_000);
  const perSecond = await forEachOf({ from: early, to: clocks }, async (n) => {
    await askQuestion(asking.at, n, dueOf(n, plan, times));
    done++;
  });
  clearInterval(telling);
  return { times, perSecond };
};

const load = async (dataDir: string, plan: Plan, evenMs: number): Promise<Written> => {
  const config = configFrom(process.env, { data: dataDir });
  const asking = await openAsking(config, createLog({ level: "silent" }));
  try {
    return await writeClocks(asking, plan, evenMs);
  } finally {
    await asking.stop();
  }
};

type Watched = { redis: Redis; jsm: JetStreamManager; rings: Rings; url: URL };

const usedBytes = async (redis: Redis): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await redis.info("memory"))?.[1]);

const metric = async (url: URL, name: string): Promise<number> => {
  const text = await (await fetch(new URL("/metrics", url))).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? "NaN");
};

/** Waits until the index holds what the journal held when the hub was started. */
const indexWhole = async ({ redis, jsm }: Watched): Promise<number> => {
  const projections = createProjections(redis);
  let records = 0;
  for (const { name } of journalStreams({ streams, replicas: 1 })) {
    const { last_seq: end } = (await jsm.streams.info(name)).state;
    records += end;
    while ((await projections.position(name)) < end) await sleep(20);
  }
  return records;
};

const started = async ({ redis, jsm, rings, url }: Watched, begunMs: number, plan: Plan) => {
  const records = await indexWhole({ redis, jsm, rings, url });
  const indexWholeSeconds = (Date.now() - begunMs) / 1_000;
  while (rings.all().length === 0) await sleep(20);
  const [first] = rings.all();
  const used = await usedBytes(redis);
  const timersAt = (await createProjections(redis).prefix()) + timersKey;
  const timers = Number(await redis.memory("USAGE", timersAt, "SAMPLES", "1000"));
  return {
    startUp: {
      indexWholeSeconds,
      recordsPerSecond: Math.round(records / indexWholeSeconds),
      firstOverdueRangSeconds: ((first?.heardMs ?? Number.NaN) - begunMs) / 1_000,
    },
    redisBytesAClock: Math.round(used / plan.clocks),
    timersBytesAClock: Math.round(timers / plan.clocks),
  };
};

/** What was late already has rung: what rings now was to ring a moment ago. */
const quiet = async ({ rings }: Watched, untilMs: number): Promise<void> => {
  while (Date.now() < untilMs) {
    const latest = rings.all().reduce((max, { wantedMs }) => Math.max(max, wantedMs), 0);
    if (Date.now() - latest < quietMs) return;
    await sleep(1_000);
  }
};

const measureEven = async ({ rings }: Watched, evenMs: number): Promise<ClockFigures["even"]> => {
  const fromMs = Date.now();
  await sleep(evenMs);
  const toMs = Date.now();
  await sleep(2_000);
  const even = latenessOf(rings.all(), { fromMs, toMs });
  return { ...even, aSecond: Math.round((even.rang * 1_000) / (toMs - fromMs)) };
};

const burstEndsMs = 120_000;

const measureBurst = async (
  { rings }: Watched,
  burst: number,
  burstMs: number,
): Promise<ClockFigures["bursts"][number]> => {
  const measured = (): Lateness => latenessOf(rings.all(), { fromMs: burstMs, toMs: burstMs });
  await sleep(Math.max(0, burstMs - Date.now()));
  while (measured().rang < burst && Date.now() < burstMs + burstEndsMs) await sleep(200);
  const found = measured();
  return { ...found, ofClocks: burst, perSecond: Math.round((found.rang * 1_000) / found.maxMs) };
};

const watch = async (dataDir: string, url: URL): Promise<Watched & { close: () => Promise<void> }> => {
  const text = await readFile(join(dataDir, "endpoints.json"), "utf8");
  const { natsUrl, redisUrl } = Endpoints.parse(JSON.parse(text));
  const nc = await connectNats(natsUrl, "sektorbro-bench");
  const redis = connectRedis(redisUrl, () => undefined);
  await redisReady(redis, 2_000);
  const rings = await listenForRings(jetstream(nc), streams);
  return {
    redis,
    jsm: await jetstreamManager(nc),
    rings,
    url,
    close: async () => {
      await rings.stop();
      redis.disconnect();
      await nc.close();
    },
  };
};

const measure = async (
  dataDir: string,
  { plan, evenMs }: { plan: Plan; evenMs: number },
  { times, perSecond }: Written,
): Promise<ClockFigures> => {
  const begunMs = Date.now();
  const hub = await startChild(dataDir);
  const watched = await watch(dataDir, hub.url);
  try {
    const heapAtStart = await metric(hub.url, "nodejs_heap_size_used_bytes");
    const { startUp, ...redis } = await started(watched, begunMs, plan);
    note(`  the index was whole after ${String(startUp.indexWholeSeconds)} s`);
    await sleep(Math.max(0, times.fromMs - Date.now()));
    const firstBurstMs = Math.min(...times.burstsMs);
    await quiet(watched, firstBurstMs - evenMs - marginMs);
    if (Date.now() + evenMs + marginMs / 2 > firstBurstMs)
      throw new CommandFailed(
        "The index was made more slowly than the bench had planned for. Try fewer --clocks.",
      );
    const even = await measureEven(watched, evenMs);
    const heap = await metric(hub.url, "nodejs_heap_size_used_bytes");
    const resident = await metric(hub.url, "process_resident_memory_bytes");
    const memory = {
      ...redis,
      hubHeapMb: Math.round(heap / 1e6),
      hubHeapBytesAClock: Math.max(0, Math.round((heap - heapAtStart) / plan.clocks)),
      hubResidentMb: Math.round(resident / 1e6),
    };
    const bursts: ClockFigures["bursts"] = [];
    for (const [i, size] of sizesOf(plan).entries())
      bursts.push(await measureBurst(watched, size, times.burstsMs[i] ?? Number.NaN));
    return { clocks: plan.clocks, writtenPerSecond: Math.round(perSecond), startUp, memory, even, bursts };
  } finally {
    await watched.close();
    await hub.stop();
  }
};

const inWords = ({ clocks, writtenPerSecond, startUp, memory, even, bursts }: ClockFigures): string => {
  const lateness = ({ rang, p50Ms, p99Ms, maxMs }: Lateness): string[] =>
    [rang, p50Ms, p99Ms, maxMs].map(String);
  return [
    `${String(clocks)} running clocks, written ${String(writtenPerSecond)} a second, each the record of a question`,
    `start-up on an empty index: whole after ${String(startUp.indexWholeSeconds)} s (${String(startUp.recordsPerSecond)} records a second); the first that was late rang after ${String(startUp.firstOverdueRangSeconds)} s`,
    `memory: Redis ${String(memory.redisBytesAClock)} bytes a clock with its case in every list, ${String(memory.timersBytesAClock)} of it timers; hub heap ${String(memory.hubHeapMb)} MB, ${String(memory.hubHeapBytesAClock)} bytes a clock; resident ${String(memory.hubResidentMb)} MB`,
    columns([
      ["late, in ms", "rang", "p50", "p99", "max", "limit at p99"],
      [`  evenly spread, ${String(even.aSecond)} a second`, ...lateness(even), String(mostLateMs)],
      ...bursts.map((burst) => [
        `  ${String(burst.ofClocks)} at the same instant, ${String(burst.perSecond)} a second`,
        ...lateness(burst),
        burst.ofClocks > mostAtOnce ? "-" : String(mostLateMs),
      ]),
    ]),
  ].join("\n");
};

const exceeded = ({ even, bursts }: ClockFigures): string[] => [
  ...(even.p99Ms <= mostLateMs ? [] : ["evenly spread"]),
  ...bursts.flatMap(({ rang, ofClocks, p99Ms }) => {
    const inTime = ofClocks > mostAtOnce || p99Ms <= mostLateMs;
    return rang === ofClocks && inTime ? [] : [`${String(ofClocks)} at the same instant`];
  }),
];

/**
 * Many running clocks in a hub of its own: how late warnings and breaches come, evenly spread and thousands at the same instant; what
 * a clock takes of memory; how long the index takes to be made again. `strict`: none may be later than promised.
 * @throws CommandFailed
 */
export const benchClocks = async (options: ClockBenchOptions): Promise<void> => {
  const plan = planOf(options.clocks ?? most);
  const evenMs = options.seconds * 1_000;
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-clocks-"));
  try {
    const figures = await measure(dataDir, { plan, evenMs }, await load(dataDir, plan, evenMs));
    print(options.json === true ? JSON.stringify(figures) : inWords(figures));
    const late = options.strict === true ? exceeded(figures) : [];
    if (late.length > 0)
      throw new CommandFailed(
        `Later than ${String(mostLateMs)} ms at the 99th percentile, or not at all: ${late.join(", ")}.`,
      );
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
