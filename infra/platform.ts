import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Redis } from "ioredis";
import { auditKeptDays } from "../contracts/codes/audit-rules.ts";
import { answersKeptDays } from "../contracts/codes/receipt-rules.ts";
import { sessionSeconds } from "../contracts/codes/session-rules.ts";
import type { Archive } from "./archive/archive.ts";
import { type Effects, effectsAt, type Pace } from "./effects.ts";
import { groundUnder } from "./ground.ts";
import { newId } from "./ids.ts";
import { openKept } from "./kept-stores.ts";
import { openLeases } from "./leases/lease-store.ts";
import { type Leases, soleLeases } from "./leases/leases.ts";
import { type AgreementStore, openAgreements } from "./nats/agreements.ts";
import { type AuditLog, auditStream, createAuditLog } from "./nats/audit-log.ts";
import { type Bus, createBus } from "./nats/bus.ts";
import type { ByteBudget } from "./nats/byte-budget.ts";
import { connectNats } from "./nats/connection.ts";
import { type DirectoryStore, openDirectory } from "./nats/directory.ts";
import { raiseReplicas, throughElections } from "./nats/elections.ts";
import { type EmergencyStore, openEmergencies } from "./nats/emergencies.ts";
import { type EndedSessions, openEndedSessions } from "./nats/ended-sessions.ts";
import type { GivenAnswers } from "./nats/given-answers.ts";
import { type KeyedDigest, openIndexDigest } from "./nats/index-key.ts";
import type { Intake } from "./nats/intake.ts";
import type { Journal } from "./nats/journal.ts";
import { type Link, linkOf } from "./nats/link.ts";
import { type Objects, openObjects } from "./nats/objects.ts";
import { handOver } from "./nats/own-writes.ts";
import { openPositions, type Positions } from "./nats/positions.ts";
import type { NatsProof } from "./nats/proof.ts";
import { createPublish, type Publish } from "./nats/publish.ts";
import {
  answerStreams,
  ensureStreams,
  intakeStreams,
  journalStreams,
  type Layout,
  type Wanted,
} from "./nats/streams.ts";
import { createToldNotes, type ToldNotes } from "./nats/told.ts";
import { countedLog } from "./observability/log-metrics.ts";
import type { Log } from "./observability/logger.ts";
import { measuredBus, measuredPublish } from "./observability/measured.ts";
import { type Metrics, noMetrics } from "./observability/metrics.ts";
import { addStoreFigures } from "./observability/store-figures.ts";
import { tracedBus, tracedPublish } from "./observability/traced.ts";
import { noTraces, type Traces } from "./observability/traces.ts";
import type { PressureLimits } from "./pressure/judge.ts";
import type { Pressure } from "./pressure/pressure.ts";
import { pressureOn } from "./pressure/pressure-on.ts";
import { connectRedis, type RedisProof, redisReady } from "./redis/connection.ts";
import { createProjections, type Projections } from "./redis/projections.ts";
import { createSnapshots, type Snapshots } from "./redis/snapshots.ts";

/** What every process of the hub runs on: one connection to each server and the adapters on them. */
export type Platform = {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  redis: Redis;
  bus: Bus;
  journal: Journal;
  intake: Intake;
  /** Notes which answers left the hub. */
  told: ToldNotes;
  givenAnswers: GivenAnswers;
  /** Who looked at what. */
  audit: AuditLog;
  /** Who may see what they are no party to, why and until when. */
  emergencies: EmergencyStore;
  /** Who has signed out. */
  endedSessions: EndedSessions;
  objects: Objects;
  /** Memory for large documents: whoever reads, prints or shows one holds its bytes for as long. */
  large: ByteBudget;
  directory: DirectoryStore;
  /** What was agreed on, in every version. */
  agreements: AgreementStore;
  /** What has left the journal. Absent: nothing ever does. */
  archive: Archive | undefined;
  /** Where followers of the journal stand. */
  positions: Positions;
  projections: Projections;
  snapshots: Snapshots;
  /** Hashes what stands in the index for a person; the key is the hub's alone. */
  indexDigest: KeyedDigest;
  layout: Layout;
  /** What only one hub at a time does. */
  leases: Leases;
  /** Whether something can be taken in now. */
  pressure: Pressure;
  streamNames: readonly string[];
  /** The hub's time. */
  effects: Effects;
  /** GLN of who runs the hub, and is told of what an agreement leaves to operations. Absent: nobody is. */
  operations: string | undefined;
  log: Log;
  metrics: Metrics;
  traces: Traces;
  close: () => Promise<void>;
};

export type PlatformOptions = {
  natsUrl: string;
  redisUrl: string;
  layout: Layout;
  log: Log;
  /** What is counted here; absent: nothing is. Closed with the platform. */
  metrics?: Metrics;
  /** Where the ways of messages are told; absent: nowhere. Closed with the platform. */
  traces?: Traces;
  /** Streams that were made on this store before. */
  madeBefore?: readonly string[];
  /** Start although the server made other streams of it than were asked for. */
  lax?: boolean;
  /** Key of the index's hashes; absent: one that the hub makes and keeps. */
  indexKey?: string | undefined;
  /** Key of the chain of looks; absent: one of this process alone, which no other can follow. */
  auditKey?: string | undefined;
  /** How long looks are kept, and the emergency accesses that some were under. */
  auditKeptDays?: number;
  /** How long is remembered what a message was answered. */
  answersKeptDays?: number;
  /** Sped-up time, for a demonstration. */
  pace?: Pace | undefined;
  /** GLN of who runs the hub. */
  operations?: string | undefined;
  /** Folder of what has left the journal; every hub on these servers has the same. Absent: nothing leaves. */
  archiveDir?: string | undefined;
  /** No other hub can be on these servers: they are this one's own. */
  alone?: boolean;
  /** When senders are asked to come back later; absent: by the defaults. */
  limits?: PressureLimits;
  /** How the hub and servers of your own prove themselves to one another. */
  natsProof?: NatsProof | undefined;
  redisProof?: RedisProof | undefined;
  /** How the servers are reached; absent: over the network. */
  connections?: { nats: typeof connectNats; redis: typeof connectRedis };
  /** Free bytes of the disk that the journal is on, where that is this machine's. */
  freeBytes?: (() => Promise<number>) | undefined;
};

/** A stream is not what the promises need: the server ignored a setting, or somebody changed it. */
export class StreamsDiffer extends Error {
  override readonly name = "StreamsDiffer";
  constructor(complaints: readonly string[]) {
    super(`Streams differ from what is needed: ${complaints.join("; ")}.`);
  }
}

const streamsOf = ({
  layout,
  answersKeptDays: days = answersKeptDays,
  auditKeptDays: keptDays = auditKeptDays,
}: PlatformOptions): Wanted[] => [
  ...journalStreams(layout),
  ...intakeStreams(layout),
  ...answerStreams(layout, days),
  auditStream(layout.replicas, keptDays),
];

const checkStreams = async (jsm: JetStreamManager, options: PlatformOptions): Promise<void> => {
  const { madeBefore, lax, log } = options;
  const complaints = await ensureStreams(jsm, streamsOf(options), madeBefore);
  if (complaints.length === 0) return;
  if (lax !== true) throw new StreamsDiffer(complaints);
  log.warn("streams-differ", { count: complaints.length });
};

/** A running part of the hub. */
export type Part = { stop: () => Promise<void> };

const faultLog =
  (log: Log) =>
  (error: unknown): void => {
    log.error("a message could not be handled", { error });
  };

const redisWaitMs = 1_000;

type Stores = Pick<
  Platform,
  "emergencies" | "endedSessions" | "objects" | "directory" | "agreements" | "indexDigest" | "positions"
>;

/** What is kept on the server besides the streams: objects, the directory, the index's key, followers' positions. */
const openStores = async (
  js: JetStreamClient,
  { layout: { replicas }, indexKey, log, auditKeptDays: keptDays = auditKeptDays }: PlatformOptions,
  onFault: (error: unknown) => void,
): Promise<Stores> => ({
  objects: await openObjects(js, replicas),
  emergencies: await openEmergencies(js, { replicas, keptDays }),
  endedSessions: await openEndedSessions(js, { replicas, keptMs: sessionSeconds * 1_000, onFault }),
  directory: await openDirectory(js, replicas, onFault),
  agreements: await openAgreements(js, replicas, onFault),
  indexDigest: await openIndexDigest(js, replicas, indexKey),
  positions: await openPositions(js, {
    replicas,
    // It is noted again a moment later, and an old position costs nothing but work.
    onFault: (error) => {
      log.warn("positions wait", { error });
    },
  }),
});

const stopStores = async ({ directory, agreements, endedSessions, positions }: Stores): Promise<void> => {
  endedSessions.stop();
  directory.stop();
  agreements.stop();
  await positions.stop();
};

/** A cluster that has just lost its leader, or is being started, has another within this time. */
const electionMs = 30_000;

type Connected = Pick<Platform, "nc" | "js" | "jsm" | "link" | "redis">;

/** Asked again and again while a cluster has no leader; a lone server that does not answer will not for being asked again. */
const throughStart = <T>({ layout: { replicas } }: PlatformOptions, work: () => Promise<T>): Promise<T> =>
  replicas === 1 ? work() : throughElections(work, electionMs);

const connect = async (options: PlatformOptions): Promise<Connected> => {
  const { natsUrl, redisUrl, log, connections = { nats: connectNats, redis: connectRedis } } = options;
  const nc = await connections.nats(natsUrl, "sektorbro", options.natsProof);
  const js = jetstream(nc);
  const jsm = await throughStart(options, () => jetstreamManager(nc));
  const away = (): void => {
    log.warn("redis is away");
  };
  const redis = connections.redis(redisUrl, away, options.redisProof);
  return { nc, js, jsm, link: linkOf(nc), redis };
};

const leasesOf = (at: Connected & { publish: Publish }, options: PlatformOptions): Promise<Leases> => {
  const { alone, layout, log } = options;
  const me = newId();
  if (alone === true) return Promise.resolve(soleLeases(me));
  return throughStart(options, () => openLeases(at, { me, replicas: layout.replicas, log }));
};

const closing =
  ({ nc, redis }: Connected, stores: Stores, stops: readonly (() => unknown)[]) =>
  async (): Promise<void> => {
    for (const stop of stops) await stop();
    await stopStores(stores);
    await nc.drain();
    redis.disconnect();
  };

/** What is counted: each line of log, each write, each record and each question. */
const counted = (options: PlatformOptions): PlatformOptions & { metrics: Metrics; traces: Traces } => {
  const { log, metrics = noMetrics, traces = noTraces } = options;
  return { ...options, metrics, traces, log: countedLog(log, metrics) };
};

/** Connects, makes the streams that are missing, and reads back what the server made of them. */
export const openPlatform = async (given: PlatformOptions): Promise<Platform> => {
  const options = counted(given);
  const { layout, log, metrics, traces, operations, alone = false } = options;
  const connected = await connect(options);
  const { nc, js, jsm, link, redis } = connected;
  await throughStart(options, () => checkStreams(jsm, options));
  const onFault = faultLog(log);
  const pressure = pressureOn(connected, options);
  const onStored = alone ? handOver(js).tell : undefined;
  const publishing = createPublish(nc, { clustered: layout.replicas > 1, onStored });
  const publish = pressure.watch(tracedPublish(measuredPublish(publishing, metrics), traces));
  await redisReady(redis, redisWaitMs);
  const stores = await throughStart(options, () => openStores(js, options, onFault));
  if (layout.replicas > 1) await throughStart(options, () => raiseReplicas(jsm, layout.replicas));
  const told = createToldNotes({ publish, layout, newId, log });
  const leases = await leasesOf({ ...connected, publish }, options);
  const streamNames = streamsOf(options).map(({ name }) => name);
  const effects = effectsAt(options.pace);
  addStoreFigures(metrics, { jsm, redis, layout, streamNames, effects });
  const ground = groundUnder(connected, () => pressure.state().facts.writesFail !== undefined);
  const kept = await openKept({ publish, js, jsm, link, layout, ground }, stores.objects, options);
  const bus = createBus(nc, onFault, { door: () => pressure.refusal("command"), alone, traces });
  return {
    ...connected,
    bus: tracedBus(measuredBus(bus, metrics), traces),
    ...stores,
    ...kept,
    ...{ layout, operations, log, metrics, traces, told, leases, pressure, streamNames, effects },
    audit: createAuditLog({ publish, jsm, link, key: options.auditKey ?? newId() }),
    projections: createProjections(redis),
    snapshots: createSnapshots(redis),
    close: closing(connected, stores, [
      ...[told.stop, leases.leave, pressure.stop],
      () => kept.archive?.close(),
      traces.stop,
      metrics.stop,
    ]),
  };
};
