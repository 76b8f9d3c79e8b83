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
local page = math.max(limit, 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local taken, from = {}, 0
while #taken < limit do
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[4], ARGV[1], 'WITHSCORES', 'LIMIT', from, page)
  for i = 1, #due, 2 do
    local holding = due[i + 1] .. '|' .. due[i]
    if #taken < limit and not redis.call('ZSCORE', KEYS[2], holding) then
      redis.call('ZADD', KEYS[2], heldUntil, holding)
      taken[#taken + 1] = holding
    end
  end
  if #due < 2 * page then break end
  from = from + page
end
return taken`;

const putOffScript = `
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])`;

/** Something due that this process has taken: `member`, and what it is held under. */
type Taken = { member: string; holding: string };

export type Claims = {
  /**
   * Members due by `maxScore` that no process holds, held from now on for `heldMs`; the first of them, but where there are more than `limit`:
   * then those behind the last that were taken come first, and what became due before them a few looks later.
   * @throws Fault `index-unavailable`
   */
  take: (maxScore: number, of: { limit: number; heldMs: number }) => Promise<Taken[]>;
  /** Holds one for longer: nobody takes it before. @throws Fault `index-unavailable` */
  putOff: (holding: string, ms: number) => Promise<void>;
  /** Members that are due after one score, up to another, earliest first; held by nobody for that. @throws Fault `index-unavailable` */
  coming: (between: { after: number; upTo: number }, limit: number) => Promise<string[]>;
};

/** So often at the most what is earliest is passed over, since all of it is held. */
const passesOver = 32;

/**
 * Where the next look begins. While an index is made again, thousands that have rung stand before those that have not, until it comes to the
 * records in which they did: going through them for each handful that is taken would leave the store no time for the index.
 */
const createBeginning = () => {
  let score = "-inf";
  let passed = 0;
  return {
    score: () => score,
    /** Of a full look there is more behind the last; any other has seen all that there was. */
    after: (taken: readonly Taken[], limit: number): void => {
      const last = taken.at(-1)?.holding;
      const more = last !== undefined && taken.length === limit && passed < passesOver;
      score = more ? last.slice(0, last.indexOf("|")) : "-inf";
      passed = more ? passed + 1 : 0;
    },
  };
};

const takenOf = (holding: string): Taken => ({ holding, member: holding.slice(holding.indexOf("|") + 1) });

/** Shares what is due in a projected set out among processes. */
export const createClaims = (redis: Redis, key: string): Claims => {
  const heldKey = `held:${key}`;
  const beginning = createBeginning();
  return {
    take: async (maxScore, { limit, heldMs }) => {
      if (limit < 1) return [];
      const at = await liveGeneration(redis, indexPrefixes.worklist).prefix();
      const asked = [maxScore, limit, heldMs, beginning.score()].map(String);
      const found: unknown = await redis.eval(takeScript, 2, at + key, heldKey, ...asked).catch(indexFault);
      const taken = Array.isArray(found) ? found.map((one) => takenOf(String(one))) : [];
      beginning.after(taken, limit);
      return taken;
    },
    putOff: async (holding, ms) => {
      await redis.eval(putOffScript, 1, heldKey, holding, String(ms)).catch(indexFault);
    },
    coming: async ({ after, upTo }, limit) => {
      if (limit < 1) return [];
      const at = await liveGeneration(redis, indexPrefixes.worklist).prefix();
      return redis.zrangebyscore(at + key, `(${String(after)}`, upTo, "LIMIT", 0, limit).catch(indexFault);
    },
  };
};
