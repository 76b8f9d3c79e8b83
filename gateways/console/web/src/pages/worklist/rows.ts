/** Lines of a list as they are shown: what is expected of whom, how pressing it is, and in which group. No names: those come beside it. */
import type { CaseListItem } from "../../../../../../contracts/messages/case-list.ts";
import { localOf } from "../../time/danish.ts";

type Awaited = CaseListItem["awaits"][number];
/** `warning`: the agreement warns of it. `late`: it is breached. */
export type Pressure = "late" | "warning" | "calm";
const groups = ["late", "urgent", "today", "week", "later", "none"] as const;
export type Group = (typeof groups)[number];

export type Row = { item: CaseListItem; awaited: Awaited | undefined };
export type Line = { kind: "group"; group: Group; count: number } | { kind: "row"; row: Row };

/** Codes of the families that mean now: a referral's, a question's, and the tiers at which a doctor is called. */
const pressing = new Set(["acute", "akut", "high", "haste", "tier-5"]);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const isPressing = ({ urgency }: Pick<CaseListItem, "urgency">): boolean =>
  urgency !== undefined && pressing.has(urgency);

/** What is due, and when its agreement warns of that: an act of a list, or a clock of a case. */
type Promised = { due?: string | undefined; warnAt?: string | undefined; overdue?: boolean };

const isPast = (instant: string | undefined, nowMs: number): boolean =>
  instant !== undefined && Date.parse(instant) < nowMs;

/** As the agreement says: its first warning makes it amber, its breach red. How long that is before, is the agreement's to say. */
export const pressureOf = (promised: Promised | undefined, nowMs: number): Pressure => {
  if (promised === undefined) return "calm";
  if (promised.overdue === true || isPast(promised.due, nowMs)) return "late";
  return isPast(promised.warnAt, nowMs) ? "warning" : "calm";
};

const isWithinTheHour = ({ due }: Awaited, nowMs: number): boolean =>
  due !== undefined && Date.parse(due) - nowMs <= hourMs;

/** Monday is the first day of a Danish week. */
const daysLeftInWeek = (date: string): number => {
  const day = new Date(`${date}T12:00:00Z`).getUTCDay();
  return day === 0 ? 0 : 7 - day;
};

export const groupOf = ({ item, awaited }: Row, nowMs: number): Group => {
  if (pressureOf(awaited, nowMs) === "late") return "late";
  if (isPressing(item) || (awaited !== undefined && isWithinTheHour(awaited, nowMs))) return "urgent";
  if (awaited?.due === undefined) return "none";
  const [due, today] = [localOf(Date.parse(awaited.due)).date, localOf(nowMs).date];
  if (due <= today) return "today";
  const endOfWeek = localOf(nowMs + daysLeftInWeek(today) * dayMs).date;
  return due <= endOfWeek ? "week" : "later";
};

const dueMs = ({ awaited }: Row): number =>
  awaited?.due === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(awaited.due);

const soonest = (found: readonly Awaited[]): Awaited | undefined =>
  found.toSorted((a, b) => (a.due ?? "9").localeCompare(b.due ?? "9"))[0];

/** `ours`: what is expected of us; `theirs`: what we wait for. What fits neither is shown by what it awaits first. */
export const rowsOf = (
  items: readonly CaseListItem[],
  side: "ours" | "theirs",
  isUs: (gln: string) => boolean,
): Row[] =>
  items.map((item) => {
    const found = item.awaits.filter(({ who }) => isUs(who) === (side === "ours"));
    return { item, awaited: soonest(found.length === 0 ? item.awaits : found) };
  });

/** Grouped by when, what is due first at the top of each; groups that are empty are left out. */
export const linesOf = (rows: readonly Row[], nowMs: number): Line[] => {
  const placed = rows.map((row) => ({ row, group: groupOf(row, nowMs) }));
  return groups.flatMap((group): Line[] => {
    const found = placed
      .flatMap((one) => (one.group === group ? [one.row] : []))
      .toSorted((a, b) => dueMs(a) - dueMs(b));
    if (found.length === 0) return [];
    return [
      { kind: "group", group, count: found.length },
      ...found.map((row): Line => ({ kind: "row", row })),
    ];
  });
};

/**
 * The lines as they stood when somebody began to point at them, each with what is known now: nothing moves under the cursor. What is
 * gone stays until then; `held` is how many are new.
 */
export const heldLines = (kept: readonly Line[], rows: readonly Row[]): { lines: Line[]; held: number } => {
  const now = new Map(rows.map((row) => [row.item.caseId, row]));
  const shown = new Set(kept.flatMap((line) => (line.kind === "row" ? [line.row.item.caseId] : [])));
  const lines = kept.map((line) =>
    line.kind === "row" ? { ...line, row: now.get(line.row.item.caseId) ?? line.row } : line,
  );
  return { lines, held: rows.filter(({ item }) => !shown.has(item.caseId)).length };
};

/** Where `j` and `k` lead from a line: the next case, past the headings; `undefined`: there is none. */
export const stepFrom = (
  lines: readonly Line[],
  here: string | undefined,
  step: 1 | -1,
): number | undefined => {
  const start = lines.findIndex((line) => line.kind === "row" && line.row.item.caseId === here);
  const indexes = lines.map((_, at) => at);
  const way = step === 1 ? indexes.slice(start + 1) : indexes.slice(0, Math.max(start, 0)).toReversed();
  return way.find((at) => lines[at]?.kind === "row");
};

/** With whom the case is: who is to act, or who opened it, or else the first party that is not us. */
export const otherOf = ({ item, awaited }: Row, isUs: (gln: string) => boolean): string => {
  if (awaited !== undefined && !isUs(awaited.who)) return awaited.who;
  return isUs(item.opener) ? (item.parties.find((party) => !isUs(party)) ?? item.opener) : item.opener;
};

/** Words that must all stand somewhere in what a line shows. */
export const fits = (shown: readonly string[], wanted: string): boolean => {
  const text = shown.join(" ").toLocaleLowerCase("da");
  return wanted
    .toLocaleLowerCase("da")
    .split(/\s+/)
    .every((word) => text.includes(word));
};
