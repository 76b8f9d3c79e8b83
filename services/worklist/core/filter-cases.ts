import type { CaseFilter, IndexedCase } from "../../../contracts/messages/case-list.ts";
import { localDateOf } from "../../case/clock-zone.ts";
import { isOverdue } from "./places.ts";

export type Wanted = CaseFilter & { overdue?: boolean | undefined };

const sameWords = (wanted: Wanted, of: IndexedCase): boolean =>
  (wanted.family === undefined || wanted.family === of.family) &&
  (wanted.kind === undefined || wanted.kind === of.kind) &&
  (wanted.status === undefined || wanted.status === of.status) &&
  (wanted.urgency === undefined || wanted.urgency === of.urgency);

const inTime = ({ from, to }: Wanted, { updatedAt }: IndexedCase): boolean => {
  // A Danish date costs a look at the time-zone rules, which most lists have no need of.
  if (from === undefined && to === undefined) return true;
  const changed = localDateOf(updatedAt);
  return (from === undefined || from <= changed) && (to === undefined || changed <= to);
};

/** Whether a case is one that a filter asks for. */
export const isWanted = (of: IndexedCase, wanted: Wanted, now: string): boolean =>
  sameWords(wanted, of) &&
  (wanted.overdue === undefined || wanted.overdue === of.awaits.some((one) => isOverdue(one, now))) &&
  inTime(wanted, of);
