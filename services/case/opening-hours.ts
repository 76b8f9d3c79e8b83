/** When an organisation is open, in Danish local time, and arithmetic on the minutes that it is. */
import type { Opening } from "../../contracts/messages/directory.ts";
import type { Instant } from "../../contracts/time.ts";
import { addDays, isClosingDay, isPublicHoliday, isWorkingDay, weekdayOf } from "./calendar.ts";
import { instantOf, instantOfLocal, localDateOf, msOf } from "./clock-zone.ts";

/** What the directory says of a party's time. Both lists may be empty. */
export type Hours = { openingHours: readonly Opening[]; closingDays: readonly string[] };

type Span = { opens: string; closes: string };

/** Without known opening hours, a working day lasts all day (response-time agreements, clock rule). */
const allDay: Span = { opens: "00:00", closes: "24:00" };
const endOfDay = "23:59:59";

const spansOf = (weekday: number, openings: readonly Opening[]): Span[] =>
  openings.filter((opening) => opening.days.includes(weekday));

/** Overlapping openings count once, so the minutes of a day are never counted twice. */
const merged = (spans: Span[]): Span[] => {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.opens.localeCompare(b.opens))) {
    const last = result.at(-1);
    if (last === undefined || span.opens > last.closes) result.push({ ...span });
    else if (span.closes > last.closes) last.closes = span.closes;
  }
  return result;
};

/**
 * The spans of one day. A public holiday has the hours of a Sunday, so whoever opens on Sundays (an out-of-hours
 * service) opens then too, and everyone else is closed.
 */
const openSpansOf = (localDate: string, hours: Hours): Span[] => {
  if (hours.openingHours.length === 0) return isWorkingDay(localDate, hours.closingDays) ? [allDay] : [];
  if (isClosingDay(localDate, hours.closingDays)) return [];
  const weekday = isPublicHoliday(localDate) ? 7 : weekdayOf(localDate);
  return merged(spansOf(weekday, hours.openingHours));
};

/**
 * The closing time of a day, `hh:mm` or `hh:mm:ss`: the last of the day's openings counts, so that a lunch break is no
 * closing time. On a day without openings it is 23:59:59 (response-time agreements, clock rule).
 */
export const closingTimeOf = (localDate: string, openings: readonly Opening[]): string =>
  spansOf(weekdayOf(localDate), openings)
    .map((opening) => opening.closes)
    .toSorted()
    .at(-1) ?? endOfDay;

/** The instant at which something due on a date is due. */
export const dueAtClosing = (localDate: string, openings: readonly Opening[]): Instant =>
  instantOfLocal(localDate, closingTimeOf(localDate, openings));

type Interval = { fromMs: number; toMs: number };

/** A day's openings as real time. A time skipped in March may leave an interval empty; it is dropped. */
const intervalsOf = (localDate: string, hours: Hours): Interval[] =>
  openSpansOf(localDate, hours)
    .map((span) => ({
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
