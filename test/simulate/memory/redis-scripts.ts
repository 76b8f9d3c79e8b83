import { firstGeneration } from "../../../infra/redis/generations.ts";
import type { RedisStore } from "./redis-store.ts";

/** What a script of the hub does, in TypeScript: Redis' own reader of Lua is not in this process. */
type Script = (store: RedisStore, keys: readonly string[], args: readonly string[]) => unknown;
export type ScriptWorld = { nowMs: () => number };

const texts = (reply: unknown): string[] => (Array.isArray(reply) ? reply.map(String) : []);
const at = (many: readonly string[], place: number): string => many[place] ?? "";

/** infra/redis/projections.ts, `applyScript`; what Redis would refuse of a run the twin does not take at all. */
const applyOps: Script = (store, keys, args) => {
  if ((store.call("GET", at(keys, 1)) ?? firstGeneration) !== at(args, 3)) return 0;
  if ((store.call("GET", at(keys, 0)) ?? "0") !== at(args, 0)) return 0;
  const writes = JSON.parse(at(args, 2)) as [string, string, ...string[]][];
  for (const [command, key, ...rest] of writes) store.call(command, at(args, 4) + key, ...rest.map(String));
  store.call("SET", at(keys, 0), at(args, 1));
  return 1;
};

/** infra/redis/build.ts, `beginScript`. */
const beginBuild: Script = (store, [building = "", generations = ""], [leaseMs = ""]) => {
  const [seconds = "", micros = ""] = texts(store.call("TIME"));
  const name = seconds + micros.padStart(6, "0");
  if (store.call("SET", building, name, "NX", "PX", leaseMs) === null) return null;
  store.call("ZADD", generations, "0", name);
  return name;
};

/** infra/redis/build.ts, `keepScript`. */
const keepBuild: Script = (store, [building = "", progress = ""], [name = "", leaseMs = "", text = ""]) => {
  if (store.call("GET", building) !== name) return 0;
  store.call("PEXPIRE", building, leaseMs);
  store.call("SET", progress, text, "PX", leaseMs);
  return 1;
};

const numberAt = (store: RedisStore, key: string): number => Number(store.call("GET", key) ?? "0");

/** infra/redis/build.ts, `swapScript`. */
const swapBuild =
  ({ nowMs }: ScriptWorld): Script =>
  (store, keys, args) => {
    const [live, building, generations, progress] = [at(keys, 0), at(keys, 1), at(keys, 2), at(keys, 3)];
    const [before, name] = [at(args, 0), at(args, 1)];
    if ((store.call("GET", live) ?? firstGeneration) !== before) return 0;
    if (store.call("GET", building) !== name) return 0;
    for (let i = 4; i + 1 < keys.length; i += 2)
      if (numberAt(store, at(keys, i)) > numberAt(store, at(keys, i + 1))) return 0;
    store.call("SET", live, name);
    store.call("DEL", building, progress);
    store.call("ZADD", generations, String(nowMs() + Number(at(args, 2))), before);
    return 1;
  };

/** infra/redis/build.ts, `giveUpScript`. */
const giveUpBuild: Script = (store, [building = "", progress = ""], [name = ""]) =>
  store.call("GET", building) === name ? store.call("DEL", building, progress) : null;

/** infra/redis/projections.ts, `highestScript`. */
const highest: Script = (store, keys) =>
  keys.map((key) => texts(store.call("ZREVRANGE", key, "0", "0"))[0] ?? null);

/** infra/redis/claims.ts, `takeScript`. */
const take =
  ({ nowMs }: ScriptWorld): Script =>
  (store, [due = "", held = ""], [most = "", limit = "", heldMs = "", least = ""]) => {
    const now = nowMs();
    store.call("ZREMRANGEBYSCORE", held, "-inf", String(now));
    const all = texts(store.call("ZRANGEBYSCORE", due, least, most, "WITHSCORES"));
    const taken: string[] = [];
    for (let i = 0; i + 1 < all.length && taken.length < Number(limit); i += 2) {
      const holding = `${at(all, i + 1)}|${at(all, i)}`;
      if (store.call("ZSCORE", held, holding) !== null) continue;
      store.call("ZADD", held, String(now + Number(heldMs)), holding);
      taken.push(holding);
    }
    return taken;
  };

/** infra/redis/claims.ts, `putOffScript`. */
const putOff =
  ({ nowMs }: ScriptWorld): Script =>
  (store, [held = ""], [holding = "", ms = ""]) =>
    store.call("ZADD", held, String(nowMs() + Number(ms)), holding);

type Span = { from: string; to: string; after?: { score: string; member: string } };
type Entry = { member: string; score: number };

const isPast = (one: Entry, { after }: Span, backwards: boolean): boolean => {
  if (after === undefined) return true;
  const score = Number(after.score);
  const isAfter = one.score > score || (one.score === score && one.member > after.member);
  const isBefore = one.score < score || (one.score === score && one.member < after.member);
  return backwards ? isBefore : isAfter;
};

const entriesOf = (store: RedisStore, key: string, { from, to }: Span): Entry[] => {
  const flat = texts(store.call("ZRANGEBYSCORE", key, from, `(${to}`, "WITHSCORES"));
  return flat.flatMap((member, i) => (i % 2 === 0 ? [{ member, score: Number(flat[i + 1]) }] : []));
};

/** infra/redis/slices.ts, `sliceScript`. */
const slice: Script = (store, keys, [asked = "", limit = "", direction = ""]) => {
  const backwards = direction === "backwards";
  const most = Number(limit);
  const spans = JSON.parse(asked) as Span[];
  return keys.flatMap((key) =>
    spans.map((span) => {
      const found = entriesOf(store, key, span).filter((one) => isPast(one, span, backwards));
      const page = backwards ? found.slice(-most) : found.slice(0, most);
      return page.flatMap(({ member, score }) => [member, String(score)]);
    }),
  );
};

/** Each script is known by words that no other has; the suite of the ports proves the twin by the real one. */
const known = (world: ScriptWorld): readonly (readonly [words: string, script: Script])[] => [
  ["redis.pcall(op[1], prefix .. op[2], unpack(op, 3))", applyOps],
  ["for i, key in ipairs(KEYS) do found[i]", highest],
  ["'ZREMRANGEBYSCORE', KEYS[2]", take(world)],
  ["redis.call('ZADD', KEYS[1], time[1]", putOff(world)],
  ["local function before(key, place)", slice],
  ["redis.call('SET', KEYS[1], name, 'NX', 'PX', ARGV[1])", beginBuild],
  ["redis.call('PEXPIRE', KEYS[1], ARGV[2])", keepBuild],
  ["for i = 5, #KEYS, 2 do", swapBuild(world)],
  ["then redis.call('DEL', KEYS[1], KEYS[2]) end", giveUpBuild],
];

/** @throws for a script that the twin does not know */
export const createScripts = (world: ScriptWorld) => {
  const found = new Map<string, Script>();
  const find = (text: string): Script => {
    for (const [words, script] of known(world)) if (text.includes(words)) return script;
    throw new Error(`The twin of Redis does not know a script: ${text.trim().slice(0, 80)}`);
  };
  return (store: RedisStore, text: string, [count, ...rest]: readonly string[]): unknown => {
    const script = found.get(text) ?? find(text);
    found.set(text, script);
    return script(store, rest.slice(0, Number(count)), rest.slice(Number(count)));
  };
};
