/** The indicators of a simulated year: counted as the hub counts them, on an index in memory. */
import { shardOf } from "../../../contracts/derived-ids.ts";
import type { Indicators, IndicatorsQuery } from "../../../contracts/messages/indicators.ts";
import { type CaseRecord, caseRecordFrom } from "../../../contracts/record.ts";
import type { Instant } from "../../../contracts/time.ts";
import { indicatorSteps, type Tallied } from "../../../services/agreement/core/indicators/answer.ts";
import { monthsKey, type Op } from "../../../services/agreement/core/indicators/cells.ts";
import { monthsOf } from "../../../services/agreement/core/indicators/groups.ts";
import { allAtOnce } from "../../../services/agreement/core/indicators/steps.ts";
import {
  type CountingPorts,
  createCountingProjector,
} from "../../../services/agreement/indicators/projector.ts";
import { agreementIn, readMonths, tallySteps } from "../../../services/agreement/indicators/query.ts";
import type { DirectoryView } from "../../../services/case/directory-view.ts";
import type { YearHub } from "./hub.ts";

type Kept = {
  texts: Map<string, string>;
  hashes: Map<string, Map<string, string>>;
  sets: Map<string, Set<string>>;
};

const inMap = <Value>(map: Map<string, Value>, key: string, empty: () => Value): Value => {
  const found = map.get(key) ?? empty();
  map.set(key, found);
  return found;
};

/** What a write does, as the store's own commands do it. */
const write = ({ texts, hashes, sets }: Kept, [name, key, ...args]: Op): void => {
  const hash = (): Map<string, string> => inMap(hashes, key, () => new Map<string, string>());
  const [first = "", second = ""] = args;
  const writes: Readonly<Record<string, () => unknown>> = {
    SET: () => texts.set(key, first),
    DEL: () => texts.delete(key),
    HSET: () => hash().set(first, second),
    HDEL: () => hash().delete(first),
    HINCRBY: () => hash().set(first, String(Number(hash().get(first) ?? "0") + Number(second))),
    SADD: () => args.map((member) => inMap(sets, key, () => new Set<string>()).add(member)),
  };
  const does = writes[name];
  if (does === undefined) throw new Error(`The store knows no ${name}.`);
  does();
};

export type YearCount = {
  take: (record: CaseRecord) => Promise<void>;
  /** Counts what was taken and not counted yet. */
  flush: () => Promise<void>;
  /** Of all months, or of those that are asked for. */
  tallied: (asOf: Instant, months?: readonly string[]) => Promise<Tallied>;
  answer: (
    query: IndicatorsQuery,
    context: { asOf: Instant; directory: DirectoryView },
  ) => Promise<Indicators>;
};

/** So many records are counted at once, as the hub's follower brings them. */
const batchSize = 200;

/** Counts the records of four streams, each in runs of its own, as the hub does. */
export const createYearCount = (ofCase: YearHub["ofCase"]): YearCount => {
  const kept: Kept = { texts: new Map(), hashes: new Map(), sets: new Map() };
  const positions = new Map<string, number>();
  const waiting = new Map<string, { seq: number; record: () => CaseRecord }[]>();
  const ports: CountingPorts = {
    position: (stream) => Promise.resolve(positions.get(stream) ?? 0),
    apply: (stream, { from, to }, ops) => {
      if ((positions.get(stream) ?? 0) !== from) return Promise.resolve(false);
      for (const op of ops) write(kept, op);
      positions.set(stream, to);
      return Promise.resolve(true);
    },
    get: (key) => Promise.resolve(kept.texts.get(key) ?? null),
    mget: (keys) => Promise.resolve(keys.map((key) => kept.texts.get(key) ?? null)),
    wipe: () => Promise.reject(new Error("Nothing forgets the count of a year.")),
    load: (caseId) => Promise.resolve(ofCase(caseId).map((record) => ({ record }))),
    onSetAside: ({ code }) => {
      throw new Error(`A record was set aside: ${code}`);
    },
  };
  const projector = createCountingProjector(ports);
  let seq = 0;
  const count = async (stream: string): Promise<void> => {
    const batch = inMap(waiting, stream, () => []).splice(0);
    if (batch.length > 0) await projector.apply(stream, batch);
  };
  const read = ({ hashes }: { hashes: readonly string[] }) =>
    Promise.resolve({
      positions: [],
      members: [...(kept.sets.get(monthsKey) ?? [])],
      hashes: hashes.map((key) => Object.fromEntries(kept.hashes.get(key) ?? [])),
    });
  const tallied = async (
    asOf: Instant,
    months: readonly string[] = [...(kept.sets.get(monthsKey) ?? [])],
  ): Promise<Tallied> => {
    const { hashes } = await readMonths({ read }, { streams: [], months });
    return allAtOnce(tallySteps(months, hashes, asOf));
  };
  return {
    take: async (record) => {
      const stream = `JOURNAL_${String(Number(shardOf(record.caseId)) % 4)}`;
      const run = inMap(waiting, stream, () => []);
      const text = JSON.stringify(record);
      run.push({ seq: ++seq, record: () => caseRecordFrom(text) });
      if (run.length >= batchSize) await count(stream);
    },
    flush: async () => {
      for (const stream of waiting.keys()) await count(stream);
    },
    tallied,
    answer: async (query, { asOf, directory }) => {
      const agreement = agreementIn({ sets: [], kept: [] });
      return allAtOnce(indicatorSteps(await tallied(asOf, monthsOf(query)), query, { directory, agreement }));
    },
  };
};
