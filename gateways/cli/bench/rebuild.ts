import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { z } from "zod";
import { agreements } from "../../../contracts/codes/agreements.ts";
import { commandReplyFrom } from "../../../contracts/envelope.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { createBus } from "../../../infra/nats/bus.ts";
import { connectNats } from "../../../infra/nats/connection.ts";
import { createLog } from "../../../infra/observability/logger.ts";
import { connectRedis, redisReady } from "../../../infra/redis/connection.ts";
import type { IndexName } from "../../../infra/redis/index-names.ts";
import { openAsking } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { note, print } from "../say.ts";
import { cpuReader, startChild } from "./bench.ts";
import { forEachOf } from "./clock-questions.ts";
import { asker, askPayload, unit } from "./messages.ts";

export type RebuildBenchOptions = { records?: number | undefined; rounds: number };

const usual = 20_000;
const limitMs = 30 * 60_000;
const dayMs = 24 * 3_600_000;
const Endpoints = z.object({ natsUrl: z.string(), redisUrl: z.string() });

type Asking = Awaited<ReturnType<typeof openAsking>>;

/** What is said in a case, one after the other: its records are a question, asked back, told, answered, followed up, answered. */
const said = [
  ["advice.requestInformation", unit],
  ["advice.giveInformation", asker],
  ["advice.answer", unit],
  ["advice.askFollowUp", asker],
  ["advice.answer", unit],
] as const;
const recordsACase = 1 + said.length;

/** Lives the nth case through as the service decides it, half a day between two records. */
const liveCase = async ({ at }: Asking, n: number, begunMs: number): Promise<void> => {
  const messageId = `rebuild-${String(n)}`;
  const tell = async (
    step: number,
    type: string,
    of: { sender: string; payload: unknown },
  ): Promise<string> => {
    const time = new Date(begunMs + (step * dayMs) / 2).toISOString();
    const message = { id: `${messageId}-${String(step)}`, type, version: 1, time, ...of };
    const reply = commandReplyFrom(await at(time, agreements)(message));
    if (reply.status !== "accepted")
      throw new CommandFailed(`${type} was ${reply.status}, so there is nothing to rebuild.`);
    return reply.caseId;
  };
  const caseId = await tell(0, "advice.ask", { sender: asker, payload: askPayload(messageId) });
  for (const [i, [type, sender]] of said.entries())
    await tell(i + 1, type, { sender, payload: { caseId, text: "Gentag prøverne om seks uger." } });
};

const writeCases = async (dataDir: string, cases: number): Promise<void> => {
  const asking = await openAsking(configFrom(process.env, { data: dataDir }), createLog({ level: "silent" }));
  const begunMs = Date.now() - 30 * dayMs;
  try {
    await forEachOf({ from: 0, to: cases }, (n) => liveCase(asking, n, begunMs));
  } finally {
    await asking.stop();
  }
};

type Measured = {
  index: IndexName;
  records: number;
  perSecond: number;
  hubMicroseconds: number;
  redisMicroseconds: number;
};

type Target = { ask: (index: IndexName) => Promise<unknown>; hubCpu: Cpu; redisCpu: Cpu; records: number };
type Cpu = () => Promise<number>;

const once = async ({ ask, hubCpu, redisCpu, records }: Target, index: IndexName): Promise<Measured> => {
  const [begunMs, hub, server] = [Date.now(), await hubCpu(), await redisCpu()];
  await ask(index);
  const tookMs = Date.now() - begunMs;
  const aRecord = (seconds: number): number => Number(((seconds * 1e6) / records).toFixed(1));
  return {
    index,
    records,
    perSecond: Math.round((records * 1_000) / tookMs),
    hubMicroseconds: aRecord((await hubCpu()) - hub),
    redisMicroseconds: aRecord((await redisCpu()) - server),
  };
};

const redisCpuReader =
  (redis: Redis): Cpu =>
  async () => {
    const used = (await redis.info("cpu")).matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm);
    return [...used].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
  };

const measured = ["worklist", "indicators"] as const satisfies IndexName[];

const measureIndexes = async (
  dataDir: string,
  url: URL,
  { records, rounds }: { records: number; rounds: number },
): Promise<Measured[]> => {
  const text = await readFile(join(dataDir, "endpoints.json"), "utf8");
  const { natsUrl, redisUrl } = Endpoints.parse(JSON.parse(text));
  const [nc, redis] = [
    await connectNats(natsUrl, "sektorbro-bench"),
    connectRedis(redisUrl, () => undefined),
  ];
  await redisReady(redis, 2_000);
  const bus = createBus(nc, () => undefined);
  const ask: Target["ask"] = (index) => bus.ask(commandSubject(`${index}.rebuild`), {}, limitMs);
  const target = { ask, hubCpu: cpuReader(url), redisCpu: redisCpuReader(redis), records };
  const best: Measured[] = [];
  try {
    for (const index of measured) {
      // The first is the warm-up: a hub runs for weeks.
      await once(target, index);
      const found: Measured[] = [];
      for (let n = 0; n < rounds; n++) found.push(await once(target, index));
      best.push(...found.toSorted((a, b) => b.perSecond - a.perSecond).slice(0, 1));
    }
    return best;
  } finally {
    redis.disconnect();
    await nc.close();
  }
};

/**
 * How fast an index is made anew from the journal: cases of six records each are lived through by the service's own decisions,
 * then a hub of the bench's own rebuilds. One JSON line an index, of the best round: records a second with the reading of the
 * finished index (its digest) in it, and microseconds of processor time a record in the hub and in Redis. @throws CommandFailed
 */
export const benchRebuild = async (options: RebuildBenchOptions): Promise<void> => {
  const cases = Math.ceil((options.records ?? usual) / recordsACase);
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-rebuild-"));
  try {
    await writeCases(dataDir, cases);
    note(`  ${String(cases * recordsACase)} records are written`);
    const hub = await startChild(dataDir);
    try {
      const found = await measureIndexes(dataDir, hub.url, {
        records: cases * recordsACase,
        rounds: options.rounds,
      });
      for (const one of found) print(JSON.stringify(one));
    } finally {
      await hub.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
