/** The composition root: the one file that names every service and gateway, by their `main.ts`, and starts them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commandReplyFrom } from "../../contracts/envelope.ts";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { keptAuditKey } from "../../infra/audit/key-file.ts";
import type { Config } from "../../infra/config/config.ts";
import { freeBytes } from "../../infra/embedded/folder-space.ts";
import { startEmbedded } from "../../infra/embedded/start-embedded.ts";
import { newId } from "../../infra/ids.ts";
import type { Log } from "../../infra/observability/logger.ts";
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
  openVerifier,
  readIdentityProvider,
  startHttp,
} from "../http/main.ts";
import {
  benchCodec,
  type CodecBenchOptions,
  type ParsedDocument,
  parseDocument,
  renderDocument,
  startOioxml,
} from "../oioxml/main.ts";
import { startPush } from "../push/main.ts";
import { checkDurability } from "./check-durability.ts";
import { readExamples } from "./contract-examples.ts";
import { drain } from "./drain.ts";
import { noteStreams, streamsMadeBefore } from "./made-streams.ts";
import { assetPath, consoleFolder, packageRoot } from "./package-root.ts";

export { answerClock, explainRecords } from "../../services/agreement/main.ts";
export { conversion } from "../fhir/main.ts";
export { printing } from "../oioxml/main.ts";
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
};

type Servers = {
  natsUrl: string;
  natsMonitorUrl: string | undefined;
  redisUrl: string;
  stop: () => Promise<void>;
};

const openServers = async ({ servers, dataDir, unsafeFsync }: Config, log: Log): Promise<Servers> => {
  if (servers.kind === "external") return { ...servers, stop: () => Promise.resolve() };
  const { natsServerBin, redisServerBin } = servers;
  return startEmbedded({ dataDir, natsServerBin, redisServerBin, syncAlways: !unsafeFsync, log });
};

/** An empty directory gets the made-up region: a hub in which nobody can be written to tells nobody anything. */
const seedDirectory = async ({ directory, bus, effects }: Platform): Promise<void> => {
  if (directory.all().length > 0) return;
  const text = await readFile(assetPath("services/directory/region.json"), "utf8");
  const file = DirectoryFile.parse(JSON.parse(text));
  const envelope = {
    id: newId(),
    type: "directory.import",
    version: 1,
    time: effects.now(),
    sender: "operator",
    payload: { file },
  };
  commandReplyFrom(await bus.ask(commandSubject(envelope.type), envelope));
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
  (platform) => startDelivery(platform, receipts),
  startAgreement,
  startCoordination,
  startWorklist,
  (platform) => startArchive(platform, archive),
  startMessageLog,
  (platform) => startOioxml(platform, documents),
  (platform) => startFhir(platform, documents),
  (platform) => startPush(platform, push),
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
  const { host, port, dataDir, audience, tokens, maxDocumentBytes, identityProvider } = config;
  const verifyToken = await openVerifier({ dataDir, audience, issuer: tokens, host });
  return startHttp(platform, {
    host,
    port,
    durability,
    verifyToken,
    people: developmentPeople(host, demoPeople()),
    ...(identityProvider === undefined
      ? {}
      : { identityProvider: await readIdentityProvider(identityProvider) }),
    pages: consolePages(consoleFolder),
    maxDocumentBytes,
    version: await hubVersion(),
    examples: await readExamples(),
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
  const { natsUrl, redisUrl } = servers;
  return openPlatform({
    natsUrl,
    redisUrl,
    layout: { streams: config.journalStreams, replicas: config.replicas },
    log,
    madeBefore: await streamsMadeBefore(config),
    lax: config.unsafeFsync,
    indexKey: config.indexKey,
    auditKey: config.auditKey ?? (await keptAuditKey(config.dataDir)),
    answersKeptDays: config.answersKeptDays,
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
