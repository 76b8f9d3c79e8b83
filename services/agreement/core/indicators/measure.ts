/** The numbers of a group of clocks. Nothing is worked out of fewer than five cases. */
import { type BreachReason, breachReasonIds } from "../../../../contracts/codes/indicator-words.ts";
import { fewestCases, type IndicatorNumbers } from "../../../../contracts/messages/indicators.ts";
import type { Counted } from "./cells.ts";
import type { ClockOutcome, ClockRow } from "./clock-row.ts";
import { eachRow, type Steps } from "./steps.ts";

export type Clocks = readonly Counted<ClockRow>[];
type Numbers = Omit<IndicatorNumbers, "hidden" | "trend">;

/** What tells how many cases there are at the least. */
type OfCase = { agreement: string; debtor: string; first: boolean; firstOfDebtor: boolean };

/** What cases are counted by: small beside the rows, so that groups are put together without going through them again. */
type Firsts = { any: boolean; counts: Map<string, number> };

const noFirsts = (): Firsts => ({ any: false, counts: new Map() });

const addFirst = (firsts: Firsts, { row, count }: Counted<OfCase>): void => {
  const { agreement, debtor, first, firstOfDebtor } = row;
  const add = (key: string): void => {
    firsts.counts.set(key, (firsts.counts.get(key) ?? 0) + count);
  };
  firsts.any = true;
  if (first) add(agreement);
  if (firstOfDebtor) add(`${agreement}|${debtor}`);
};

/**
 * How many different cases there are at the least: the cases of each agreement, and of each agreement with each debtor, are counted
 * once, and the most of these is it. A citizen with many clocks in one case is still one; who is there at all is one at the least.
 */
const casesOf = (groups: readonly Firsts[]): number => {
  const together = new Map<string, number>();
  let most = groups.some(({ any }) => any) ? 1 : 0;
  for (const { counts } of groups) {
    for (const [key, count] of counts) {
      const sum = (together.get(key) ?? 0) + count;
      together.set(key, sum);
      if (sum > most) most = sum;
    }
  }
  return most;
};

/** How many cases there are at the least in groups of rows, named by their places. */
export function* sizesOf(
  groups: readonly (readonly Counted<OfCase>[])[],
): Steps<(places: readonly number[]) => number> {
  const found: Firsts[] = [];
  for (const rows of groups) {
    const firsts = noFirsts();
    yield* eachRow(rows, (one) => {
      addFirst(firsts, one);
    });
    found.push(firsts);
  }
  return (places) => casesOf(places.flatMap((place) => found[place] ?? []));
}

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

/** Clocks that have something in common: how many, of how many cases. */
type Part = { clocks: number; firsts: Firsts };

const noPart = (): Part => ({ clocks: 0, firsts: noFirsts() });

const addTo = (part: Part, one: Counted<ClockRow>): void => {
  part.clocks += one.count;
  addFirst(part.firsts, one);
};

const isFew = ({ firsts }: Part): boolean => casesOf([firsts]) < fewestCases;

const whenMany = <T>(part: Part, of: () => T): T | null => (isFew(part) ? null : of());

const decidedOutcomes: ReadonlySet<ClockOutcome> = new Set(["inTime", "late", "openLate", "cancelledLate"]);
const answeredOutcomes: ReadonlySet<ClockOutcome> = new Set(["inTime", "late"]);
const breachedOutcomes: ReadonlySet<ClockOutcome> = new Set(["late", "openLate", "cancelledLate"]);
const unansweredOutcomes: ReadonlySet<ClockOutcome> = new Set(["open", "openLate"]);

export const isDecided = ({ outcome }: Pick<ClockRow, "outcome">): boolean => decidedOutcomes.has(outcome);

/** All that the numbers of a group are made of, found in one pass over its rows. */
type Sums = {
  all: Part;
  decided: Part;
  answered: Part;
  breached: Part;
  unanswered: Part;
  outcomes: Map<ClockOutcome, number>;
  reasons: Map<string, number>;
  minutes: Map<number, number>;
  days: Map<number, number>;
  longest: number;
  waitedMinutes: number;
  pausedMinutes: number;
  pausedClocks: number;
};

const noSums = (): Sums => ({
  all: noPart(),
  decided: noPart(),
  answered: noPart(),
  breached: noPart(),
  unanswered: noPart(),
  outcomes: new Map(),
  reasons: new Map(),
  minutes: new Map(),
  days: new Map(),
  longest: 0,
  waitedMinutes: 0,
  pausedMinutes: 0,
  pausedClocks: 0,
});

const more = <Key>(counts: Map<Key, number>, key: Key, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};

const addAnswered = (sums: Sums, one: Counted<ClockRow>): void => {
  addTo(sums.answered, one);
  more(sums.minutes, one.row.minutes, one.count);
  more(sums.days, one.row.days, one.count);
};

const addRow = (sums: Sums, one: Counted<ClockRow>): void => {
  const { row, count } = one;
  const { outcome, minutes, pausedMinutes, paused, reason } = row;
  addTo(sums.all, one);
  more(sums.outcomes, outcome, count);
  sums.waitedMinutes += minutes * count;
  sums.pausedMinutes += pausedMinutes * count;
  if (paused) sums.pausedClocks += count;
  if (isDecided(row)) addTo(sums.decided, one);
  if (answeredOutcomes.has(outcome)) addAnswered(sums, one);
  if (breachedOutcomes.has(outcome)) {
    addTo(sums.breached, one);
    more(sums.reasons, reason, count);
  }
  if (unansweredOutcomes.has(outcome)) {
    addTo(sums.unanswered, one);
    sums.longest = Math.max(sums.longest, minutes);
  }
};

const spreadOf = (counts: ReadonlyMap<number, number>, { clocks }: Part): { median: number; p90: number } => {
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  return { median: rankIn(sorted, Math.ceil(clocks / 2)), p90: rankIn(sorted, Math.ceil((clocks * 9) / 10)) };
};

const reasonsOf = ({ reasons }: Sums): Partial<Record<BreachReason, number>> =>
  Object.fromEntries(
    breachReasonIds
      .map((reason) => [reason, reasons.get(reason) ?? 0] as const)
      .filter(([, count]) => count > 0),
  );

const outcomesOf = ({
  decided,
  breached,
  outcomes,
}: Sums): Pick<
  Numbers,
  "decided" | "inTime" | "late" | "openLate" | "cancelledLate" | "breached" | "open" | "cancelled"
> => {
  // Not split when fewer than five are decided; where none is, nothing is there to hide.
  const isHidden = decided.firsts.any && isFew(decided);
  const count = (outcome: ClockOutcome): number => outcomes.get(outcome) ?? 0;
  const split = (outcome: ClockOutcome): number | null => (isHidden ? null : count(outcome));
  return {
    decided: decided.clocks,
    inTime: split("inTime"),
    late: split("late"),
    openLate: split("openLate"),
    cancelledLate: split("cancelledLate"),
    breached: isHidden ? null : breached.clocks,
    open: count("open"),
    cancelled: count("cancelled"),
  };
};

const timesOf = ({
  answered,
  unanswered,
  ...sums
}: Sums): Pick<Numbers, "answerMinutes" | "answerWorkingDays" | "longestOpenHours" | "pausedShare"> => ({
  answerMinutes: whenMany(answered, () => spreadOf(sums.minutes, answered)),
  answerWorkingDays: whenMany(answered, () => spreadOf(sums.days, answered)),
  longestOpenHours: whenMany(unanswered, () => Math.floor(sums.longest / 60)),
  pausedShare: percentOf(sums.pausedMinutes, sums.pausedMinutes + sums.waitedMinutes),
});

/** All the numbers of a group; whether it is small itself is for its reader to say. */
export function* numbersOf(clocks: Clocks): Steps<Numbers> {
  const sums = noSums();
  yield* eachRow(clocks, (one) => {
    addRow(sums, one);
  });
  const { all, decided, breached, outcomes, pausedClocks } = sums;
  const shareInTime = (): number | null => percentOf(outcomes.get("inTime") ?? 0, decided.clocks);
  return {
    clocks: all.clocks,
    cases: casesOf([all.firsts]),
    ...outcomesOf(sums),
    shareInTime: whenMany(decided, shareInTime),
    ...timesOf(sums),
    pausedClocks,
    reasons: whenMany(breached, () => reasonsOf(sums)),
  };
}
