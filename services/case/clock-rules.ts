/**
 * When a promise falls due, and where a pause moves it: the one arithmetic of the house. `due` is the last instant that is in
 * time. Every limit but two is a number of days, and the closing times of the days that count.
 */
import { warningsOf } from "../../contracts/agreement.ts";
import type { Limit } from "../../contracts/limits.ts";
import { earlierOf, type Instant } from "../../contracts/time.ts";
import { addCountingDays, addDays, type CountingDays, countingDaysBetween } from "./calendar.ts";
import { instantOf, instantOfLocal, localDateOf, msOf } from "./clock-zone.ts";
import {
  addOpeningMinutes,
  countingDaysOf,
  dayOf,
  type Hours,
  openingMinutesBetween,
} from "./opening-hours.ts";

export type { Hours };

type WindowLimit = Extract<Limit, { kind: "readingWindow" }>;
type MinutesLimit = Extract<Limit, { minutes: number }>;
/** A limit that is a number of days, the day after the start being day 1. */
export type DaysLimit = Exclude<Limit, WindowLimit | MinutesLimit>;

/** The days that count for a limit, and when each is over. */
export type DayRule = CountingDays & { days: number; closes: (date: string) => Instant };

/** The instant at which a Danish date ends. */
const midnightAfter = (date: string): Instant => instantOfLocal(addDays(date, 1), "00:00");

const everyDay: CountingDays = { counts: () => true, unclosed: () => true };

export const dayRuleOf = (limit: DaysLimit, hours: Hours): DayRule => {
  const atClosing = (date: string): Instant => instantOfLocal(date, dayOf(date, hours).closes);
  switch (limit.kind) {
    case "workingDays":
      return { ...countingDaysOf(hours), days: limit.days, closes: atClosing };
    case "sameOrNextDay":
      return { ...countingDaysOf(hours), days: limit.day === "same" ? 0 : 1, closes: atClosing };
    case "timeOfDay":
      return { ...countingDaysOf(hours), days: limit.days, closes: (date) => instantOfLocal(date, limit.at) };
    case "calendarDays":
      return { ...everyDay, days: limit.days, closes: midnightAfter };
  }
};

/** The first closing time of a counting day at or after an instant. Midnight ends the day before it. */
const firstClosing = (rule: DayRule, from: Instant): Instant => {
  const date = localDateOf(instantOf(msOf(from) - 1));
  const today = rule.closes(date);
  return rule.counts(date) && today >= from ? today : rule.closes(addCountingDays(date, 1, rule));
};

const justAfter = (instant: Instant): Instant => instantOf(msOf(instant) + 1);

/** Within 0 days is the next closing time of a day that counts. A time of day is that time, also when it is past. */
const dueInDays = (limit: DaysLimit, start: Instant, hours: Hours): Instant => {
  const rule = dayRuleOf(limit, hours);
  const date = localDateOf(start);
  if (rule.days > 0 || limit.kind === "timeOfDay" || limit.kind === "calendarDays")
    return rule.closes(addCountingDays(date, rule.days, rule));
  return firstClosing(rule, justAfter(start));
};

/** What comes before the cutoff of a counting day is read that day, all else on the next. */
const dueInWindow = ({ cutoff, by }: WindowLimit, start: Instant, hours: Hours): Instant => {
  const days = countingDaysOf(hours);
  const date = localDateOf(start);
  const isToday = days.counts(date) && start < instantOfLocal(date, cutoff);
  return instantOfLocal(isToday ? date : addCountingDays(date, 1, days), by);
};

/** When something that starts now is due. */
export const dueOf = (limit: Limit, start: Instant, hours: Hours): Instant => {
  switch (limit.kind) {
    case "elapsed":
      return instantOf(msOf(start) + limit.minutes * 60_000);
    case "openingMinutes":
      return addOpeningMinutes(start, limit.minutes, hours);
    case "readingWindow":
      return dueInWindow(limit, start, hours);
    case "workingDays":
    case "sameOrNextDay":
    case "timeOfDay":
    case "calendarDays":
      return dueInDays(limit, start, hours);
  }
};

/** Whether something comes too late. At the very instant at which it is due it is in time. */
export const isLate = (at: Instant, due: Instant): boolean => at > due;

/** A clock's pause, and the debtor's hours as they are when it resumes. */
export type Pause = { pausedAt: Instant; resumedAt: Instant; hours: Hours };

/**
 * What a clock runs towards. `counted` is where the days and minutes alone lead. It is earlier than `at` when the clock was paused
 * at that very time: then it is due at the next closing time, since nobody could answer while waiting.
 */
export type Aim = { at: Instant; counted: Instant };

export const aimOf = (limit: Limit, start: Instant, hours: Hours): Aim => {
  const at = dueOf(limit, start, hours);
  return { at, counted: at };
};

/**
 * Each limit is moved in its own unit. Minutes move by the minutes lost. Days move by the days lost, those that count with
 * paused date <= d < resumed date: the debtor gets back each working day that it began by waiting, and keeps the rest
 * of the day on which the answer came, as it would have kept the rest of the day of the start. Hence a clock paused on
 * the working day it started, and resumed on another, ends as if started then; a pause within one day, or from Saturday
 * to Monday, moves nothing but a closing time at which the clock was paused; and two pauses in a row move as much as one over both.
 */
const movedInDays = (limit: DaysLimit, counted: Instant, { pausedAt, resumedAt, hours }: Pause): Aim => {
  const rule = dayRuleOf(limit, hours);
  // Within no days there are none to lose: the next closing time is due, whenever the pause ends.
  const lost = rule.days === 0 ? 0 : countingDaysBetween(localDateOf(pausedAt), localDateOf(resumedAt), rule);
  // The midnight that ends a calendar day is already the next date.
  const date = localDateOf(limit.kind === "calendarDays" ? instantOf(msOf(counted) - 1) : counted);
  const next = lost === 0 ? counted : rule.closes(addCountingDays(date, lost, rule));
  return { counted: next, at: next >= resumedAt ? next : firstClosing(rule, resumedAt) };
};

/** A window counts for what lay there, unpaused, before its cutoff and at its end; else the pause ends like a new start. */
const movedInWindow = (limit: WindowLimit, due: Instant, { pausedAt, resumedAt, hours }: Pause): Aim => {
  const cutoff = instantOfLocal(localDateOf(due), limit.cutoff);
  const missed = (pausedAt < cutoff && cutoff <= resumedAt) || (pausedAt <= due && due < resumedAt);
  const at = missed ? dueInWindow(limit, resumedAt, hours) : due;
  return { at, counted: at };
};

const movedInMinutes = (counted: Instant, lost: number, { resumedAt, hours }: Pause): Aim => {
  const next = addOpeningMinutes(counted, lost, hours);
  return { counted: next, at: next >= resumedAt ? next : resumedAt };
};

/** Where a pause moves an aim. One that began too late moves nothing: the time had run out. */
export const moveAim = (limit: Limit, aim: Aim, pause: Pause): Aim => {
  const { pausedAt, resumedAt, hours } = pause;
  if (isLate(pausedAt, aim.at) || resumedAt <= pausedAt) return aim;
  switch (limit.kind) {
    case "elapsed": {
      const at = instantOf(msOf(aim.at) + msOf(resumedAt) - msOf(pausedAt));
      return { at, counted: at };
    }
    case "openingMinutes":
      return movedInMinutes(aim.counted, openingMinutesBetween(pausedAt, resumedAt, hours), pause);
    case "readingWindow":
      return movedInWindow(limit, aim.at, pause);
    case "workingDays":
    case "sameOrNextDay":
    case "timeOfDay":
    case "calendarDays":
      return movedInDays(limit, aim.counted, pause);
  }
};

type Instants = { warnAt: Instant; warnings?: Instant[] | undefined; due: Instant };

/** `warnings`: all of them, where there are several. `counted`: see `Aim`; only where it differs. */
export type Times = Instants & { counted?: Instants | undefined };

/** How long somebody has, and each warning in the order of the agreement. */
export type TimeLimits = { limit: Limit; warnAt: Limit | readonly Limit[] };

const instantsOf = (warnings: readonly Instant[], due: Instant): Instants => ({
  warnAt: warnings[0] ?? due,
  ...(warnings.length > 1 ? { warnings: [...warnings] } : {}),
  due,
});

/** When a clock that starts now warns and is due. */
export const timesOf = (limits: TimeLimits, start: Instant, hours: Hours): Times =>
  instantsOf(
    warningsOf(limits).map((limit) => dueOf(limit, start, hours)),
    dueOf(limits.limit, start, hours),
  );

export const warningTimes = ({
  warnAt,
  warnings,
}: Pick<Instants, "warnAt" | "warnings">): readonly Instant[] => warnings ?? [warnAt];

/** When a clock warns for the first time, whether or not that was given. Never later than it is due. */
export const firstWarning = (times: Pick<Instants, "warnAt" | "warnings" | "due">): Instant =>
  warningTimes(times).reduce(earlierOf, times.due);

/** When a clock is due, and warns, after a pause. */
export const shiftForPause = (limits: TimeLimits, times: Times, pause: Pause): Times => {
  const { counted = times } = times;
  const [before, countedBefore] = [warningTimes(times), warningTimes(counted)];
  const warnings = warningsOf(limits).map((limit, i) => {
    const at = before[i] ?? times.due;
    return moveAim(limit, { at, counted: countedBefore[i] ?? at }, pause);
  });
  const due = moveAim(limits.limit, { at: times.due, counted: counted.due }, pause);
  const isMoved = [...warnings, due].some((aim) => aim.at !== aim.counted);
  const moved = instantsOf(
    warnings.map(({ at }) => at),
    due.at,
  );
  if (!isMoved) return moved;
  const alone = warnings.map((aim) => aim.counted);
  return { ...moved, counted: instantsOf(alone, due.counted) };
};
