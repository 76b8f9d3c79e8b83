/** Whether running clocks must be looked through: it costs a reading of the journal, so only when a change asks for it. */
import { isClock } from "../../../contracts/agreement.ts";
import type { AgreementBook, KeptAgreement } from "../../../contracts/agreement-book.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** `versions`: what is to be marked as done. `ids`: the agreements whose open clocks are looked at. */
export type RecountPlan = { ids: ReadonlySet<string>; begun: KeptAgreement[]; over: KeptAgreement[] };

const lastDay = ({ agreement: { validTo }, until }: KeptAgreement): string | undefined =>
  [validTo, until].flatMap((day) => day ?? []).toSorted()[0];

const hasBegun = (
  { runningClocks, recountedAt, agreement, changedAt }: KeptAgreement,
  date: string,
  before: string,
) =>
  runningClocks === "recompute" &&
  recountedAt === undefined &&
  agreement.validFrom <= date &&
  changedAt <= before;

const isOver = (one: KeptAgreement, date: string): boolean => {
  const last = lastDay(one);
  const { agreement, closedAt } = one;
  return (
    isClock(agreement) &&
    agreement.onEnd === "cancel" &&
    closedAt === undefined &&
    last !== undefined &&
    last < date
  );
};

type Asked = {
  /** The Danish date, and an instant: changes up to then are known in every process. */
  date: string;
  before: string;
  /** Somebody's opening hours or closing days have changed, or may have while no hub ran. */
  hoursChanged: boolean;
};

/** `undefined`: nothing asks for it. */
export const recountPlan = (
  book: AgreementBook,
  { date, before, hoursChanged }: Asked,
): RecountPlan | undefined => {
  const begun = book.kept.filter((one) => hasBegun(one, date, before));
  const over = book.kept.filter((one) => isOver(one, date));
  const byHours = hoursChanged
    ? book.kept.filter(({ agreement }) => isClock(agreement) && agreement.onChange === "recompute")
    : [];
  const ids = new Set([...begun, ...over, ...byHours].map(({ agreement }) => agreement.id));
  return ids.size === 0 ? undefined : { ids, begun, over };
};

/** The same entry of the book, whatever else has been noted about it meanwhile. */
const among = (list: readonly KeptAgreement[], { agreement: { id, version } }: KeptAgreement): boolean =>
  list.some(({ agreement }) => agreement.id === id && agreement.version === version);

/** The book with what was done noted in it, so that nobody reads the journal for it again. */
export const withRecounted = (
  book: AgreementBook,
  { begun, over }: RecountPlan,
  at: string,
): AgreementBook => ({
  ...book,
  kept: book.kept.map((one) => ({
    ...one,
    ...(among(begun, one) ? { recountedAt: at } : {}),
    ...(among(over, one) ? { closedAt: at } : {}),
  })),
});

/** The cases that have an open clock of one of these agreements, by what the journal tells of each clock. */
export const createOpenClocks = (
  ids: ReadonlySet<string>,
): { read: (record: CaseRecord) => void; cases: () => string[] } => {
  const known = new Set<string>();
  const open = new Map<string, string>();
  return {
    read: ({ caseId, clocks }: CaseRecord): void => {
      for (const change of clocks) {
        const clock = `${caseId}/${change.clockId}`;
        if (change.change === "started" && ids.has(change.agreement)) known.add(clock);
        if (!known.has(clock)) continue;
        if (change.change === "stopped" || change.change === "cancelled") open.delete(clock);
        // One that is open again was counted anew when it was.
        if (change.change === "started" || change.change === "rescheduled") open.set(clock, caseId);
      }
    },
    cases: (): string[] => [...new Set(open.values())],
  };
};
