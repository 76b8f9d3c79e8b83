import { setTimeout as sleep } from "node:timers/promises";
import { partsOf } from "../../gateways/cli/compose.ts";
import { configFrom } from "../../infra/config/config.ts";
import { sha256 } from "../../infra/ids.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { openPlatform, type Platform } from "../../infra/platform.ts";
import { createOwner, type Owner } from "./scheduler.ts";
import type { World } from "./world.ts";

/** One life of the hub: from its start until it is killed. */
export type Life = {
  owner: Owner;
  /** Absent until every part is started. */
  platform: Platform | undefined;
  failed: unknown;
};

const config = configFrom({ SEKTORBRO_INDEX_KEY: "a key that only the simulation has, of some length" });

/** What the hub calls an error is one: nothing that the world does to it may be. */
const logOf = ({ scheduler, bugs }: World): Log => {
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      const { error } = fields;
      const cause = error instanceof Error ? ` ${error.name}: ${error.message}` : "";
      scheduler.note(`log ${level} ${event}${cause}`);
      scheduler.count(`log ${level}`);
      if (level === "error") bugs.push(`${event}:${cause}`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
};

/** The platform that the hub has, over the world's servers and by the world's calendar. */
export const openPlatformIn = async (world: World): Promise<Platform> => {
  const platform = await openPlatform({
    natsUrl: "",
    redisUrl: "",
    layout: { streams: world.streams, replicas: 1 },
    log: logOf(world),
    indexKey: config.indexKey,
    connections: world.connections,
    alone: world.alone,
  });
  const { calendarMs } = world;
  const effects = {
    now: () => new Date(calendarMs()).toISOString(),
    nowMs: calendarMs,
    digest: (text: string) => sha256(text),
    pause: (ms: number) => sleep(ms),
    hurry: () => undefined,
  };
  return { ...platform, effects };
};

const start = async (world: World, life: Life): Promise<void> => {
  const platform = await openPlatformIn(world);
  for (const part of partsOf(config)) await part(platform);
  life.platform = platform;
  world.scheduler.count("started");
};

/** Starts the hub as `up` does, but for its HTTP and its folders; its agreements and its directory are there already. */
export const startLife = async (world: World, no: number): Promise<Life> => {
  const life: Life = { owner: createOwner(`hub${String(no)}`), platform: undefined, failed: undefined };
  await world.scheduler.drain(life.owner, () => {
    start(world, life).catch((error: unknown) => {
      life.failed = error;
    });
  });
  return life;
};

/** From one moment to the next it is not there: nothing of it is told, and nothing that it waits for comes. */
export const kill = (world: World, life: Life): void => {
  life.owner.alive = false;
  life.platform = undefined;
  world.network.cut(life.owner);
  world.scheduler.count("killed");
  world.scheduler.note(`${life.owner.name} is killed`);
};
