import { type CaseRecord, caseRecordFrom } from "../../../contracts/record.ts";
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

type Followed = { seq: number; data: Uint8Array };

/** What the counting needs of the world. All reads and writes of the index throw Fault `index-unavailable` when it is away. */
export type CountingPorts = {
  position: (stream: string) => Promise<number>;
  /** All or nothing, and only from where the run began. @returns false when somebody else moved the checkpoint meanwhile */
  apply: (stream: string, span: { from: number; to: number }, ops: readonly Op[]) => Promise<boolean>;
  get: (key: string) => Promise<string | null>;
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** Forgets all indicators, checkpoints included. */
  wipe: () => Promise<void>;
  /** Every record of a case, in order. */
  load: (caseId: string) => Promise<{ record: CaseRecord }[]>;
};

/** The checkpoint was moved by somebody else, or is gone: the follower asks for its position and begins there. */
export class CountMoved extends Error {
  override readonly name = "CountMoved";
}

export type CountingProjector = {
  /** Where the count stands; a follower begins after it. */
  position: (stream: string) => Promise<number>;
  /** @throws CountMoved */
  apply: (stream: string, batch: readonly Followed[]) => Promise<void>;
  /** Whether the count stands no further back than where this projector left it. */
  intact: (stream: string) => Promise<boolean>;
};

const decoder = new TextDecoder();

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

/** A count of another layout is forgotten and made anew. */
const positionIn = async (ports: CountingPorts, stream: string): Promise<number> => {
  const position = await ports.position(stream);
  if (position === 0 || (await ports.get(layoutKey)) === indicatorLayout) return position;
  await ports.wipe();
  return 0;
};

/**
 * Counts runs of journal records into the index, each run with its checkpoint in one atomic step: a record is counted once,
 * whatever fails. Remembers where it is, to see at once when the index was emptied under it.
 */
export const createCountingProjector = (ports: CountingPorts): CountingProjector => {
  const at = new Map<string, number>();
  return {
    position: async (stream) => {
      const position = await positionIn(ports, stream);
      at.set(stream, position);
      return position;
    },
    apply: async (stream, batch) => {
      const from = at.get(stream) ?? 0;
      if ((batch[0]?.seq ?? 0) <= from) throw new CountMoved();
      const to = batch.at(-1)?.seq ?? from;
      const records = batch.map(({ data }) => caseRecordFrom(decoder.decode(data)));
      const known = await knownOf(ports, records);
      const ops: Op[] = [["SET", layoutKey, indicatorLayout]];
      for (const record of records) ops.push(...(await opsOf(ports, known, record)));
      if (!(await ports.apply(stream, { from, to }, ops))) throw new CountMoved();
      at.set(stream, to);
    },
    intact: async (stream) => (await ports.position(stream)) >= (at.get(stream) ?? 0),
  };
};
