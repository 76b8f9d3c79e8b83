import { agreements } from "../../contracts/codes/agreements.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseIdFor, sha256 } from "../../infra/ids.ts";
import { isOrIsPartOf } from "../../services/case/directory-view.ts";
import { byPlace, type Place } from "../../services/case/read-lanes.ts";
import { createUnits, nameIn } from "../../services/case/units.ts";
import { type Op, project } from "../../services/worklist/core/project.ts";
import type { WorklistPorts } from "../../services/worklist/ports.ts";
import { now } from "./advice-given.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { kindOf, regionView } from "./region-view.ts";

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
/** The members of a sorted set in its order. */
const placesOf = (kept: Kept, key: string): Place[] =>
  [...(kept.get(key) ?? [])].map(([member, score]) => ({ member, score: Number(score) })).sort(byPlace);

/** What questions are answered from: these read models and this journal, in the made-up region. */
export const memoryPorts = (
  kept: Kept,
  journal: Pick<MemoryJournal, "load">,
  more: Partial<WorklistPorts> = {},
): WorklistPorts => ({
  load: journal.load,
  page: (key, after, limit) => {
    const members = placesOf(kept, key).map(({ member }) => member);
    const start = after === undefined ? 0 : members.indexOf(after) + 1;
    return Promise.resolve(members.slice(start, start + limit));
  },
  slice: (keys, { spans, limit, backwards }) =>
    Promise.resolve(
      keys.flatMap((key) => {
        const places = backwards ? placesOf(kept, key).toReversed() : placesOf(kept, key);
        return spans.map(({ from, to, after }) =>
          places
            .filter(({ score }) => from <= score && score < to)
            .filter((place) => after === undefined || byPlace(place, after) * (backwards ? -1 : 1) > 0)
            .slice(0, limit),
        );
      }),
    ),
  count: (key) => Promise.resolve(kept.get(key)?.size ?? 0),
  hgetall: (key) => Promise.resolve(Object.fromEntries(kept.get(key) ?? [])),
  get: (key) => Promise.resolve(kept.get(key)?.get("") ?? null),
  mget: (keys) => Promise.resolve(keys.map((key) => kept.get(key)?.get("") ?? null)),
  reached: () => Promise.resolve("reached"),
  archived: () => Promise.resolve([]),
  caughtUp: () => Promise.resolve(),
  isPartOf: (gln, whole) => isOrIsPartOf(regionView, gln, whole),
  unitsOf: createUnits(regionView),
  nameOf: (gln) => nameIn(regionView, gln),
  kindOf,
  everybody: () => regionView.all().map(({ gln }) => gln),
  agreementName: (id) => agreements.find((one) => one.id === id)?.name,
  caseIdFor,
  can: () => Promise.resolve(undefined),
  emergency: () => Promise.resolve(undefined),
  digest: sha256,
  now: () => now,
  ...more,
});

/** Everything that is kept, in one order: two stores are alike when these are. */
export const listed = (kept: Kept): unknown =>
  [...kept]
    .map(([key, at]) => [key, [...at].sort(([a], [b]) => (a < b ? -1 : 1))])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
