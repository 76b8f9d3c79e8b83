/**
 * The bookkeeping of clocks: which change a moment calls for. A clock's arithmetic is done when the change is decided, so the
 * journal alone tells when something is due.
 */
import { type Agreement, warningsOf } from "../../contracts/agreement.ts";
import type { ClockHours, ClockMatter } from "../../contracts/clocks.ts";
import type { ClockSummary } from "../../contracts/envelope.ts";
import type { Limits } from "../../contracts/limits.ts";
import { earlierOf, type Instant, laterOf } from "../../contracts/time.ts";
import { calendarOf } from "./clock/calendars.ts";
import { isLate, shiftForPause, type TimeLimits, timesOf, warningTimes } from "./clock-rules.ts";
import { type Change, type ClockState, isOpenClock } from "./clock-state.ts";
import type { Hours } from "./opening-hours.ts";

export { type ClockState, evolveClock, isOpenClock } from "./clock-state.ts";

/**
 * A pause freezes the clock: an answer given while it is paused is as timely as one given when the pause began. What happened before the
 * due time that was missed, and is told of after, was in time.
 */
const isTooLate = (state: ClockState, at: Instant): boolean =>
  state.breached
    ? isLate(at, state.missed ?? state.due)
    : isLate(state.status === "paused" ? state.pausedAt : at, state.due);

export type ClockStart = {
  clockId: string;
  debtor: string;
  creditor: string;
  at: Instant;
  /** The debtor's. */
  hours: Hours;
  deliveryId?: string | undefined;
  about?: string | undefined;
  matter?: ClockMatter | undefined;
  limits?: Limits | undefined;
};

const withoutDays: ReadonlySet<string> = new Set(["elapsed", "calendarDays"]);

/** Whether a party's hours can matter to a time at all. */
const dependsOnHours = (limits: TimeLimits, calendar: Agreement["calendar"]): boolean =>
  calendar !== "clock" && [limits.limit, ...warningsOf(limits)].some(({ kind }) => !withoutDays.has(kind));

/** The hours as a record keeps them: what is empty is left out. */
export const keptHours = ({ openingHours, closingDays }: Hours): ClockHours => ({
  ...(openingHours.length === 0 ? {} : { openingHours: [...openingHours] }),
  ...(closingDays.length === 0 ? {} : { closingDays: [...closingDays] }),
});

/** The hours that a record keeps, as they were: none is not the same as no record of them. */
const hoursFrom = ({ openingHours = [], closingDays = [] }: ClockHours): Hours => ({
  openingHours,
  closingDays,
});

/** The calendar to be kept with a clock under these terms, if any. */
export const calendarKept = (
  limits: TimeLimits,
  agreement: Agreement,
  hours: Hours,
): { calendar?: ClockHours } =>
  dependsOnHours(limits, agreement.calendar) ? { calendar: keptHours(hours) } : {};

/** Starts a clock under an agreement; its warning and due times are worked out here, once. */
export const startClock = (agreement: Agreement, start: ClockStart): Change<"started"> => {
  const { hours, deliveryId, about, matter, limits, ...parties } = start;
  const terms = limits ?? agreement;
  const { counted: _counted, ...times } = timesOf(
    terms,
    start.at,
    calendarOf(agreement.calendar, { debtor: hours }),
  );
  return {
    change: "started",
    agreement: agreement.id,
    agreementVersion: agreement.version,
    ...parties,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(about === undefined ? {} : { about }),
    ...(matter === undefined ? {} : { matter }),
    ...(limits === undefined ? {} : { limits }),
    ...calendarKept(terms, agreement, hours),
    ...times,
  };
};

/** Pauses a clock that runs, also one that has breached: the creditor is the one to act. */
export const pauseClock = (state: ClockState, at: Instant, reason: string): Change<"paused"> | undefined =>
  isOpenClock(state) && state.status !== "paused"
    ? { change: "paused", clockId: state.clockId, at, reason }
    : undefined;

type NextWarning = { no: number; at: Instant };

/** The warnings that were not given, the next one first. */
export const warningsLeft = (state: Pick<ClockState, "warnAt" | "warnings" | "given">): NextWarning[] =>
  warningTimes(state)
    .map((at, i) => ({ no: i + 1, at }))
    .filter(({ no }) => !state.given.includes(no))
    .toSorted((a, b) => (a.at === b.at ? a.no - b.no : a.at < b.at ? -1 : 1));

/** As a record tells the times: `warnAt` is the next warning that was not given. */
export const toldTimes = <Times extends { warnAt: Instant; warnings?: Instant[] | undefined }>(
  times: Times,
  { given }: Pick<ClockState, "given">,
): Times => {
  if (times.warnings === undefined) return times;
  return {
    ...times,
    warnAt: warningsLeft({ ...times, given })[0]?.at ?? times.warnings.at(-1) ?? times.warnAt,
  };
};

/** The hours that a clock is counted by: those of its record, or where that is old, the debtor's by the directory. */
export const hoursOfClock = ({ calendar }: ClockState, directory: Hours): Hours =>
  calendar === undefined ? directory : hoursFrom(calendar);

/**
 * Resumes a paused clock, its times moved by the pause (see `shiftForPause`). `agreement` is the version that the clock
 * started under, whichever is in force now; `hours` are the debtor's, for a clock whose record has none.
 */
export const resumeClock = (
  state: ClockState,
  { at, agreement, hours }: { at: Instant; agreement: Agreement; hours: Hours },
): Change<"resumed"> | undefined => {
  if (state.status !== "paused") return undefined;
  const { pausedAt, startedAt } = state;
  const times = shiftForPause(state.limits ?? agreement, state, {
    // A start that was corrected to a later time began in the pause.
    pausedAt: laterOf(pausedAt, startedAt),
    resumedAt: at,
    hours: calendarOf(agreement.calendar, { debtor: hoursOfClock(state, hours) }),
  });
  return { change: "resumed", clockId: state.clockId, at, ...toldTimes(times, state) };
};

/** The answer is on its way; the agreement is kept when one of its deliveries is read. */
export const answerClock = (
  state: ClockState,
  at: Instant,
  deliveries: readonly string[],
): Change<"answered"> | undefined =>
  isOpenClock(state) && state.answered === undefined
    ? { change: "answered", clockId: state.clockId, at, deliveries: [...deliveries] }
    : undefined;

/** Stops an open clock: what was owed was done. In time is up to and at `due`, and never after a breach. */
export const stopClock = (state: ClockState, at: Instant): Change<"stopped"> | undefined =>
  isOpenClock(state)
    ? { change: "stopped", clockId: state.clockId, at, inTime: !isTooLate(state, at) }
    : undefined;

/** Cancels an open clock: what was owed is no longer owed, or no longer by this debtor. */
export const cancelClock = (
  state: ClockState,
  at: Instant,
  reason: string,
): Change<"cancelled"> | undefined =>
  isOpenClock(state) ? { change: "cancelled", clockId: state.clockId, at, reason } : undefined;

export type Timer = { at: Instant; kind: "warn" | "breach" };

/** The next thing that a clock will fire, if any. A warning is never later than the breach it warns of. */
export const timerOf = (state: ClockState): Timer | undefined => {
  if (state.status !== "running") return undefined;
  const [next] = warningsLeft(state);
  if (next === undefined) return { at: state.due, kind: "breach" };
  return { at: earlierOf(state.due, next.at), kind: "warn" };
};

const warning = (state: ClockState, at: Instant): Change<"warned"> => {
  const [now, next] = warningsLeft(state);
  return {
    change: "warned",
    clockId: state.clockId,
    at,
    ...(now === undefined || now.no === 1 ? {} : { no: now.no }),
    ...(next === undefined ? {} : { next: next.at }),
  };
};

/**
 * What the time of day does to a clock: each warning and then `breached`, each once in its life, one a call. Asking again
 * until `undefined` gives all that are past. A paused or ended clock never fires.
 */
export const fireClock = (
  state: ClockState,
  now: Instant,
): Change<"warned"> | Change<"breached"> | undefined => {
  const timer = timerOf(state);
  if (timer === undefined || now < timer.at) return undefined;
  if (timer.kind === "warn") return warning(state, now);
  return isLate(now, timer.at) ? { change: "breached", clockId: state.clockId, at: now } : undefined;
};

/** How a clock is shown. A clock that no longer runs towards a time, because it waits for the creditor or ended, shows none. */
export const summaryOf = (state: ClockState): ClockSummary => ({
  agreement: state.agreement,
  status: state.status,
  debtor: state.debtor,
  ...(isOpenClock(state) && state.status !== "paused" ? { due: state.due } : {}),
});
