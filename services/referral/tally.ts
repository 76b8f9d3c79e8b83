import type { CaseRecord } from "../../contracts/record.ts";
import { type Counted, type Followed, followRecord, type Row } from "./core/patterns.ts";

export type Tally = {
  /** Counts one record of the journal. Records of a case come in order; one that was counted before changes nothing. */
  count: (record: CaseRecord) => void;
  all: () => Counted[];
};

/**
 * The numbers of referrals, in memory: of a case that has ended only its numbers are kept. Nothing is stored, since the journal
 * tells it all again.
 */
export const createTally = (): Tally => {
  const open = new Map<string, Followed & { no: number }>();
  const done = new Map<string, Counted>();
  const settle = (row: Row): void => {
    const key = JSON.stringify(Object.values(row));
    done.set(key, { row, count: (done.get(key)?.count ?? 0) + 1 });
  };
  return {
    count: (record) => {
      if (record.family !== "referral" || record.meta.outcome === "refused") return;
      const { caseId, meta } = record;
      const before = open.get(caseId);
      if (before !== undefined && meta.no <= before.no) return;
      // Receipts still come after a case has ended; it was counted then.
      if (before === undefined && !record.facts.some(({ type }) => type === "ReferralSent")) return;
      const now = followRecord(before, record);
      if (!now.done || now.row === undefined) {
        open.set(caseId, { ...now, no: meta.no });
        return;
      }
      open.delete(caseId);
      settle(now.row);
    },
    all: () => [
      ...done.values(),
      ...[...open.values()].flatMap(({ row }) => (row === undefined ? [] : [{ row, count: 1 }])),
    ],
  };
};
