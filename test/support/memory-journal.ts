import { Fault } from "../../contracts/errors.ts";
import { type CaseRecord, isCaseRecord } from "../../contracts/record.ts";
import { caseSubject } from "../../contracts/subjects.ts";
import type { CasePorts } from "../../services/case/case-handler.ts";

/**
 * What may befall one append.
 * `conflict`: told that the case changed, though nobody changed it. `unavailable`, `full`: surely not stored.
 * `timeout-before`: no answer, and not stored. `timeout-after`: no answer, and stored.
 * `timeout-late`: no answer, and stored when the next append to any case arrives, if it still fits then.
 */
export type Mishap =
  | "none"
  | "conflict"
  | "unavailable"
  | "full"
  | "timeout-before"
  | "timeout-after"
  | "timeout-late";
export const mishaps: readonly Mishap[] = [
  "none",
  "conflict",
  "unavailable",
  "full",
  "timeout-before",
  "timeout-after",
  "timeout-late",
];

type Stored = { subject: string; caseId: string; seq: number; text: string };
type Write = { record: CaseRecord; expectedSeq: number };
type Appended = Awaited<ReturnType<CasePorts["append"]>>;

export type MemoryJournal = Pick<CasePorts, "append" | "load"> & {
  /** What befalls the next appends, the first first; then nothing does. */
  befall: (...next: Mishap[]) => void;
  /** The next so many loads fail. */
  failLoads: (count: number) => void;
  /** Every record of every case, in the order of writing. */
  records: () => CaseRecord[];
  /** How often each was asked of. */
  asked: { append: number; load: number };
};

const codes = {
  unavailable: "journal-unavailable",
  full: "journal-full",
  "timeout-before": "journal-timeout",
  "timeout-after": "journal-timeout",
  "timeout-late": "journal-timeout",
} as const;

/**
 * A journal in memory with the semantics of the real one: records are bytes that are parsed when they are read, and an
 * append is made only when the last record of that family and case is still the expected one.
 * `step` is awaited before each look and each write, so that a test can decide who comes first.
 */
export const createMemoryJournal = (
  step: () => Promise<unknown> = () => Promise.resolve(),
): MemoryJournal => {
  const stored: Stored[] = [];
  const underway: Write[] = [];
  const coming: Mishap[] = [];
  const asked = { append: 0, load: 0 };
  let failing = 0;

  const write = ({ record, expectedSeq }: Write): Appended => {
    const subject = caseSubject(record.family, record.caseId);
    const last = stored.findLast((s) => s.subject === subject)?.seq ?? 0;
    if (last !== expectedSeq) return { kind: "conflict" };
    const seq = stored.length + 1;
    stored.push({ subject, caseId: record.caseId, seq, text: JSON.stringify(record) });
    return { kind: "appended", seq };
  };
  const parsed = ({ text }: Stored): CaseRecord => {
    const value: unknown = JSON.parse(text);
    if (!isCaseRecord(value)) throw new Error("This is no record.");
    return value;
  };

  return {
    asked,
    befall: (...next) => {
      coming.push(...next);
    },
    failLoads: (count) => {
      failing = count;
    },
    records: () => stored.map(parsed),
    append: async (record, expectedSeq) => {
      await step();
      asked.append += 1;
      for (const late of underway.splice(0)) write(late);
      const mishap = coming.shift() ?? "none";
      if (mishap === "none") return write({ record, expectedSeq });
      if (mishap === "conflict") return { kind: "conflict" };
      if (mishap === "timeout-after") write({ record, expectedSeq });
      if (mishap === "timeout-late") underway.push({ record, expectedSeq });
      throw new Fault(codes[mishap]);
    },
    load: async (caseId, family) => {
      await step();
      asked.load += 1;
      if (failing > 0) {
        failing -= 1;
        throw new Fault("journal-unavailable");
      }
      return stored
        .filter(
          (s) => s.caseId === caseId && (family === undefined || s.subject === caseSubject(family, caseId)),
        )
        .map((s) => ({ record: parsed(s), seq: s.seq }));
    },
  };
};
