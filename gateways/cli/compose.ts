/** The composition root: the one file that names every service and gateway, by their `main.ts`, and starts them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keptAuditKey } from "../../infra/audit/key-file.ts";
import type { Config } from "../../infra/config/config.ts";
import { freeBytes } from "../../infra/embedded/folder-space.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { createMetrics } from "../../infra/observability/metrics.ts";
import { openTraces } from "../../infra/observability/open-traces.ts";
import { openPlatform, type Part, type Platform } from "../../infra/platform.ts";
import { askingAt, startAdvice } from "../../services/advice/main.ts";
import {
  AgreementsRefused,
  checkFolder,
  loadAgreements,
  readAgreements,
  startAgreement,
} from "../../services/agreement/main.ts";
import { startArchive } from "../../services/archive/main.ts";
import { startAttachment } from "../../services/attachment/main.ts";
import { startBooking } from "../../services/booking/main.ts";
import { startCoordination } from "../../services/coordination/main.ts";
import { startDelivery } from "../../services/delivery/main.ts";
import { startDesk } from "../../services/desk/main.ts";
import { startDirectory } from "../../services/directory/main.ts";
import { startDischarge } from "../../services/discharge/main.ts";
import { startMessageLog } from "../../services/message-log/main.ts";
import { startObservation } from "../../services/observation/main.ts";
import { startReferral } from "../../services/referral/main.ts";
import { startWorklist } from "../../services/worklist/main.ts";
import { consolePages, demoPeople } from "../console/main.ts";
import {
  benchFhir,
  type FhirBenchOptions,
  type FhirMeasured,
  leastToFhirPackage,
  type ParsedMessage,
  parseMessage,
  renderMessage,
  startFhir,
} from "../fhir/main.ts";
import { inspectFolders, startFolders } from "../folder/main.ts";
import {
  developmentPeople,
  developmentToken,
  openTrust,
  readIdentityProvider,
  startHttp,
  TrustUnusable,
} from "../http/main.ts";
import {
  benchCodec,
  type CodecBenchOptions,
  type ParsedDocument,
  parseDocument,
  renderDocument,
  startOioxml,
} from "../oioxml/main.ts";
import { startPartners } from "../partners/main.ts";
import { startPush } from "../push/main.ts";
import { checkDurability } from "./check-durability.ts";
import { checkSettings } from "./check-settings.ts";
import { readExamples } from "./contract-examples.ts";
import { drain } from "./drain.ts";
import { noteStreams, streamsMadeBefore } from "./made-streams.ts";
import { openServers, type Servers } from "./open-servers.ts";
import { consoleFolder, packageRoot } from "./package-root.ts";
import { seedDirectory } from "./seed-directory.ts";

export { answerClock, explainRecords } from "../../services/agreement/main.ts";
export * as partnerClient from "../client/main.ts";
export { conversion } from "../fhir/main.ts";
export { printing } from "../oioxml/main.ts";
export * as rehearsal from "../rehearsal/main.ts";
export {
  AgreementsRefused,
  benchCodec,
  benchFhir,
  type CodecBenchOptions,
  checkFolder,
  developmentToken,
  type FhirBenchOptions,
  type FhirMeasured,
  inspectFolders,
  leastToFhirPackage,
  type ParsedDocument,
  type ParsedMessage,
  parseDocument,
  parseMessage,
  renderDocument,
  renderMessage,
  TrustUnusable,
};

/** Services first, so that a gateway never has somebody waiting for a service that is not there. */
export const partsOf = ({
  receipts,
  attachments,
  documents,
  push,
  archive,
}: Config): readonly ((platform: Platform) => Part | Promise<Part>)[] => [
  startDirectory,
  (platform) => startAdvice(platform, attachments),
  startReferral,
  (platform) => startAttachment(platform, attachments),
  startDischarge,
  startObservation,
  startBooking,
  startDesk,
  (platform) => startDelivery(platform, receipts),
  startAgreement,
  startCoordination,
  startWorklist,
  (platform) => startArchive(platform, archive),
  startMessageLog,
  (platform) => startOioxml(platform, documents),
  (platform) => startFhir(platform, documents),
  (platform) => startPush(platform, push),
  startPartners,
];

/** The version of the hub, as its package tells it. */
export const hubVersion = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
};

const startGateway = async (
  platform: Platform,
  config: Config,
  durability: "safe" | "unsafe",
): Promise<Part & { url: string }> => {
  const { host, port, dataDir, audience, maxDocumentBytes, identityProvider, tls, requestsPerSecond } =
    config;
  const development = config.mode === "development";
  const trust = await openTrust({
    ...{ dataDir, audience, host, development, issuer: config.tokens, trustFile: config.trustFile },
    onProblem: (path, error) => {
      platform.log.error("trust-unreadable", { path, error });
    },
  });
  return startHttp(platform, {
    host,
    port,
    durability,
    trust,
    tls,
    limits: { requestsPerSecond },
    emergencyMinutes: config.emergencyMinutes,
    people: development ? developmentPeople(host, demoPeople()) : [],
    ...(identityProvider === undefined
      ? {}
      : { identityProvider: await readIdentityProvider(identityProvider) }),
    pages: consolePages(consoleFolder),
    maxDocumentBytes,
    version: await hubVersion(),
    examples: readExamples,
  });
};

export type Hub = {
  url: string;
  durability: "safe" | "unsafe";
  platform: Platform;
  stop: () => Promise<void>;
};

const startAll = async (
  config: Config,
  log: Log,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<Hub, "stop">> => {
  // What cannot be in force is told before anything is started.
  await checkSettings(config, log);
  const agreementFiles = await readAgreements(config.agreementsDir);
  const servers = await openServers(config, log);
  undo.push(servers.stop);
  const durability = await checkDurability(servers.natsMonitorUrl, config.unsafeFsync);
  const platform = await platformOn(config, servers, log);
  undo.push(platform.close);
  await noteStreams(config, platform);
  await loadAgreements(platform, agreementFiles);
  for (const start of partsOf(config)) undo.push((await start(platform)).stop);
  await seedDirectory(platform);
  const http = await startGateway(platform, config, durability);
  undo.push(http.stop);
  const { folders, maxDocumentBytes } = config;
  const served = folders === undefined ? undefined : { ...folders, maxDocumentBytes };
  undo.push((await startFolders(platform, served)).stop);
  platform.effects.hurry();
  return { url: http.url, durability, platform };
};

const platformOn = async (config: Config, servers: Servers, log: Log): Promise<Platform> => {
  const { natsUrl, redisUrl, natsProof, redisProof } = servers;
  return openPlatform({
    ...{ natsUrl, redisUrl, natsProof, redisProof },
    layout: { streams: config.journalStreams, replicas: config.replicas },
    log,
    metrics: createMetrics(),
    traces: await openTraces(config.traces, log),
    madeBefore: await streamsMadeBefore(config),
    lax: config.unsafeFsync,
    indexKey: config.indexKey,
    auditKey: config.auditKey ?? (await keptAuditKey(config.dataDir)),
    answersKeptDays: config.answersKeptDays,
    auditKeptDays: config.auditKeptDays,
    pace: config.pace,
    operations: config.operations,
    archiveDir: config.archive?.dir,
    limits: config.pressure,
    // A data folder has one hub, and its servers have no other.
    ...(config.servers.kind === "embedded"
      ? { alone: true, freeBytes: () => freeBytes(config.dataDir) }
      : {}),
  });
};

/** What asks questions at any time, as they are taken by the service. */
export type Asking = {
  at: (
    ...of: Parameters<typeof askingAt> extends [unknown, ...infer Rest] ? Rest : never
  ) => ReturnType<typeof askingAt>;
  stop: () => Promise<void>;
};

/** The servers of a data folder, and nothing on them but the directory: a bench fills its journal before the hub is started. */
export const openAsking = async (config: Config, log: Log): Promise<Asking> => {
  const servers = await openServers(config, log);
  const platform = await platformOn(config, servers, log);
  await noteStreams(config, platform);
  const directory = startDirectory(platform);
  await seedDirectory(platform);
  return {
    at: (time, agreements) => askingAt(platform, time, agreements),
    stop: async () => {
      await directory.stop();
      await platform.close();
      await servers.stop();
    },
  };
};

/**
 * The whole hub in this process, on its own servers or on those that the settings name.
 * @throws UnsafeServer, EmbeddedError, ConfigError; then nothing is left running.
 */
export const startHub = async (config: Config, log: Log): Promise<Hub> => {
  const undo: (() => Promise<unknown>)[] = [];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const hub = await startAll(config, log, undo);
    const stop = async (): Promise<void> => {
      await drain(hub.platform, config.drainMs);
      await unwind();
    };
    let stopped: Promise<void> | undefined;
    return { ...hub, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await unwind();
    throw error;
  }
};
