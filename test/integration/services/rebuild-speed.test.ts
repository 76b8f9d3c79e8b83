import type { Redis } from "ioredis";
import { expect, test } from "vitest";
import { sha256 } from "../../../infra/ids.ts";
import { connectRedis, redisReady } from "../../../infra/redis/connection.ts";
import { createProjections } from "../../../infra/redis/projections.ts";
import { createListProjector } from "../../../services/worklist/projector.ts";
import { ownProcessorMs, redisProcessorMs } from "../../support/processor-time.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { record } from "../../support/worklist-scale.ts";

const records = 1_500;
const longestRun = 250;
const messages = Array.from({ length: records }, (_, n) => ({ seq: n + 1, record: () => record(n) }));

const used = async (redis: Redis): Promise<number> => ownProcessorMs() + (await redisProcessorMs(redis));

/** Processor time, in milliseconds, that it takes to have all of them in an index of their own, in runs of a length. */
const timeInRuns = async (redis: Redis, prefix: string, length: number): Promise<number> => {
  const projector = createListProjector({
    index: createProjections(redis, prefix),
    digest: sha256,
    onSetAside: ({ code }) => {
      throw new Error(code);
    },
    afterRun: () => undefined,
  });
  await projector.position("S");
  const begun = await used(redis);
  for (let from = 0; from < records; from += length)
    await projector.apply("S", messages.slice(from, from + length));
  return (await used(redis)) - begun;
};

test("an index that is made anew, in long runs, takes less work than records that come one by one, and is the same", async () => {
  await using server = await startRedisServer();
  const redis = connectRedis(server.path, () => undefined);
  await redisReady(redis, 2_000);
  for (const length of [longestRun, 1]) await timeInRuns(redis, `warm${String(length)}:`, length);
  const inRuns = await timeInRuns(redis, "runs:", longestRun);
  const oneByOne = await timeInRuns(redis, "single:", 1);
  expect(inRuns / oneByOne).toBeLessThan(0.9);
  expect(await createProjections(redis, "runs:").fingerprint()).toEqual(
    await createProjections(redis, "single:").fingerprint(),
  );
  redis.disconnect();
});
