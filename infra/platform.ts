import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Redis } from "ioredis";
import { answersKeptDays } from "../contracts/codes/receipt-rules.ts";
import { type Effects, effectsAt, type Pace } from "./effects.ts";
import { type AgreementStore, openAgreements } from "./nats/agreements.ts";
import { type Bus, createBus } from "./nats/bus.ts";
import { type ByteBudget, createByteBudget } from "./nats/byte-budget.ts";
import { connectNats } from "./nats/connection.ts";
import { type DirectoryStore, openDirectory } from "./nats/directory.ts";
import { createGivenAnswers, type GivenAnswers } from "./nats/given-answers.ts";
import { type KeyedDigest, openIndexDigest } from "./nats/index-key.ts";
import { createIntake, type Intake } from "./nats/intake.ts";
import { createJournal, type Journal } from "./nats/journal.ts";
import { type Link, linkOf } from "./nats/link.ts";
import { type Objects, openObjects } from "./nats/objects.ts";
import { openPositions, type Positions } from "./nats/positions.ts";
import { createPublish } from "./nats/publish.ts";
import {
  answerStreams,
  ensureStreams,
  intakeStreams,
  journalStreams,
  type Layout,
  type Wanted,
} from "./nats/streams.ts";
import type { Log } from "./observability/logger.ts";
import { connectRedis, redisReady } from "./redis/connection.ts";
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
  givenAnswers: GivenAnswers;
  objects: Objects;
  /** Memory for large documents: whoever reads, prints or shows one holds its bytes for as long. */
  large: ByteBudget;
  directory: DirectoryStore;
  /** What was agreed on, in every version. */
  agreements: AgreementStore;
  /** Where followers of the journal stand. */
  positions: Positions;
  projections: Projections;
  snapshots: Snapshots;
  /** Hashes what stands in the index for a person; the key is the hub's alone. */
  indexDigest: KeyedDigest;
  layout: Layout;
  streamNames: readonly string[];
  /** The hub's time. */
  effects: Effects;
  /** GLN of who runs the hub, and is told of what an agreement leaves to operations. Absent: nobody is. */
  operations: string | undefined;
  log: Log;
  close: () => Promise<void>;
};

export type PlatformOptions = {
  natsUrl: string;
  redisUrl: string;
  layout: Layout;
  log: Log;
  /** Streams that were made on this store before. */
  madeBefore?: readonly string[];
  /** Start although the server made other streams of it than were asked for. */
  lax?: boolean;
  /** Key of the index's hashes; absent: one that the hub makes and keeps. */
  indexKey?: string | undefined;
  /** How long is remembered what a message was answered. */
  answersKeptDays?: number;
  /** Sped-up time, for a demonstration. */
  pace?: Pace | undefined;
  /** GLN of who runs the hub. */
  operations?: string | undefined;
};

/** A stream is not what the promises need: the server ignored a setting, or somebody changed it. */
export class StreamsDiffer extends Error {
  override readonly name = "StreamsDiffer";
  constructor(complaints: readonly string[]) {
    super(`Streams differ from what is needed: ${complaints.join("; ")}.`);
  }
}

const streamsOf = ({ layout, answersKeptDays: days = answersKeptDays }: PlatformOptions): Wanted[] => [
  ...journalStreams(layout),
  ...intakeStreams(layout),
  ...answerStreams(layout, days),
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
/** What is held of large documents at once: one of the largest, or many that are only somewhat large. */
const largeTogetherBytes = 100 * 1024 * 1024;

type Stores = Pick<Platform, "objects" | "directory" | "agreements" | "indexDigest" | "positions">;

/** What is kept on the server besides the streams: objects, the directory, the index's key, followers' positions. */
const openStores = async (
  js: JetStreamClient,
  { layout: { replicas }, indexKey, log }: PlatformOptions,
  onFault: (error: unknown) => void,
): Promise<Stores> => ({
  objects: await openObjects(js, replicas),
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

const stopStores = async ({ directory, agreements, positions }: Stores): Promise<void> => {
  directory.stop();
  agreements.stop();
  await positions.stop();
};

/** Connects, makes the streams that are missing, and reads back what the server made of them. */
export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { natsUrl, redisUrl, layout, log, operations } = options;
  const nc = await connectNats(natsUrl, "sektorbro");
  const js = jetstream(nc);
  const jsm = await jetstreamManager(nc);
  await checkStreams(jsm, options);
  const redis = connectRedis(redisUrl, () => {
    log.warn("redis is away");
  });
  const onFault = faultLog(log);
  const [link, publish] = [linkOf(nc), createPublish(nc)];
  const large = createByteBudget(largeTogetherBytes);
  await redisReady(redis, redisWaitMs);
  const stores = await openStores(js, options, onFault);
  const onStreams = { publish, js, jsm, link, layout };
  return {
    nc,
    js,
    jsm,
    link,
    redis,
    bus: createBus(nc, onFault),
    ...stores,
    large,
    ...{ layout, operations, log },
    streamNames: streamsOf(options).map(({ name }) => name),
    effects: effectsAt(options.pace),
    journal: createJournal(onStreams),
    intake: createIntake({ ...onStreams, objects: stores.objects, large }),
    givenAnswers: createGivenAnswers(onStreams),
    projections: createProjections(redis),
    snapshots: createSnapshots(redis),
    close: async () => {
      await stopStores(stores);
      await nc.drain();
      redis.disconnect();
    },
  };
};
