import {
  at,
  byText,
  type Command,
  dropEmpty,
  has,
  type Keys,
  made,
  ofKind,
  type Value,
} from "./redis-values.ts";

const zsetAt = (keys: Keys, key: string): Value & { kind: "zset" } =>
  made(keys, key, { kind: "zset", scores: new Map(), sorted: undefined });

export const sortedOf = (keys: Keys, key: string): [string, number][] => {
  const zset = ofKind(keys, key, "zset");
  if (zset === undefined) return [];
  zset.sorted ??= [...zset.scores].toSorted((a, b) => a[1] - b[1] || byText(a[0], b[0]));
  return zset.sorted;
};

/** A bound of scores: `-inf`, `+inf`, a number, or `(` and a number that is not in it. */
const above = (bound: string): ((score: number) => boolean) => {
  if (bound === "-inf") return () => true;
  if (bound === "+inf") return () => false;
  return bound.startsWith("(")
    ? (score) => score > Number(bound.slice(1))
    : (score) => score >= Number(bound);
};
const below = (bound: string): ((score: number) => boolean) => {
  if (bound === "+inf") return () => true;
  if (bound === "-inf") return () => false;
  return bound.startsWith("(")
    ? (score) => score < Number(bound.slice(1))
    : (score) => score <= Number(bound);
};

const within = (keys: Keys, key: string, bounds: readonly [string, string]): [string, number][] => {
  const [from, to] = [above(bounds[0]), below(bounds[1])];
  return sortedOf(keys, key).filter(([, score]) => from(score) && to(score));
};

const scoreText = (score: number): string => String(score).replace("Infinity", "inf");

const replyOf = (members: readonly [string, number][], withScores: boolean): string[] =>
  members.flatMap(([member, score]) => (withScores ? [member, scoreText(score)] : [member]));

const spanOf = <One>(members: readonly One[], from: string, to: string): One[] => {
  const place = (text: string): number =>
    Number(text) < 0 ? Math.max(0, members.length + Number(text)) : Number(text);
  return Number(to) < 0 && members.length + Number(to) < 0 ? [] : members.slice(place(from), place(to) + 1);
};

const scoreFrom = (text: string): number => Number(text.replace("inf", "Infinity"));

/** Whether the flags of ZADD let a member have a score, where it had another or none. */
const mayScore = (flags: readonly string[], known: number | undefined, score: number): boolean => {
  if (known === undefined) return !flags.includes("XX");
  return !flags.includes("NX") && !(flags.includes("GT") && known >= score);
};

/** Bounds of texts: `[` and one that is in it, `(` and one that is not, `-` and `+` for none. */
const isFrom = (member: string, bound: string): boolean => {
  if (bound === "-") return true;
  return bound.startsWith("(") ? member > bound.slice(1) : member >= bound.slice(1);
};
const isUpTo = (member: string, bound: string): boolean => {
  if (bound === "+") return true;
  return bound.startsWith("(") ? member < bound.slice(1) : member <= bound.slice(1);
};

const zadd: Command = (keys, [key = "", ...rest]) => {
  const flags = rest.filter((arg) => /^[a-z]{2}$/i.test(arg)).map((flag) => flag.toUpperCase());
  const pairs = rest.slice(rest.findIndex((arg) => !Number.isNaN(scoreFrom(arg))));
  const zset = zsetAt(keys, key);
  let added = 0;
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [score, member] = [scoreFrom(at(pairs, i)), at(pairs, i + 1)];
    const known = zset.scores.get(member);
    if (!mayScore(flags, known, score)) continue;
    if (known === undefined) added += 1;
    zset.scores.set(member, score);
    zset.sorted = undefined;
  }
  dropEmpty(keys, key, zset.scores.size);
  return added;
};

const zrem: Command = (keys, [key = "", ...members]) => {
  const zset = ofKind(keys, key, "zset");
  if (zset === undefined) return 0;
  const removed = members.filter((member) => zset.scores.delete(member)).length;
  zset.sorted = undefined;
  dropEmpty(keys, key, zset.scores.size);
  return removed;
};

export const sortedSets: Record<string, Command> = {
  ZADD: zadd,
  ZREM: zrem,
  ZREMRANGEBYSCORE: (keys, [key = "", from = "", to = ""]) =>
    zrem(keys, [key, ...within(keys, key, [from, to]).map(([member]) => member)]),
  ZSCORE: (keys, [key = "", member = ""]) => {
    const score = ofKind(keys, key, "zset")?.scores.get(member);
    return score === undefined ? null : scoreText(score);
  },
  ZINCRBY: (keys, [key = "", by = "", member = ""]) => {
    const zset = zsetAt(keys, key);
    const score = (zset.scores.get(member) ?? 0) + Number(by);
    zset.scores.set(member, score);
    zset.sorted = undefined;
    return scoreText(score);
  },
  ZCARD: (keys, [key = ""]) => ofKind(keys, key, "zset")?.scores.size ?? 0,
  ZRANGEBYLEX: (keys, [key = "", from = "", to = "", ...words]) => {
    const limit = words.findIndex((word) => word.toUpperCase() === "LIMIT");
    const found = sortedOf(keys, key)
      .map(([member]) => member)
      .filter((member) => isFrom(member, from) && isUpTo(member, to));
    return limit < 0
      ? found
      : found.slice(Number(words[limit + 1]), Number(words[limit + 1]) + Number(words[limit + 2]));
  },
  ZCOUNT: (keys, [key = "", from = "", to = ""]) => within(keys, key, [from, to]).length,
  ZRANK: (keys, [key = "", member = ""]) => {
    const place = sortedOf(keys, key).findIndex(([one]) => one === member);
    return place < 0 ? null : place;
  },
  ZRANGE: (keys, [key = "", from = "", to = "", ...words]) =>
    replyOf(spanOf(sortedOf(keys, key), from, to), has(words, "WITHSCORES")),
  ZREVRANGE: (keys, [key = "", from = "", to = "", ...words]) =>
    replyOf(spanOf(sortedOf(keys, key).toReversed(), from, to), has(words, "WITHSCORES")),
  ZRANGEBYSCORE: (keys, [key = "", from = "", to = "", ...words]) => {
    const limit = words.findIndex((word) => word.toUpperCase() === "LIMIT");
    const found = within(keys, key, [from, to]);
    const page =
      limit < 0
        ? found
        : found.slice(Number(words[limit + 1]), Number(words[limit + 1]) + Number(words[limit + 2]));
    return replyOf(page, has(words, "WITHSCORES"));
  },
};
