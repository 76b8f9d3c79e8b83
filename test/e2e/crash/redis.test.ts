import { expect, test } from "vitest";
import { connectRedis } from "../../../infra/redis/connection.ts";
import type { HubProcess } from "../../support/hub-process.ts";
import { crashSeries, kills } from "./series.ts";

const emptyIndex = async (hub: HubProcess): Promise<void> => {
  const redis = connectRedis((await hub.endpoints()).redisUrl, () => undefined);
  await new Promise((resolve) => redis.once("ready", resolve));
  await redis.flushall();
  redis.disconnect();
};

test(`redis-server killed ${String(kills)} times under load, and emptied once: nothing accepted is lost or done twice`, async () => {
  const restarts = await crashSeries("redis", async (hub, n) => {
    if (n === Math.floor(kills / 2)) await emptyIndex(hub);
    return hub.killServer("redis");
  });
  expect(Math.max(...restarts)).toBeLessThan(10_000);
}, 180_000);
