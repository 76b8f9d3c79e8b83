/** When a promise falls due, and where a pause moves it. */
import type { Limit } from "../../contracts/clocks.ts";
import type { Instant } from "../../contracts/time.ts";
import { addDays, addWorkingDays, daysBetween, isWorkingDay, workingDaysBetween } from "./calendar.ts";
import { instantOf, instantOfLocal, localDateOf, msOf } from "./clock-zone.ts";
import { addOpeningMinutes, dueAtClosing, type Hours, openingMinutesBetween } from "./opening-hours.ts";

export type { Hours };

/**
 * The closing time of the last of `days` working days; the day after the start is day 1, also when the start is after
 * closing time (response-time agreements, clock rule). Within 0 days is the next closing time of a working day.
 */
const dueInWorkingDays = (start: Instant, days: number, hours: Hours): Instant => {
  const startDate = localDateOf(start);
  if (days > 0) return dueAtClosing(addWorkingDays(startDate, days, hours.closingDays), hours.openingHours);
  const sameDay = dueAtClosing(startDate, hours.openingHours);
  return isWorkingDay(startDate, hours.closingDays) && sameDay > start
    ? sameDay
    : dueInWorkingDays(start, 1, hours);
};

/** The instant at which a Danish date ends. */
const midnightAfter = (date: string): Instant => instantOfLocal(addDays(date, 1), "00:00");
const dayEndingAt = (midnight: Instant): string => addDays(localDateOf(midnight), -1);

/** When something that starts now is due. `due` is the first instant that is too late. */
export const dueOf = (limit: Limit, start: Instant, hours: Hours): Instant => {
  switch (limit.kind) {
    case "workingDays":
      return dueInWorkingDays(start, limit.days, hours);
    case "elapsed":
      return instantOf(msOf(start) + limit.minutes * 60_000);
    case "openingMinutes":
      return addOpeningMinutes(start, limit.minutes, hours);
    case "calendarDays":
      return midnightAfter(addDays(localDateOf(start), limit.days));
  }
};

/** A clock's pause, and the debtor's hours as they are when it resumes. */
export type Pause = { pausedAt: Instant; resumedAt: Instant; hours: Hours };

/**
 * Each limit is moved in its own unit. Minutes move by the minutes lost. Working days move by the days lost, those with
 * paused date <= d < resumed date: the debtor gets back each working day that it began by waiting, and keeps the rest
 * of the day on which the answer came, as it would have kept the rest of the day of the start. Hence a clock paused on
 * the working day it started, and resumed on another, ends as if started then; a pause within one day, or from Saturday
 * to Monday, moves nothing; and two pauses in a row move as much as one over both.
 */
const shifted = (limit: Limit, due: Instant, { pausedAt, resumedAt, hours }: Pause): Instant => {
  switch (limit.kind) {
    case "workingDays": {
      const lost = workingDaysBetween(localDateOf(pausedAt), localDateOf(resumedAt), hours.closingDays);
      if (lost === 0) return due;
      return dueAtClosing(addWorkingDays(localDateOf(due), lost, hours.closingDays), hours.openingHours);
    }
    case "elapsed":
      return instantOf(msOf(due) + Math.max(0, msOf(resumedAt) - msOf(pausedAt)));
    case "openingMinutes":
      return addOpeningMinutes(due, openingMinutesBetween(pausedAt, resumedAt, hours), hours);
    case "calendarDays":
      return midnightAfter(
        addDays(dayEndingAt(due), daysBetween(localDateOf(pausedAt), localDateOf(resumedAt))),
      );
  }
};

type Times = { warnAt: Instant; due: Instant };

/** When a clock is due, and warns, after a pause. */
export const shiftForPause = (
  limits: { limit: Limit; warnAt: Limit },
  times: Times,
  pause: Pause,
): Times => ({
  warnAt: shifted(limits.warnAt, times.warnAt, pause),
  due: shifted(limits.limit, times.due, pause),
});
