import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import { liveGeneration } from "./generations.ts";
import { indexPrefixes } from "./index-names.ts";

/**
 * Takes members of a projected set that are due and that nobody holds, earliest first. Held by member and score: one that was
 * set anew is another. By the server's own time, so that hubs whose time differs do not take from one another. What is held
 * stands outside the projections: an index that is made again is the same to the byte.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, heldUntil = tonumber(ARGV[2]), now + tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local taken, from = {}, 0
while #taken < limit do
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', from, limit)
  for i = 1, #due, 2 do
    local holding = due[i + 1] .. '|' .. due[i]
    if #taken < limit and not redis.call('ZSCORE', KEYS[2], holding) then
      redis.call('ZADD', KEYS[2], heldUntil, holding)
      taken[#taken + 1] = holding
    end
  end
  if #due < 2 * limit then break end
  from = from + limit
end
return taken`;

const putOffScript = `
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])`;

/** Something due that this process has taken: `member`, and what it is held under. */
type Taken = { member: string; holding: string };

export type Claims = {
  /** The first members due by `maxScore` that no process holds, held from now on for `heldMs`. @throws Fault `index-unavailable` */
  take: (maxScore: number, of: { limit: number; heldMs: number }) => Promise<Taken[]>;
  /** Holds one for longer: nobody takes it before. @throws Fault `index-unavailable` */
  putOff: (holding: string, ms: number) => Promise<void>;
};

const takenOf = (holding: string): Taken => ({ holding, member: holding.slice(holding.indexOf("|") + 1) });

/** Shares what is due in a projected set out among processes. */
export const createClaims = (redis: Redis, key: string): Claims => {
  const heldKey = `held:${key}`;
  return {
    take: async (maxScore, { limit, heldMs }) => {
      if (limit < 1) return [];
      const at = await liveGeneration(redis, indexPrefixes.worklist).prefix();
      const found: unknown = await redis
        .eval(takeScript, 2, at + key, heldKey, String(maxScore), String(limit), String(heldMs))
        .catch(indexFault);
      return Array.isArray(found) ? found.map((one) => takenOf(String(one))) : [];
    },
    putOff: async (holding, ms) => {
      await redis.eval(putOffScript, 1, heldKey, holding, String(ms)).catch(indexFault);
    },
  };
};
