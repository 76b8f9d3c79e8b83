/** The numbers of a group of clocks. Nothing is worked out of fewer than five cases. */
import { type BreachReason, breachReasonIds } from "../../../../contracts/codes/indicator-words.ts";
import { fewestCases, type IndicatorNumbers } from "../../../../contracts/messages/indicators.ts";
import type { Counted } from "./cells.ts";
import type { ClockOutcome, ClockRow } from "./clock-row.ts";

export type Clocks = readonly Counted<ClockRow>[];
type Numbers = Omit<IndicatorNumbers, "hidden" | "trend">;

const sum = (clocks: Clocks, of: (row: ClockRow) => number): number =>
  clocks.reduce((total, { row, count }) => total + of(row) * count, 0);
const clocksIn = (clocks: Clocks): number => sum(clocks, () => 1);

/** What tells how many cases there are at the least. */
type OfCase = { agreement: string; debtor: string; first: boolean; firstOfDebtor: boolean };

/**
 * How many different cases there are at the least: the cases of each agreement, and of each agreement with each debtor, are counted
 * once, and the most of these is it. A citizen with many clocks in one case is still one; who is there at all is one at the least.
 */
export const casesIn = (rows: readonly Counted<OfCase>[]): number => {
  const firsts = new Map<string, number>();
  const add = (key: string, count: number): void => {
    firsts.set(key, (firsts.get(key) ?? 0) + count);
  };
  for (const { row, count } of rows) {
    if (row.first) add(row.agreement, count);
    if (row.firstOfDebtor) add(`${row.agreement}|${row.debtor}`, count);
  }
  return Math.max(rows.length === 0 ? 0 : 1, ...firsts.values());
};

export const isSmall = (clocks: Clocks): boolean => casesIn(clocks) < fewestCases;

/** Percent with one decimal, halves up. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 1_000) / whole) / 10;

/** By nearest rank: the smallest value that so large a part is no greater than. Exact, and one that there was. */
const rankIn = (sorted: readonly (readonly [value: number, count: number])[], rank: number): number => {
  let passed = 0;
  for (const [value, count] of sorted) {
    passed += count;
    if (passed >= rank) return value;
  }
  return 0;
};

const spreadOf = (clocks: Clocks, of: (row: ClockRow) => number): { median: number; p90: number } => {
  const counts = new Map<number, number>();
  for (const { row, count } of clocks) counts.set(of(row), (counts.get(of(row)) ?? 0) + count);
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  const all = clocksIn(clocks);
  return { median: rankIn(sorted, Math.ceil(all / 2)), p90: rankIn(sorted, Math.ceil((all * 9) / 10)) };
};

const ended = (clocks: Clocks, outcomes: readonly ClockOutcome[]): Counted<ClockRow>[] =>
  clocks.filter(({ row }) => outcomes.includes(row.outcome));

const whenMany = <T>(clocks: Clocks, of: () => T): T | null => (isSmall(clocks) ? null : of());

export const decidedIn = (clocks: Clocks): Counted<ClockRow>[] =>
  ended(clocks, ["inTime", "late", "openLate", "cancelledLate"]);
const answeredIn = (clocks: Clocks): Counted<ClockRow>[] => ended(clocks, ["inTime", "late"]);
const breachedIn = (clocks: Clocks): Counted<ClockRow>[] =>
  ended(clocks, ["late", "openLate", "cancelledLate"]);

const reasonsOf = (breached: Clocks): Partial<Record<BreachReason, number>> =>
  Object.fromEntries(
    breachReasonIds
      .map((reason) => [reason, clocksIn(breached.filter(({ row }) => row.reason === reason))] as const)
      .filter(([, count]) => count > 0),
  );

/** Not split when fewer than five are decided; where none is, nothing is there to hide. */
const split = (clocks: Clocks, decided: Clocks, outcomes: readonly ClockOutcome[]): number | null =>
  decided.length > 0 && isSmall(decided) ? null : clocksIn(ended(clocks, outcomes));

const outcomesOf = (
  clocks: Clocks,
): Pick<
  Numbers,
  "decided" | "inTime" | "late" | "openLate" | "cancelledLate" | "breached" | "open" | "cancelled"
> => {
  const decided = decidedIn(clocks);
  const count = (...outcomes: ClockOutcome[]): number | null => split(clocks, decided, outcomes);
  return {
    decided: clocksIn(decided),
    inTime: count("inTime"),
    late: count("late"),
    openLate: count("openLate"),
    cancelledLate: count("cancelledLate"),
    breached: count("late", "openLate", "cancelledLate"),
    open: clocksIn(ended(clocks, ["open"])),
    cancelled: clocksIn(ended(clocks, ["cancelled"])),
  };
};

const timesOf = (
  clocks: Clocks,
): Pick<Numbers, "answerMinutes" | "answerWorkingDays" | "longestOpenHours" | "pausedShare"> => {
  const answered = answeredIn(clocks);
  const unanswered = ended(clocks, ["open", "openLate"]);
  const longest = unanswered.reduce((most, { row }) => Math.max(most, row.minutes), 0);
  const paused = sum(clocks, ({ pausedMinutes }) => pausedMinutes);
  const waited = sum(clocks, ({ minutes }) => minutes);
  return {
    answerMinutes: whenMany(answered, () => spreadOf(answered, ({ minutes }) => minutes)),
    answerWorkingDays: whenMany(answered, () => spreadOf(answered, ({ days }) => days)),
    longestOpenHours: whenMany(unanswered, () => Math.floor(longest / 60)),
    pausedShare: percentOf(paused, paused + waited),
  };
};

/** All the numbers of a group that is not small itself. */
export const numbersOf = (clocks: Clocks): Numbers => {
  const decided = decidedIn(clocks);
  const breached = breachedIn(clocks);
  return {
    clocks: clocksIn(clocks),
    cases: casesIn(clocks),
    ...outcomesOf(clocks),
    shareInTime: whenMany(decided, () => percentOf(clocksIn(ended(decided, ["inTime"])), clocksIn(decided))),
    ...timesOf(clocks),
    pausedClocks: sum(clocks, ({ paused }) => (paused ? 1 : 0)),
    reasons: whenMany(breached, () => reasonsOf(breached)),
  };
};
