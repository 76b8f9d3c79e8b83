import type { CaseRecord } from "../../../contracts/record.ts";
import {
  createProjector,
  type IndexPorts,
  type Projection,
  type Projector,
  recordOf,
} from "../../case/projector.ts";
import {
  caseFrom,
  caseKey,
  indicatorLayout,
  keepOp,
  layoutKey,
  type Op,
  opsBetween,
} from "../core/indicators/cells.ts";
import { type CaseSoFar, followCase, isCounted, unknownCase } from "../core/indicators/follow.ts";

/** What the counting needs of the world. All reads and writes of the index throw Fault `index-unavailable` when it is away. */
export type CountingPorts = IndexPorts & {
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** Every record of a case, in order. */
  load: (caseId: string) => Promise<{ record: CaseRecord }[]>;
  onSetAside: Projection["onSetAside"];
};

/** What is known of the cases of a run, as the run goes on. */
type Known = Map<string, CaseSoFar>;

const knownOf = async (ports: CountingPorts, records: readonly CaseRecord[]): Promise<Known> => {
  const ids = [...new Set(records.map(({ caseId }) => caseId))];
  const texts = ids.length === 0 ? [] : await ports.mget(ids.map(caseKey));
  return new Map(
    ids.flatMap((caseId, i): [string, CaseSoFar][] => {
      const text = texts[i];
      const so = text === undefined || text === null ? undefined : caseFrom(text);
      return so === undefined ? [] : [[caseId, so]];
    }),
  );
};

/** Whether a record goes on with something that was forgotten: a clock that had ended, or a closed case. */
const goesOn = (so: CaseSoFar | undefined, record: CaseRecord): boolean => {
  if (record.meta.no === 1) return false;
  if (so === undefined) return isCounted(record);
  const begun = record.clocks.flatMap((one) => (one.change === "started" ? [one.clockId] : []));
  return record.clocks.some(({ clockId }) => so.clocks[clockId] === undefined && !begun.includes(clockId));
};

/** All that was known of a case before a record, from the journal. */
const remembered = async (
  { load }: CountingPorts,
  { caseId, meta: { no } }: CaseRecord,
): Promise<CaseSoFar> =>
  (await load(caseId))
    .filter(({ record }) => record.meta.no < no)
    .reduce((so, { record }) => followCase(so, record), unknownCase);

/** The writes of one record, in the order of the journal: what is known of its case moves on. */
const opsOf = async (ports: CountingPorts, known: Known, record: CaseRecord): Promise<Op[]> => {
  const { caseId } = record;
  const so = known.get(caseId);
  if (so === undefined && !isCounted(record)) return [];
  if (so !== undefined && record.meta.no <= so.no) return [];
  const before = goesOn(so, record) ? await remembered(ports, record) : (so ?? unknownCase);
  const after = followCase(before, record);
  known.set(caseId, after);
  return [...opsBetween(caseId, before, after), keepOp(caseId, after)];
};

/** Counts records into the index. A count of another layout is forgotten and made anew. */
export const createCountingProjector = (ports: CountingPorts): Projector =>
  createProjector({
    index: ports,
    mark: { key: layoutKey, value: indicatorLayout },
    read: recordOf,
    onSetAside: ports.onSetAside,
    writesOf: async (run) => {
      const known = await knownOf(
        ports,
        run.map(({ value }) => value),
      );
      return (record) => opsOf(ports, known, record);
    },
  });
