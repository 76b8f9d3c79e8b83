/**
 * How the indicators stand in the index: ended clocks and figures as rows that are alike and how many, month by month; open
 * clocks one by one, since their time goes on; and of each case the little that its next record needs. See `infra/decisions/0038`.
 */
import type { BreachReason, FigureId } from "../../../../contracts/codes/indicator-words.ts";
import type { Instant } from "../../../../contracts/time.ts";
import { isOpenClock } from "../../../case/clock-state.ts";
import { type ClockOutcome, type ClockRow, type CountedClock, monthOf, rowOf } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";
import { type CaseSoFar, figuresOf } from "./follow.ts";
import { fromRows, type Steps } from "./steps.ts";

/** One write to the index; see the store for what each means. */
export type Op = readonly [command: string, key: string, ...args: string[]];

/** Rows that are alike, and how many. */
export type Counted<Row> = { row: Row; count: number };

export const caseKey = (caseId: string): string => `case:${caseId}`;
/** By the month in which they started. */
export const openKey = (month: string): string => `open:${month}`;
export const rowsKey = (month: string): string => `rows:${month}`;
export const figuresKey = (month: string): string => `figures:${month}`;
/** Every month that anything was counted in. */
export const monthsKey = "months";
export const layoutKey = "layout";
/** One more whenever what is kept changes: indicators of another layout are forgotten and made anew. */
export const indicatorLayout = "1";

type RowCells = readonly [
  agreement: string,
  debtor: string,
  creditor: string,
  family: string,
  kind: string,
  speciality: string,
  priority: string,
  tier: string,
  /** 2: the first of its agreement in the case; 1: the first of its agreement and debtor. */
  first: 0 | 1 | 2,
  outcome: ClockOutcome,
  reason: BreachReason | "",
  minutes: number,
  days: number,
  pausedMinutes: number,
  paused: 0 | 1,
];

const bit = (is: boolean): 0 | 1 => (is ? 1 : 0);
const firstIn = ({ first, firstOfDebtor }: ClockRow): 0 | 1 | 2 => (first ? 2 : bit(firstOfDebtor));

const rowField = (row: ClockRow): string => {
  const { agreement, debtor, creditor, family, kind, speciality, priority, tier } = row;
  const { outcome, reason, minutes, days, pausedMinutes } = row;
  const parties = [agreement, debtor, creditor, family] as const;
  const matter = [kind, speciality, priority, tier] as const;
  const cells: RowCells = [
    ...parties,
    ...matter,
    firstIn(row),
    outcome,
    reason,
    minutes,
    days,
    pausedMinutes,
    bit(row.paused),
  ];
  return JSON.stringify(cells);
};

// Only this program writes there, from typed values, under this layout: parsing every cell again would cost more than counting.
const isRow = (value: unknown): value is RowCells => Array.isArray(value) && value.length === 15;

const rowFrom = (month: string, field: string): ClockRow => {
  const cells: unknown = JSON.parse(field);
  if (!isRow(cells)) throw new Error("The index holds a row of a layout that this program does not know.");
  const [agreement, debtor, creditor, family, kind, speciality, priority, tier, first, ...rest] = cells;
  const [outcome, reason, minutes, days, pausedMinutes, paused] = rest;
  const matter = { family, kind, speciality, priority, tier };
  const firsts = { first: first === 2, firstOfDebtor: first > 0 };
  const numbers = { minutes, days, pausedMinutes, paused: paused === 1 };
  return { ...matter, agreement, debtor, creditor, month, ...firsts, outcome, reason, ...numbers };
};

type FigureCells = readonly [
  figure: FigureId,
  organisation: string,
  creditor: string,
  family: string,
  kind: string,
  met: 0 | 1,
];

const figureField = ({ figure, organisation, creditor, family, kind, met }: FigureRow): string => {
  const cells: FigureCells = [figure, organisation, creditor, family, kind, bit(met)];
  return JSON.stringify(cells);
};

const isFigure = (value: unknown): value is FigureCells => Array.isArray(value) && value.length === 6;

const figureFrom = (month: string, field: string): FigureRow => {
  const cells: unknown = JSON.parse(field);
  if (!isFigure(cells))
    throw new Error("The index holds a figure of a layout that this program does not know.");
  const [figure, organisation, creditor, family, kind, met] = cells;
  return { figure, month, organisation, creditor, family, kind, met: met === 1 };
};

const isCase = (value: unknown): value is CaseSoFar =>
  typeof value === "object" && value !== null && "no" in value && "clocks" in value;
export const caseFrom = (text: string): CaseSoFar | undefined => {
  const value: unknown = JSON.parse(text);
  return isCase(value) ? value : undefined;
};

const isClock = (value: unknown): value is CountedClock =>
  typeof value === "object" && value !== null && "clock" in value && "matter" in value;
const openFrom = (text: string): CountedClock | undefined => {
  const value: unknown = JSON.parse(text);
  return isClock(value) ? value : undefined;
};

/** What stands in the index of one month. */
export type MonthCells = {
  rows: Readonly<Record<string, string>>;
  open: Readonly<Record<string, string>>;
  figures: Readonly<Record<string, string>>;
};

const countedIn = <Row>(
  cells: Readonly<Record<string, string>>,
  rowIn: (field: string) => Row,
): Steps<Counted<Row>[]> =>
  fromRows(Object.entries(cells), ([field, count]) =>
    count === "0" ? [] : [{ row: rowIn(field), count: Number(count) }],
  );

/** The clocks of a month, those that are open as they stand at `asOf`. */
export function* clockRowsIn(
  { rows, open }: MonthCells,
  { month, asOf }: { month: string; asOf: Instant },
): Steps<Counted<ClockRow>[]> {
  const ended = yield* countedIn(rows, (field) => rowFrom(month, field));
  const running = yield* fromRows(Object.values(open), (text) => {
    const counted = openFrom(text);
    return counted === undefined ? [] : [{ row: rowOf(counted, asOf), count: 1 }];
  });
  return [...ended, ...running];
}

export const figureRowsIn = ({ figures }: MonthCells, month: string): Steps<Counted<FigureRow>[]> =>
  countedIn(figures, (field) => figureFrom(month, field));

/** What of a case stands in the index: a key, a field, and the whole value, or how many more. */
type Standing = {
  open: Map<string, readonly [key: string, field: string, value: string]>;
  counts: string[];
  months: Set<string>;
};

const countOf = (key: string, field: string): string => JSON.stringify([key, field]);

const standingOf = (caseId: string, so: CaseSoFar): Standing => {
  const open: Standing["open"] = new Map();
  const counts: string[] = [];
  const months = new Set<string>();
  for (const [clockId, counted] of Object.entries(so.clocks)) {
    const { startedAt } = counted.clock;
    const month = monthOf(startedAt);
    months.add(month);
    if (isOpenClock(counted.clock)) {
      const place = [openKey(month), `${caseId}|${clockId}`] as const;
      open.set(place.join("|"), [...place, JSON.stringify(counted)]);
    } else counts.push(countOf(rowsKey(month), rowField(rowOf(counted, startedAt))));
  }
  for (const figure of figuresOf(so)) {
    months.add(figure.month);
    counts.push(countOf(figuresKey(figure.month), figureField(figure)));
  }
  return { open, counts, months };
};

const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2;
const counting = (cell: string, by: "1" | "-1"): Op[] => {
  const place: unknown = JSON.parse(cell);
  return isPair(place) ? [["HINCRBY", place[0], place[1], by]] : [];
};

/** What is in the first list more often than in the second, as often as that. */
const without = (cells: readonly string[], taken: readonly string[]): string[] => {
  const left = [...taken];
  return cells.filter((cell) => {
    const at = left.indexOf(cell);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** The writes that make of what stands of a case what should. Cases do not touch one another, so their order is no matter. */
export const opsBetween = (caseId: string, before: CaseSoFar, after: CaseSoFar): Op[] => {
  const [was, is] = [standingOf(caseId, before), standingOf(caseId, after)];
  const months = [...is.months].filter((month) => !was.months.has(month));
  const gone = [...was.open].filter(([place]) => !is.open.has(place));
  const come = [...is.open].filter(([place, [, , value]]) => was.open.get(place)?.[2] !== value);
  return [
    ...(months.length === 0 ? [] : [["SADD", monthsKey, ...months] as const]),
    ...gone.map(([, [key, field]]): Op => ["HDEL", key, field]),
    ...come.map(([, [key, field, value]]): Op => ["HSET", key, field, value]),
    ...without(was.counts, is.counts).flatMap((cell) => counting(cell, "-1")),
    ...without(is.counts, was.counts).flatMap((cell) => counting(cell, "1")),
  ];
};

/** Clocks that have ended are rows, and forgotten as clocks; one that goes on again is read from the journal. */
const withoutEnded = (so: CaseSoFar): CaseSoFar => ({
  ...so,
  clocks: Object.fromEntries(Object.entries(so.clocks).filter(([, { clock }]) => isOpenClock(clock))),
});

/** A closed case that owes nothing is forgotten: should anything come, it is read from the journal. */
const isOver = ({ closed, clocks }: CaseSoFar): boolean =>
  closed && Object.values(clocks).every(({ clock }) => !isOpenClock(clock));

export const keepOp = (caseId: string, so: CaseSoFar): Op =>
  isOver(so) ? ["DEL", caseKey(caseId)] : ["SET", caseKey(caseId), JSON.stringify(withoutEnded(so))];
