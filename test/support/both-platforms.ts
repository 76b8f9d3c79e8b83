import { afterAll, beforeAll, describe } from "vitest";
import { openPlatform, type Platform } from "../../infra/platform.ts";
import { openPlatformIn } from "../simulate/hub.ts";
import { nothingKept } from "../simulate/memory/nats-server.ts";
import { createOwner } from "../simulate/scheduler.ts";
import { complete, createWorld } from "../simulate/world.ts";
import { startNatsServer } from "./nats-server.ts";
import { startRedisServer } from "./redis-server.ts";
import { runLog } from "./run-log.ts";

/** Does something with a platform, and waits until it is done. */
export type Within = <Result>(work: (platform: Platform) => Promise<Result>) => Promise<Result>;

type Opened = { within: Within; close: () => Promise<void> };

const layout = { streams: 2, replicas: 1 };

const inMemory = async (): Promise<Opened> => {
  const world = createWorld("ports", { durable: nothingKept });
  const owner = createOwner("ports");
  const platform = await complete(world, owner, () => openPlatformIn(world));
  return {
    within: (work) => complete(world, owner, () => work(platform)),
    close: () => {
      world.end();
      return Promise.resolve();
    },
  };
};

const onServers = (alone: boolean) => async (): Promise<Opened> => {
  const [nats, redis] = await Promise.all([startNatsServer({ syncAlways: false }), startRedisServer()]);
  const at = { natsUrl: nats.url, redisUrl: redis.path };
  const platform = await openPlatform({ ...at, layout, log: runLog(), alone });
  return {
    within: (work) => work(platform),
    close: async () => {
      await platform.close();
      await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
    },
  };
};

/** One suite for both: what holds of the real servers holds of those that the simulation has, or it proves nothing. */
export const describeBoth = (port: string, suite: (within: Within) => void): void => {
  for (const [where, open] of [
    ["in memory", inMemory],
    ["on real servers", onServers(false)],
    ["alone on real servers", onServers(true)],
  ] as const)
    describe(`${port} ${where}`, () => {
      let opened: Opened;
      beforeAll(async () => {
        opened = await open();
      });
      afterAll(() => opened.close());
      suite((work) => opened.within(work));
    });
};
