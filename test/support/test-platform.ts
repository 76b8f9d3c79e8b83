import { readFile } from "node:fs/promises";
import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { CommandReply, type QueryReply } from "../../contracts/envelope.ts";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import type { Pace } from "../../infra/effects.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { createMetrics } from "../../infra/observability/metrics.ts";
import type { Traces } from "../../infra/observability/traces.ts";
import { openPlatform, type Part, type Platform } from "../../infra/platform.ts";
import { defaultPressureLimits, type PressureLimits } from "../../infra/pressure/judge.ts";
import { startAdvice } from "../../services/advice/main.ts";
import { startAgreement } from "../../services/agreement/main.ts";
import { startAttachment } from "../../services/attachment/main.ts";
import { startCoordination } from "../../services/coordination/main.ts";
import { startDelivery } from "../../services/delivery/main.ts";
import { startDirectory } from "../../services/directory/main.ts";
import { startWorklist } from "../../services/worklist/main.ts";
import { type NatsServer, startNatsServer } from "./nats-server.ts";
import { type RedisServer, startRedisServer } from "./redis-server.ts";
import { runLog } from "./run-log.ts";

/** Every service in this process, on a private nats-server and a private Redis, with the made-up region imported. */
export type TestHub = AsyncDisposable & {
  nats: NatsServer;
  redis: RedisServer;
  platform: Platform;
  command: (type: string, sender: string, payload: unknown, id?: string) => Promise<CommandReply>;
  query: <T>(type: string, viewer: string, payload: unknown) => Promise<QueryReply<T>>;
};

let counter = 0;

/** A client of the bus: commands and queries as any gateway sends them. */
const busClient = (platform: Platform): Pick<TestHub, "command" | "query"> => {
  const ask = async (
    subject: string,
    type: string,
    rest: { sender: string; payload: unknown; id: string },
  ): Promise<unknown> => {
    const envelope = { type, version: 1, time: new Date().toISOString(), ...rest };
    return JSON.parse(
      new TextDecoder().decode(await platform.bus.request(subject, JSON.stringify(envelope))),
    ) as unknown;
  };
  return {
    command: async (type, sender, payload, id = `test-${String(++counter)}`) =>
      CommandReply.parse(await ask(commandSubject(type), type, { sender, payload, id })),
    query: async <T>(type: string, viewer: string, payload: unknown) =>
      (await ask(querySubject(type), type, { sender: viewer, payload, id: "q" })) as QueryReply<T>,
  };
};

const region = async (): Promise<DirectoryFile> =>
  DirectoryFile.parse(JSON.parse(await readFile("services/directory/region.json", "utf8")));

export const startTestHub = async (
  options: {
    log?: Log;
    receipts?: ReceiptRules;
    attachments?: AttachmentRules;
    operations?: string | undefined;
    pace?: Pace | undefined;
    limits?: Partial<PressureLimits> | undefined;
    /** Where cases go that leave the journal. */
    archiveDir?: string;
    /** Where the ways of messages are told. */
    traces?: Traces;
    /** Redis keeps what it has over a restart. */
    redisKeeps?: boolean;
    starts?: ((p: Platform) => Part | Promise<Part>)[];
  } = {},
): Promise<TestHub> => {
  const [nats, redis] = await Promise.all([
    startNatsServer(),
    startRedisServer({ persistent: options.redisKeeps === true }),
  ]);
  const layout = { streams: 4, replicas: 1 };
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout,
    log: options.log ?? runLog(),
    operations: options.operations,
    pace: options.pace,
    limits: { ...defaultPressureLimits, ...options.limits },
    archiveDir: options.archiveDir,
    metrics: createMetrics(),
    ...(options.traces === undefined ? {} : { traces: options.traces }),
  });
  const starts = [
    startDirectory,
    (platform: Platform) => startAdvice(platform, options.attachments),
    (platform: Platform) => startAttachment(platform, options.attachments),
    (platform: Platform) => startDelivery(platform, options.receipts),
    startAgreement,
    startCoordination,
    startWorklist,
  ];
  const parts: Part[] = [];
  for (const start of [...starts, ...(options.starts ?? [])]) parts.push(await start(platform));
  const client = busClient(platform);
  const imported = await client.command("directory.import", "operator", { file: await region() });
  if (imported.status !== "accepted") throw new Error(`region refused: ${JSON.stringify(imported)}`);
  return {
    nats,
    redis,
    platform,
    ...client,
    [Symbol.asyncDispose]: async () => {
      for (const part of parts.toReversed()) await part.stop();
      await platform.close();
      await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
    },
  };
};
