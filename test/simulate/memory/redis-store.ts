import { sortedOf, sortedSets } from "./redis-sorted-sets.ts";
import { at, byText, type Command, dropEmpty, has, type Keys, made, ofKind } from "./redis-values.ts";

export type RedisStore = {
  /** One command. @returns what Redis replies, as its client gives it @throws for a command that the twin does not know */
  call: (command: string, ...args: string[]) => unknown;
  wipe: () => void;
  /** Everything that is kept under a prefix, in one order: two stores are alike when these are. */
  dump: (prefix: string) => string;
};

const hashAt = (keys: Keys, key: string): Map<string, string> =>
  made(keys, key, { kind: "hash", fields: new Map() }).fields;
const setAt = (keys: Keys, key: string): Set<string> =>
  made(keys, key, { kind: "set", members: new Set() }).members;
const hashes: Record<string, Command> = {
  HSET: (keys, [key = "", ...pairs]) => {
    const fields = hashAt(keys, key);
    for (let i = 0; i + 1 < pairs.length; i += 2) fields.set(at(pairs, i), at(pairs, i + 1));
    return pairs.length / 2;
  },
  HSETNX: (keys, [key = "", field = "", value = ""]) => {
    const fields = hashAt(keys, key);
    if (fields.has(field)) return 0;
    fields.set(field, value);
    return 1;
  },
  HGET: (keys, [key = "", field = ""]) => ofKind(keys, key, "hash")?.fields.get(field) ?? null,
  HMGET: (keys, [key = "", ...fields]) =>
    fields.map((field) => ofKind(keys, key, "hash")?.fields.get(field) ?? null),
  HGETALL: (keys, [key = ""]) => Object.fromEntries(ofKind(keys, key, "hash")?.fields ?? []),
  HDEL: (keys, [key = "", ...names]) => {
    const fields = ofKind(keys, key, "hash")?.fields;
    const removed = names.filter((name) => fields?.delete(name) === true).length;
    dropEmpty(keys, key, fields?.size ?? 1);
    return removed;
  },
  HINCRBY: (keys, [key = "", field = "", by = ""]) => {
    const fields = hashAt(keys, key);
    const value = Number(fields.get(field) ?? 0) + Number(by);
    fields.set(field, String(value));
    return value;
  },
  HLEN: (keys, [key = ""]) => ofKind(keys, key, "hash")?.fields.size ?? 0,
};

const sets: Record<string, Command> = {
  SADD: (keys, [key = "", ...members]) => {
    const set = setAt(keys, key);
    const before = set.size;
    for (const member of members) set.add(member);
    return set.size - before;
  },
  SREM: (keys, [key = "", ...members]) => {
    const set = ofKind(keys, key, "set")?.members;
    const removed = members.filter((member) => set?.delete(member) === true).length;
    dropEmpty(keys, key, set?.size ?? 1);
    return removed;
  },
  SMEMBERS: (keys, [key = ""]) => [...(ofKind(keys, key, "set")?.members ?? [])],
  SISMEMBER: (keys, [key = "", member = ""]) => (ofKind(keys, key, "set")?.members.has(member) ? 1 : 0),
  SCARD: (keys, [key = ""]) => ofKind(keys, key, "set")?.members.size ?? 0,
};

const texts: Record<string, Command> = {
  GET: (keys, [key = ""]) => ofKind(keys, key, "string")?.text ?? null,
  SET: (keys, [key = "", text = "", ...words]) => {
    if (has(words, "NX") && keys.has(key)) return null;
    keys.set(key, { kind: "string", text });
    return "OK";
  },
  APPEND: (keys, [key = "", text = ""]) => {
    const value = (ofKind(keys, key, "string")?.text ?? "") + text;
    keys.set(key, { kind: "string", text: value });
    return value.length;
  },
  MGET: (keys, names) =>
    names.map((key) => {
      const value = keys.get(key);
      return value?.kind === "string" ? value.text : null;
    }),
  INCR: (keys, [key = ""]) => texts["INCRBY"]?.(keys, [key, "1"]),
  INCRBY: (keys, [key = "", by = ""]) => {
    const value = Number(ofKind(keys, key, "string")?.text ?? 0) + Number(by);
    keys.set(key, { kind: "string", text: String(value) });
    return value;
  },
};

const anything: Record<string, Command> = {
  DEL: (keys, names) => names.filter((key) => keys.delete(key)).length,
  UNLINK: (keys, names) => names.filter((key) => keys.delete(key)).length,
  EXISTS: (keys, names) => names.filter((key) => keys.has(key)).length,
  EXPIRE: (keys, [key = ""]) => (keys.has(key) ? 1 : 0),
  PEXPIRE: (keys, [key = ""]) => (keys.has(key) ? 1 : 0),
  TYPE: (keys, [key = ""]) => keys.get(key)?.kind ?? "none",
  KEYS: (keys) => [...keys.keys()],
  PING: () => "PONG",
};

const contentOf = (keys: Keys, key: string): unknown => {
  const value = keys.get(key);
  if (value?.kind === "hash") return [...value.fields].toSorted(([a], [b]) => byText(a, b));
  if (value?.kind === "set") return [...value.members].toSorted(byText);
  return value?.kind === "zset" ? sortedOf(keys, key) : value?.text;
};

const commands: Record<string, Command> = { ...sortedSets, ...hashes, ...sets, ...texts, ...anything };

/** How long a key is kept, as SET and PEXPIRE say it. */
const keptMs = (command: string, args: readonly string[]): number | undefined => {
  if (command === "PEXPIRE") return Number(args[1]);
  if (command === "EXPIRE") return 1_000 * Number(args[1]);
  const at = command === "SET" ? args.findIndex((arg, i) => i > 1 && /^[EP]X$/.test(arg)) : -1;
  return at < 0 ? undefined : Number(args[at + 1]) * (args[at] === "EX" ? 1_000 : 1);
};

export const createRedisStore = (nowMs: () => number): RedisStore => {
  const keys: Keys = new Map();
  const until = new Map<string, number>();
  const forget = (): void => {
    for (const [key, ms] of until)
      if (ms <= nowMs()) {
        until.delete(key);
        keys.delete(key);
      }
  };
  const note = (command: string, args: readonly string[]): void => {
    const [key = ""] = args;
    if (command === "SET") until.delete(key);
    const ms = keptMs(command, args);
    if (ms !== undefined && keys.has(key)) until.set(key, nowMs() + ms);
  };
  return {
    call: (named, ...args) => {
      const command = named.toUpperCase();
      if (command === "TIME") return [String(Math.floor(nowMs() / 1_000)), String((nowMs() % 1_000) * 1_000)];
      const known = commands[command];
      if (known === undefined) throw new Error(`The twin of Redis does not know ${named}.`);
      forget();
      const result = known(keys, args);
      note(command, args);
      return result;
    },
    wipe: () => {
      keys.clear();
      until.clear();
    },
    dump: (prefix) =>
      [...keys.keys()]
        .filter((key) => key.startsWith(prefix))
        .toSorted()
        .map((key) => JSON.stringify([key.slice(prefix.length), contentOf(keys, key)]))
        .join("\n"),
  };
};
