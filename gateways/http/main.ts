import { z } from "zod";
import { commandReplyFrom, type QueryReply } from "../../contracts/envelope.ts";
import { CaseEvent } from "../../contracts/messages/case-list.ts";
import { DocumentOutcome } from "../../contracts/messages/document.ts";
import { caseEventsSubject, commandSubject, printSubject, querySubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { newId } from "../../infra/ids.ts";
import { type Answers, createAnswers } from "../../infra/nats/answers.ts";
import { parseJson } from "../../infra/nats/json.ts";
import { createMetrics, type Metrics } from "../../infra/observability/metrics.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import type { HttpOptions, HttpPorts } from "./ports.ts";
import { createServer } from "./server.ts";

export { developmentToken, openVerifier } from "./token-file.ts";

const answerTimeoutMs = 10_000;
const pingTimeoutMs = 500;

const Printed = z.union([
  z.object({ mediaType: z.string(), base64: z.string() }),
  z.object({ mediaType: z.string(), digest: z.string() }),
]);
const Reply = z.discriminatedUnion("status", [
  z.object({ status: z.literal("ok"), value: z.unknown() }),
  z.object({ status: z.literal("refused"), code: z.string() }),
  z.object({ status: z.literal("failed"), code: z.string() }),
]);

const query =
  ({ bus }: Platform): HttpPorts["query"] =>
  async (type, viewer, payload): Promise<QueryReply<unknown>> => {
    const envelope = { id: newId(), type, version: 1, time: effects.now(), sender: viewer, payload };
    return Reply.parse(await bus.ask(querySubject(type), envelope));
  };

const command =
  ({ bus }: Platform): HttpPorts["command"] =>
  async (envelope) =>
    commandReplyFrom(await bus.ask(commandSubject(envelope.type), envelope));

/** INTAKE first, then the wait: whatever dies in between, the document is there and its answer can be asked for again. */
const submit =
  ({ intake }: Platform, answers: Answers): HttpPorts["submit"] =>
  async (document) => {
    const id = newId();
    const { subject, answer } = answers.expect(id, answerTimeoutMs);
    await intake.append(id, { ...document, transport: "http", receivedAt: effects.now(), answerTo: subject });
    return DocumentOutcome.parse(parseJson(await answer));
  };

const print =
  ({ bus, objects }: Platform): HttpPorts["print"] =>
  async (standard, order) => {
    const printed = Printed.parse(await bus.ask(printSubject(standard), order));
    const { mediaType } = printed;
    if ("base64" in printed) return { mediaType, bytes: Buffer.from(printed.base64, "base64") };
    const bytes = await objects.get(printed.digest);
    if (bytes === undefined) throw new Error("A document that was printed is not kept.");
    return { mediaType, bytes };
  };

const within = async (work: Promise<unknown>): Promise<"up" | "down"> => {
  const late = effects.pause(pingTimeoutMs).then(() => "down" as const);
  return Promise.race([work.then(() => "up" as const).catch(() => "down" as const), late]);
};

const health =
  ({ nc, redis }: Platform, durability: "safe" | "unsafe"): HttpPorts["health"] =>
  async () => {
    const [nats, index] = await Promise.all([within(nc.rtt()), within(redis.ping())]);
    return { ok: nats === "up", durability, parts: { nats, redis: index } };
  };

export type HttpStart = {
  host: string;
  port: number;
  durability: "safe" | "unsafe";
  verifyToken: HttpPorts["verifyToken"];
  maxDocumentBytes: number;
  version: string;
  examples?: HttpOptions["examples"];
  metrics?: Metrics;
};

/** The process's own figures, as Prometheus clients name them. */
const processText = (): string => {
  const { user, system } = process.cpuUsage();
  return [
    "# TYPE process_cpu_seconds_total counter",
    `process_cpu_seconds_total ${String((user + system) / 1e6)}`,
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${String(process.memoryUsage.rss())}`,
    "",
  ].join("\n");
};

type Watcher = Parameters<HttpPorts["watch"]>[0];

/** One subscription for all that listen here. What is not understood is of another release, and not told. */
const createWatch = ({ nc }: Platform): { watch: HttpPorts["watch"]; stop: () => void } => {
  const watchers = new Set<Watcher>();
  const subscription = nc.subscribe(caseEventsSubject, {
    callback: (_error, message) => {
      const event = watchers.size === 0 ? undefined : CaseEvent.safeParse(parseJson(message.data)).data;
      if (event !== undefined) for (const watcher of watchers) watcher.hear(event);
    },
  });
  return {
    watch: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    stop: () => {
      subscription.unsubscribe();
      for (const watcher of watchers) watcher.end();
    },
  };
};

type Connected = { answers: Answers; watch: HttpPorts["watch"] };

const portsFrom = (platform: Platform, start: HttpStart, { answers, watch }: Connected): HttpPorts => {
  const { objects, directory, intake, log } = platform;
  const metrics = start.metrics ?? createMetrics();
  return {
    command: command(platform),
    query: query(platform),
    submit: submit(platform, answers),
    print: print(platform),
    putObject: objects.put,
    getObject: objects.get,
    statObject: objects.stat,
    watch,
    organisation: directory.organisation,
    organisations: directory.all,
    original: intake.original,
    refusedDocuments: intake.refused,
    health: health(platform, start.durability),
    metrics: () => metrics.text() + processText(),
    verifyToken: start.verifyToken,
    now: effects.now,
    newId,
    log,
  };
};

const maxJsonBytes = 1024 * 1024;

export const startHttp = async (platform: Platform, start: HttpStart): Promise<Part & { url: string }> => {
  const answers = createAnswers(platform.nc);
  const changes = createWatch(platform);
  const { maxDocumentBytes, version, host, port, examples } = start;
  const options: HttpOptions = {
    maxJsonBytes,
    maxDocumentBytes,
    maxAttachmentBytes: maxDocumentBytes,
    metricsFor: "loopback",
    version,
    ...(examples === undefined ? {} : { examples }),
  };
  const server = createServer(portsFrom(platform, start, { answers, watch: changes.watch }), options);
  const url = await server.listen({ host, port });
  return {
    url,
    stop: async () => {
      // A stream that goes on would keep the server from closing.
      changes.stop();
      await server.close();
      answers.stop();
    },
  };
};
