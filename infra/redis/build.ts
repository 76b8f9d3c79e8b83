import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import { removeKeys } from "./fingerprint.ts";
import {
  buildingKey,
  builtGeneration,
  firstGeneration,
  generationsKey,
  liveGeneration,
  liveKey,
  prefixOf,
  progressKey,
} from "./generations.ts";
import { checkpointKey, type Projections, projectionsIn } from "./projections.ts";

/** An index that is being made beside the one that answers. Everything throws Fault `index-unavailable` while Redis is away. */
export type Build = {
  projections: Projections;
  /** Says that it goes on, and how far it is. @returns false when it was given up meanwhile: Redis was emptied, or it was silent for too long */
  keep: (progress: string) => Promise<boolean>;
  /** Has it answer from now on, in one step, if it holds all that the one holds that answers. */
  swap: (streams: readonly string[]) => Promise<boolean>;
  /** Gives it up, where it was not swapped in. */
  giveUp: () => Promise<void>;
};

/** Silent for so long, whoever builds is gone. */
const leaseMs = 15_000;
/** Other processes look every second which one answers; until then they read the one before. */
const keptAfterMs = 10_000;

/** One at a time. Its name is the server's time, so that no two have the same, even if Redis was emptied in between. */
const beginScript = `
local time = redis.call('TIME')
local name = time[1] .. string.format('%06d', time[2])
if not redis.call('SET', KEYS[1], name, 'NX', 'PX', ARGV[1]) then return false end
redis.call('ZADD', KEYS[2], 0, name)
return name`;

const keepScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
return 1`;

const swapScript = `
local before = redis.call('GET', KEYS[1]) or '${firstGeneration}'
if before ~= ARGV[1] or redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
for i = 5, #KEYS, 2 do
  local live, built = redis.call('GET', KEYS[i]) or '0', redis.call('GET', KEYS[i + 1]) or '0'
  if tonumber(live) > tonumber(built) then return 0 end
end
local time = redis.call('TIME')
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2], KEYS[4])
redis.call('ZADD', KEYS[3], time[1] * 1000 + ARGV[3], before)
return 1`;

const giveUpScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end`;

const buildOf = (redis: Redis, prefix: string, name: string): Build => {
  const building = buildingKey(prefix);
  const live = liveGeneration(redis, prefix);
  return {
    projections: projectionsIn(redis, builtGeneration(prefix, name)),
    keep: async (progress) => {
      const args = [building, progressKey(prefix), name, String(leaseMs), progress];
      return (await redis.eval(keepScript, 2, ...args).catch(indexFault)) === 1;
    },
    swap: async (streams) => {
      await live.look();
      const [{ value: before }, from] = [await live.guard(), await live.prefix()];
      const checkpoints = streams.flatMap((stream) => [
        checkpointKey(from, stream),
        checkpointKey(prefixOf(prefix, name), stream),
      ]);
      const keys = [liveKey(prefix), building, generationsKey(prefix), progressKey(prefix), ...checkpoints];
      const done = await redis
        .eval(swapScript, keys.length, ...keys, before, name, String(keptAfterMs))
        .catch(indexFault);
      await live.look();
      return done === 1;
    },
    giveUp: async () => {
      await redis.eval(giveUpScript, 2, building, progressKey(prefix), name).catch(indexFault);
    },
  };
};

/** Begins an index beside the one that answers. @returns nothing when somebody is at it already. @throws Fault `index-unavailable` */
export const beginBuild = async (redis: Redis, prefix: string): Promise<Build | undefined> => {
  const name: unknown = await redis
    .eval(beginScript, 2, buildingKey(prefix), generationsKey(prefix), String(leaseMs))
    .catch(indexFault);
  return typeof name === "string" ? buildOf(redis, prefix, name) : undefined;
};

/** What whoever builds said last; nothing when nobody builds. */
export const progressOf = async (redis: Redis, prefix: string): Promise<string | undefined> =>
  (await redis.get(progressKey(prefix)).catch(indexFault)) ?? undefined;

/** Removes the generations that nobody reads any more, those of builds that came to nothing among them. */
export const sweepGenerations = async (
  redis: Redis,
  prefix: string,
  goesOn: () => boolean,
): Promise<void> => {
  const [seconds = 0] = await redis.time().catch(indexFault);
  const past = await redis
    .zrangebyscore(generationsKey(prefix), "-inf", String(seconds * 1_000))
    .catch(indexFault);
  for (const name of past) {
    const [live, built] = await redis.mget(liveKey(prefix), buildingKey(prefix)).catch(indexFault);
    if (name === (live ?? firstGeneration) || name === built) continue;
    if (!(await removeKeys(redis, prefixOf(prefix, name), goesOn).catch(indexFault))) return;
    await redis.zrem(generationsKey(prefix), name).catch(indexFault);
  }
};
