import type { CaseRecord } from "../../contracts/record.ts";
import { sha256 } from "../../infra/ids.ts";
import { type Op, project } from "../../services/worklist/core/project.ts";

/** Keys of the read models and what is kept under each: members and scores, fields and values, or one value under "". */
export type Kept = Map<string, Map<string, string>>;

const pairs = (args: readonly string[]): [string, string][] =>
  args.flatMap((arg, i) => (i % 2 === 0 ? [[arg, args[i + 1] ?? ""] as [string, string]] : []));

/** The writes that are projected, as Redis does them. */
const write = (kept: Kept, [name, key, ...args]: Op): void => {
  const at = kept.get(key) ?? new Map<string, string>();
  kept.set(key, at);
  const onlyKnown = args[0] === "XX";
  const writes: Record<string, () => void> = {
    ZADD: () => {
      for (const [score, member] of pairs(onlyKnown ? args.slice(1) : args))
        if (!onlyKnown || at.has(member)) at.set(member, String(Number(score.replace("inf", "Infinity"))));
    },
    HSET: () => {
      for (const [field, value] of pairs(args)) at.set(field, value);
    },
    ZREM: () => {
      for (const member of args) at.delete(member);
    },
    HDEL: () => {
      for (const field of args) at.delete(field);
    },
    SET: () => {
      at.set("", args[0] ?? "");
    },
    INCR: () => {
      at.set("", String(Number(at.get("") ?? "0") + 1));
    },
  };
  const does = writes[name];
  if (does === undefined) throw new Error(`The store knows no ${name}.`);
  does();
  if (at.size === 0) kept.delete(key);
};

/** The read models after these records, in this order. */
export const projected = (records: readonly CaseRecord[]): Kept => {
  const kept: Kept = new Map();
  for (const op of records.flatMap((record) => project(record, sha256))) write(kept, op);
  return kept;
};
/** Everything that is kept, in one order: two stores are alike when these are. */
export const listed = (kept: Kept): unknown =>
  [...kept]
    .map(([key, at]) => [key, [...at].sort(([a], [b]) => (a < b ? -1 : 1))])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
