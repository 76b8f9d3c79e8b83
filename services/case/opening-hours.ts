/** When an organisation is open, in Danish local time, and arithmetic on the minutes that it is. */
import type { Opening } from "../../contracts/messages/directory.ts";
import type { Instant } from "../../contracts/time.ts";
import { addDays, type CountingDays, isClosingDay, isPublicHoliday, weekdayOf } from "./calendar.ts";
import { instantOf, instantOfLocal, localDateOf, msOf } from "./clock-zone.ts";

/**
 * A party's time. What the directory tells of it are the first two lists, and both may be empty; a calendar of a file may tell
 * the rest.
 */
export type Hours = {
  openingHours: readonly Opening[];
  closingDays: readonly string[];
  /** Which days count: Monday to Friday without public holidays (the default), or every day of the year. */
  days?: "workingDays" | "everyDay";
  /** Closed from one date to another, both included. */
  closingPeriods?: readonly { from: string; to: string }[];
  /** Days that end early: once (`yyyy-mm-dd`) or every year (`mm-dd`). */
  halfDays?: readonly { day: string; closes: string }[];
  /** Other opening hours from a date on, in the order of their dates. */
  changes?: readonly { from: string; openingHours: readonly Opening[] }[];
  /** Whose hours count on days that the organisation has closed by its own choice. Theirs are not followed further. */
  substitutes?: readonly { hours: Hours; from?: string | undefined; to?: string | undefined }[];
};

export type Span = { opens: string; closes: string };

/** Why a day counts or does not. `halfDay`: it ends before it begins. */
export type DayReason = "counts" | "weekend" | "holiday" | "closingDay" | "closingPeriod" | "halfDay";

/** One day of a calendar. A day that does not count may have hours all the same, e.g. an out-of-hours service's. */
export type Day = { counts: boolean; why: DayReason; spans: readonly Span[]; closes: string };

/** Without known opening hours, a working day lasts all day (response-time agreements, clock rule). */
const allDay: Span = { opens: "00:00", closes: "24:00" };
const endOfDay = "23:59:59";

const spansOf = (weekday: number, openings: readonly Opening[]): Span[] =>
  openings.filter((opening) => opening.days.includes(weekday));

/** Overlapping openings count once, so the minutes of a day are never counted twice. */
const merged = (spans: Span[]): Span[] => {
  const result: Span[] = [];
  for (const { opens, closes } of spans.toSorted((a, b) => a.opens.localeCompare(b.opens))) {
    const last = result.at(-1);
    if (last === undefined || opens > last.closes) result.push({ opens, closes });
    else if (closes > last.closes) last.closes = closes;
  }
  return result;
};

const cutAt = (spans: readonly Span[], end: string): Span[] =>
  spans
    .filter(({ opens }) => opens < end)
    .map(({ opens, closes }) => ({ opens, closes: closes < end ? closes : end }));

const isWithin = (
  date: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): boolean => (from === undefined || from <= date) && (to === undefined || date <= to);

const closedBy = (date: string, hours: Hours): "closingDay" | "closingPeriod" | undefined => {
  if (isClosingDay(date, hours.closingDays)) return "closingDay";
  return hours.closingPeriods?.some((period) => isWithin(date, period)) === true
    ? "closingPeriod"
    : undefined;
};

const openingsOn = (date: string, { openingHours, changes }: Hours): readonly Opening[] =>
  changes?.findLast(({ from }) => from <= date)?.openingHours ?? openingHours;

const offDay = (date: string, { days }: Hours): "weekend" | "holiday" | undefined => {
  if (days === "everyDay") return undefined;
  if (isPublicHoliday(date)) return "holiday";
  return weekdayOf(date) > 5 ? "weekend" : undefined;
};

const closedDay = (why: DayReason): Day => ({ counts: false, why, spans: [], closes: endOfDay });

const latest = (spans: readonly Span[]): string => {
  const last = spans
    .map(({ closes }) => closes)
    .toSorted()
    .at(-1);
  return last === undefined || last === allDay.closes ? endOfDay : last;
};

/**
 * A public holiday has the hours of a Sunday, so whoever opens on Sundays (an out-of-hours service) opens then too, and
 * everyone else is closed.
 */
const unclosedDayOf = (date: string, hours: Hours): Day => {
  const off = offDay(date, hours);
  const openings = openingsOn(date, hours);
  const unknown = off === undefined ? [allDay] : [];
  const weekday = off === "holiday" ? 7 : weekdayOf(date);
  const spans = openings.length === 0 ? unknown : merged(spansOf(weekday, openings));
  const end = hours.halfDays?.find(({ day }) => isClosingDay(date, [day]))?.closes;
  const why = off ?? "counts";
  if (end === undefined) return { counts: off === undefined, why, spans, closes: latest(spans) };
  const left = cutAt(spans, end);
  return left.length === 0 && spans.length > 0
    ? closedDay("halfDay")
    : { counts: off === undefined, why, spans: left, closes: latest(left) };
};

/** What a calendar says of one date. */
export const dayOf = (date: string, hours: Hours): Day => {
  const closed = closedBy(date, hours);
  if (closed === undefined) return unclosedDayOf(date, hours);
  const substitute = hours.substitutes?.find((each) => isWithin(date, each));
  return substitute === undefined ? closedDay(closed) : dayOf(date, { ...substitute.hours, substitutes: [] });
};

/** The days that count in a calendar. */
export const countingDaysOf = (hours: Hours): CountingDays => ({
  counts: (date) => dayOf(date, hours).counts,
  unclosed: (date) => offDay(date, hours) === undefined,
});

/**
 * The closing time of a day, `hh:mm` or `hh:mm:ss`: the last of the day's openings counts, so that a lunch break is no
 * closing time. On a day without openings it is 23:59:59 (response-time agreements, clock rule).
 */
export const closingTimeOf = (localDate: string, openings: readonly Opening[]): string =>
  latest(spansOf(weekdayOf(localDate), openings));

/** The instant at which something due on a date is due. */
export const dueAtClosing = (localDate: string, openings: readonly Opening[]): Instant =>
  instantOfLocal(localDate, closingTimeOf(localDate, openings));

export type Interval = { fromMs: number; toMs: number };

/** A day's openings as real time. A time skipped in March may leave an interval empty; it is dropped. */
export const intervalsOf = (localDate: string, hours: Hours): Interval[] =>
  dayOf(localDate, hours)
    .spans.map((span) => ({
      fromMs: msOf(instantOfLocal(localDate, span.opens)),
      toMs: msOf(instantOfLocal(localDate, span.closes)),
    }))
    .filter((interval) => interval.toMs > interval.fromMs);

/** No organisation is closed for two years on end: openings that never come are read as none known. */
const longestSearchDays = 731;

/**
 * The instant at which `minutes` of real time have passed within the openings, counted from `start`. Zero minutes is
 * `start` itself, open or not. When the last minute ends at closing time, that is the answer, not the next opening.
 */
export const addOpeningMinutes = (start: Instant, minutes: number, hours: Hours): Instant => {
  const startMs = msOf(start);
  let leftMs = Math.round(minutes * 60_000);
  if (leftMs <= 0) return start;
  let date = localDateOf(start);
  for (let closedDays = 0; closedDays < longestSearchDays; date = addDays(date, 1)) {
    const intervals = intervalsOf(date, hours);
    closedDays = intervals.length === 0 ? closedDays + 1 : 0;
    for (const { fromMs, toMs } of intervals) {
      const beginMs = Math.max(fromMs, startMs);
      if (beginMs + leftMs <= toMs) return instantOf(beginMs + leftMs);
      leftMs -= Math.max(0, toMs - beginMs);
    }
  }
  return addOpeningMinutes(start, minutes, { openingHours: [], closingDays: [] });
};

/** The real time, in minutes and parts of a minute, for which the openings lasted from one instant to another. */
export const openingMinutesBetween = (from: Instant, to: Instant, hours: Hours): number => {
  const [fromMs, endMs] = [msOf(from), msOf(to)];
  const lastDate = localDateOf(to);
  let openMs = 0;
  for (let date = localDateOf(from); date <= lastDate; date = addDays(date, 1))
    for (const interval of intervalsOf(date, hours))
      openMs += Math.max(0, Math.min(interval.toMs, endMs) - Math.max(interval.fromMs, fromMs));
  return openMs / 60_000;
};
