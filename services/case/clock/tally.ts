/** The days of a reckoning, one by one, for people to follow. It finds no due time: it says how the one that was found came about. */
import type { Limit } from "../../../contracts/limits.ts";
import type { Instant } from "../../../contracts/time.ts";
import { addDays, daysBetween } from "../calendar.ts";
import { type DayRule, type DaysLimit, dayRuleOf } from "../clock-rules.ts";
import { instantOf, localDateOf, msOf } from "../clock-zone.ts";
import { dayOf, type Hours, intervalsOf } from "../opening-hours.ts";
import { minutesBetween, type Run, type Waited } from "./run.ts";
import type { DayLine } from "./trace.ts";

type Reckoning = { hours: Hours; startedAt: Instant; due: Instant; waited: readonly Waited[] };

const reasonOf = (date: string, hours: Hours): DayLine["why"] => {
  const { why } = dayOf(date, hours);
  return why === "counts" ? "counted" : why;
};

const datesFrom = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last)) + 1 }, (_, i) => addDays(first, i));

const pausedAt = (waited: readonly Waited[], instant: Instant): boolean =>
  waited.some((each) => each.pausedAt <= instant && instant < each.resumedAt);

/** Whether a day is given back: it began in a pause's dates, and the pause outlasted it. */
const isLost = (waited: readonly Waited[], date: string): boolean =>
  waited.some((each) => localDateOf(each.pausedAt) <= date && date < localDateOf(each.resumedAt));

const lastDate = (limit: DaysLimit, due: Instant): string =>
  localDateOf(limit.kind === "calendarDays" ? instantOf(msOf(due) - 1) : due);

type Numbered = { rule: DayRule; waited: readonly Waited[]; last: string };

/** A day that counts, with its number. A start that was lost to a pause is made good by the next day, which is day 0 then. */
const numberedDay = (date: string, no: number, { rule, waited, last }: Numbered): DayLine => {
  if (date === last) return { date, counts: true, why: "counted", no };
  if (no <= 0) return { date, counts: false, why: "start" };
  return no >= rule.days && pausedAt(waited, rule.closes(date))
    ? { date, counts: false, why: "closedInPause", no }
    : { date, counts: true, why: "counted", no };
};

const inDays = (limit: DaysLimit, { hours, startedAt, due, waited }: Reckoning): DayLine[] => {
  const rule = dayRuleOf(limit, hours);
  const [first, last] = [localDateOf(startedAt), lastDate(limit, due)];
  let no = 0;
  return datesFrom(first, last).map((date): DayLine => {
    const counts = rule.counts(date);
    const lost = counts && isLost(waited, date);
    no += Number(counts && date !== first) - Number(lost);
    if (lost) return { date, counts: false, why: "lost" };
    if (date === first) return { date, counts: false, why: "start" };
    return counts
      ? numberedDay(date, no, { rule, waited, last })
      : { date, counts, why: reasonOf(date, hours) };
  });
};

const inWindows = (hours: Hours, { startedAt, due }: Reckoning): DayLine[] => {
  const last = localDateOf(due);
  return datesFrom(localDateOf(startedAt), last).map((date): DayLine => {
    const why = reasonOf(date, hours);
    if (date === last) return { date, counts: true, why: "counted" };
    return { date, counts: false, why: why === "counted" ? "windowMissed" : why };
  });
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

type Piece = { from: Instant; to: Instant };

/** What is left of a span when the pauses are taken out of it. */
const without = (piece: Piece, waited: readonly Waited[]): Piece[] =>
  waited
    .reduce<Piece[]>(
      (pieces, pause) =>
        pieces.flatMap(({ from, to }) => [
          { from, to: earlier(to, pause.pausedAt) },
          { from: later(from, pause.resumedAt), to },
        ]),
      [piece],
    )
    .filter(({ from, to }) => from < to);

const inMinutes = ({ hours, startedAt, due, waited }: Reckoning): DayLine[] =>
  datesFrom(localDateOf(startedAt), localDateOf(due)).map((date): DayLine => {
    const open = intervalsOf(date, hours);
    const spans = open
      .map(({ fromMs, toMs }) => ({
        from: later(instantOf(fromMs), startedAt),
        to: earlier(instantOf(toMs), due),
      }))
      .flatMap((piece) => without(piece, waited));
    const minutes = spans.reduce((sum, { from, to }) => sum + minutesBetween(from, to), 0);
    if (minutes > 0) return { date, counts: true, why: "counted", spans, minutes };
    if (open.length > 0) return { date, counts: false, why: "outside" };
    const why = reasonOf(date, hours);
    return { date, counts: false, why: why === "counted" ? "noHours" : why };
  });

const linesOf = (limit: Limit, reckoning: Reckoning): DayLine[] => {
  switch (limit.kind) {
    case "elapsed":
      return [];
    case "openingMinutes":
      return inMinutes(reckoning);
    case "readingWindow":
      return inWindows(reckoning.hours, reckoning);
    case "workingDays":
    case "sameOrNextDay":
    case "timeOfDay":
    case "calendarDays":
      return inDays(limit, reckoning);
  }
};

/** Each date from the start to the due time of a run: which count, with what number or minutes, and why the others do not. */
export const tallyOf = ({ terms, startedAt, aim, waited, paused }: Run): DayLine[] => {
  const gave = waited.filter(({ gives }) => gives);
  // While it is paused nobody knows where it leads.
  if (paused !== undefined) return [];
  return linesOf(terms.limit, { hours: terms.using.hours, startedAt, due: aim.at, waited: gave });
};
