import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";

/**
 * The members of spans of scores, of several sorted sets at once. Where many share a score, a page begins in the midst of
 * them: found by halving, since members of equal score stand in the order of their text. Scores are given as text: a number
 * that Lua makes text of loses its last digits.
 */
const sliceScript = `
local spans = cjson.decode(ARGV[1])
local limit, backwards = tonumber(ARGV[2]), ARGV[3] == 'backwards'
local function before(key, place)
  local at = redis.call('ZCOUNT', key, '-inf', '(' .. place.score)
  local beyond = redis.call('ZCOUNT', key, '-inf', place.score)
  while at < beyond do
    local middle = math.floor((at + beyond) / 2)
    local found = redis.call('ZRANGE', key, middle, middle)[1]
    if found < place.member or (found == place.member and not backwards) then at = middle + 1 else beyond = middle end
  end
  return at
end
local slices = {}
for _, key in ipairs(KEYS) do
  for _, span in ipairs(spans) do
    local first = redis.call('ZCOUNT', key, '-inf', '(' .. span.from)
    local past = redis.call('ZCOUNT', key, '-inf', '(' .. span.to)
    if first < past and span.after then
      local at = before(key, span.after)
      if backwards then past = math.min(past, at) else first = math.max(first, at) end
    end
    if backwards then first = math.max(first, past - limit) else past = math.min(past, first + limit) end
    slices[#slices + 1] = first < past and redis.call('ZRANGE', key, first, past - 1, 'WITHSCORES') or {}
  end
end
return slices`;

type Place = { score: number; member: string };

export type Slice = (
  keys: readonly string[],
  of: {
    /** Scores from one up to, and not with, another; of these what stands beyond a place, in the direction of reading. */
    spans: readonly { from: number; to: number; after?: Place }[];
    limit: number;
    /** Highest first. */
    backwards: boolean;
  },
) => Promise<Place[][]>;

const placesIn = (slice: unknown): Place[] => {
  const flat: unknown[] = Array.isArray(slice) ? slice : [];
  const places: Place[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2)
    places.push({ member: String(flat[i]), score: Number(flat[i + 1]) });
  return places;
};

/** Reads slices of the sorted sets of an index. @throws Fault `index-unavailable` */
export const sliceOf =
  (redis: Redis, prefix: () => Promise<string>): Slice =>
  async (keys, { spans, limit, backwards }) => {
    const asked = spans.map(({ from, to, after }) => ({
      from: String(from),
      to: String(to),
      ...(after === undefined ? {} : { after: { score: String(after.score), member: after.member } }),
    }));
    const at = await prefix();
    const names = keys.map((key) => at + key);
    const direction = backwards ? "backwards" : "forwards";
    const found: unknown = await redis
      .eval(sliceScript, names.length, ...names, JSON.stringify(asked), String(limit), direction)
      .catch(indexFault);
    const slices = Array.isArray(found) ? found.map(placesIn) : [];
    return backwards ? slices.map((slice) => slice.toReversed()) : slices;
  };
