import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { QueryAnswer } from "../../../contracts/envelope.ts";
import { MessagePage, MessageView } from "../../../contracts/messages/message-log.ts";
import { querySubject } from "../../../contracts/subjects.ts";
import { type Bus, createBus } from "../../../infra/nats/bus.ts";
import { connectNats } from "../../../infra/nats/connection.ts";
import { connectRedis, redisReady } from "../../../infra/redis/connection.ts";
import { indexPrefixes } from "../../../infra/redis/index-names.ts";
import { createProjections } from "../../../infra/redis/projections.ts";
import { CommandFailed } from "../failure.ts";
import { note, print } from "../say.ts";
import { cpuReader, startChild, untilQuiet } from "./bench-hub.ts";
import { writeCases } from "./lived-cases.ts";

export type LogBenchOptions = { messages?: number | undefined; strict?: boolean };

/** Each record of a lived case is a message that came in, and the document that goes out of it another. */
const messagesACase = 12;
const usual = 20_000;
const asked = 300;
/** What is promised, at the 99th percentile, with a million messages. */
const mostMs = 100;
const Endpoints = z.object({ natsUrl: z.string(), redisUrl: z.string() });

type Query = (type: string, payload: object) => Promise<unknown>;

const queryOver =
  (bus: Pick<Bus, "ask">): Query =>
  async (type, payload) => {
    const time = new Date().toISOString();
    const message = { id: `log-${time}`, type, version: 1, time, sender: "operator", payload };
    const reply = QueryAnswer.parse(await bus.ask(querySubject(type), message));
    if (reply.status !== "ok") throw new CommandFailed(`${type} was not answered: ${reply.code}.`);
    return reply.value;
  };

const dayMs = 24 * 3_600_000;
const days = 32;

/** Messages to ask for, some of each day. */
const sampleOf = async (query: Query): Promise<MessageView[]> => {
  const views: MessageView[] = [];
  for (let n = 0; n < days; n++) {
    const day = new Date(Date.now() - n * dayMs).toISOString().slice(0, 10);
    const page = await query("messages.search", { from: day, to: day, limit: 40 });
    for (const { id } of MessagePage.parse(page).items)
      views.push(MessageView.parse(await query("messages.show", { id })));
  }
  return views;
};

/** Each key by itself, and what is asked together. A message that has no such key is not asked for by it. */
const keys: Readonly<Record<string, (view: MessageView) => object | undefined>> = {
  messageId: ({ messageIds: [messageId] }) => (messageId === undefined ? undefined : { messageId }),
  envelopeId: ({ envelopeIds: [envelopeId] }) => (envelopeId === undefined ? undefined : { envelopeId }),
  caseId: ({ caseId }) => (caseId === undefined ? undefined : { caseId }),
  sender: ({ from }) => ({ sender: from.gln }),
  receiver: ({ to: [to] }) => (to === undefined ? undefined : { receiver: to.gln }),
  type: ({ type }) => ({ type }),
  status: ({ status }) => ({ status }),
  day: ({ at }) => ({ from: at.slice(0, 10), to: at.slice(0, 10) }),
  "sender, type and status": ({ from, type, status }) => ({ sender: from.gln, type, status }),
  nothing: () => ({}),
};

type Figure = { key: string; asked: number; p50Ms: number; p99Ms: number };

const shareOf = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1));

const measureKey = async (
  query: Query,
  key: string,
  payloads: readonly object[],
): Promise<Figure | undefined> => {
  if (payloads.length === 0) return undefined;
  const times: number[] = [];
  for (let n = 0; n < asked; n++) {
    const begunMs = performance.now();
    const found = MessagePage.parse(await query("messages.search", payloads[n % payloads.length] ?? {}));
    times.push(performance.now() - begunMs);
    if (found.items.length === 0) throw new CommandFailed(`By ${key} nothing was found of what is there.`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { key, asked: times.length, p50Ms: shareOf(sorted, 0.5), p99Ms: shareOf(sorted, 0.99) };
};

const measure = async (query: Query): Promise<Figure[]> => {
  const views = await sampleOf(query);
  const figures: Figure[] = [];
  for (const [key, payloadOf] of Object.entries(keys)) {
    const payloads = views.flatMap((view) => payloadOf(view) ?? []);
    const figure = await measureKey(query, key, payloads);
    if (figure !== undefined) figures.push(figure);
  }
  return figures;
};

/** How many messages there are, by their places in the index. */
const countOf = async (redisUrl: string): Promise<number> => {
  const redis = connectRedis(redisUrl, () => undefined);
  try {
    await redisReady(redis, 2_000);
    const index = createProjections(redis, indexPrefixes["message-log"]);
    const types = await index.page("types", undefined, 500);
    const counts = await Promise.all(types.map((type) => index.count(`t:${type}`)));
    return counts.reduce((sum, one) => sum + one, 0);
  } finally {
    redis.disconnect();
  }
};

const measureHub = async (dataDir: string): Promise<{ messages: number; figures: Figure[] }> => {
  const { natsUrl, redisUrl } = Endpoints.parse(
    JSON.parse(await readFile(join(dataDir, "endpoints.json"), "utf8")),
  );
  const nc = await connectNats(natsUrl, "sektorbro-bench");
  try {
    const figures = await measure(queryOver(createBus(nc, () => undefined)));
    return { messages: await countOf(redisUrl), figures };
  } finally {
    await nc.close();
  }
};

/**
 * How fast a message is found by each of its keys: cases are lived through by the service's own decisions until there are so many messages,
 * then a hub of the bench's own is asked over the bus. One JSON line a key, with the time by the clock from question to answer. A citizen is
 * left out: all of the bench's letters are about one. `strict`: @throws CommandFailed when a key takes longer than 100 ms at the 99th percentile
 */
export const benchLog = async ({ messages = usual, strict }: LogBenchOptions): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-log-"));
  try {
    await writeCases(dataDir, Math.ceil(messages / messagesACase));
    note("  the cases are written");
    const hub = await startChild(dataDir);
    try {
      await untilQuiet(cpuReader(hub.url));
      const found = await measureHub(dataDir);
      for (const one of found.figures) print(JSON.stringify({ messages: found.messages, ...one }));
      const slow = found.figures.filter(({ p99Ms }) => p99Ms > mostMs);
      if (strict === true && slow.length > 0)
        throw new CommandFailed(
          `Slower than ${String(mostMs)} ms at the 99th percentile: ${slow.map(({ key }) => key).join(", ")}.`,
        );
    } finally {
      await hub.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
