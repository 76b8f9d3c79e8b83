/** A running clock that is counted anew, from its own start with every pause: by other terms, from another start, or going on. */
import type { Agreement } from "../../contracts/agreement.ts";
import type { ClockHours } from "../../contracts/clocks.ts";
import { type Instant, laterOf } from "../../contracts/time.ts";
import { calendarOf } from "./clock/calendars.ts";
import { calendarKept, hoursOfClock, toldTimes, warningsLeft } from "./clock-book.ts";
import { isLate, shiftForPause, type TimeLimits, type Times, timesOf } from "./clock-rules.ts";
import { type Change, type ClockState, isOpenClock, type WaitedPause } from "./clock-state.ts";
import type { Hours } from "./opening-hours.ts";

/** `hours`: those that count from now on. */
type Terms = { agreement: Agreement; hours: Hours };

/** Pauses as they bear on a start: what lay before it was no pause of this clock. */
const pausesFrom = (waited: readonly WaitedPause[], start: Instant): WaitedPause[] =>
  waited
    .filter(({ resumedAt }) => resumedAt > start)
    .map(({ pausedAt, resumedAt }) => ({ pausedAt: laterOf(pausedAt, start), resumedAt }));

/** The times from a start on, with every pause that is over. */
const reckon = (
  limits: TimeLimits,
  { start, waited, hours }: { start: Instant; waited: readonly WaitedPause[]; hours: Hours },
): Times =>
  pausesFrom(waited, start).reduce(
    (times, pause) => shiftForPause(limits, times, { ...pause, hours }),
    timesOf(limits, start, hours),
  );

type Rescheduled = Change<"rescheduled">;
type Still = Pick<ClockState, "given" | "breached">;

/** How a record tells of it: the times, what may still ring, and whether it goes on waiting. */
const told = (
  state: ClockState,
  { at, why }: Pick<Rescheduled, "at" | "why">,
  { times, still }: { times: Times; still: Still },
): Rescheduled => {
  const rings: Rescheduled["rings"] = [];
  if (!still.breached) {
    if (warningsLeft({ ...times, ...still }).length > 0) rings.push("warn");
    rings.push("breach");
  }
  return {
    change: "rescheduled",
    clockId: state.clockId,
    at,
    why,
    ...toldTimes(times, still),
    rings,
    ...(state.status === "paused" ? { paused: true } : {}),
  };
};

const sameHours = (a: ClockHours, b: ClockHours): boolean =>
  JSON.stringify([a.openingHours ?? [], a.closingDays ?? []]) ===
  JSON.stringify([b.openingHours ?? [], b.closingDays ?? []]);

const newCalendar = (state: ClockState, limits: TimeLimits, { agreement, hours }: Terms) => {
  const { calendar } = calendarKept(limits, agreement, hours);
  return calendar === undefined || (state.calendar !== undefined && sameHours(calendar, state.calendar))
    ? {}
    : { calendar };
};

type When = { at: Instant; agreement: Agreement };

/**
 * An open clock under other terms, counted from its own start: no pause is forgotten, and what was late stays late. `hours`: the
 * debtor's that count from now on; absent: those that it is counted by already. `undefined` when it is counted so already.
 */
export const recountClock = (
  state: ClockState,
  {
    at,
    agreement,
    directory,
    hours = hoursOfClock(state, directory),
  }: When & { directory: Hours; hours?: Hours },
): Rescheduled | undefined => {
  if (!isOpenClock(state)) return undefined;
  const limits = state.limits ?? agreement;
  const isNewer = agreement.version !== state.agreementVersion;
  const calendar = newCalendar(state, limits, { agreement, hours });
  if (!isNewer && !("calendar" in calendar)) return undefined;
  const { startedAt: start, waited } = state;
  const times = reckon(limits, { start, waited, hours: calendarOf(agreement.calendar, { debtor: hours }) });
  return {
    ...told(state, { at, why: isNewer ? "limits-changed" : "calendar-changed" }, { times, still: state }),
    ...(isNewer ? { agreementVersion: agreement.version } : {}),
    ...calendar,
  };
};

/** When the waiting began, for a clock whose time stands still; else now. */
const frozenAt = (state: ClockState, at: Instant): Instant =>
  state.status === "paused" ? state.pausedAt : at;

/**
 * A start that was told wrongly: it started at `startedAt` all the time. What has not come by that has not been, so a breach may
 * be undone, and a warning be given again. `undefined` when it started then.
 */
export const moveStart = (
  state: ClockState,
  { at, agreement, directory, startedAt }: When & { directory: Hours; startedAt: Instant },
): Rescheduled | undefined => {
  if (!isOpenClock(state) || state.startedAt === startedAt) return undefined;
  const hours = calendarOf(agreement.calendar, { debtor: hoursOfClock(state, directory) });
  const times = reckon(state.limits ?? agreement, { start: startedAt, waited: state.waited, hours });
  const warnings = times.warnings ?? [times.warnAt];
  const still = {
    given: state.given.filter((no) => (warnings[no - 1] ?? at) <= at),
    breached: state.breached && isLate(frozenAt(state, at), times.due),
  };
  return { ...told(state, { at, why: "start-moved" }, { times, still }), startedAt };
};

/** A clock that had ended goes on with what was left of it: the time since is a pause. What was late stays late. */
export const reopenClock = (
  state: ClockState,
  { at, agreement, directory }: When & { directory: Hours },
): Rescheduled | undefined => {
  if (!("idleSince" in state)) return undefined;
  const hours = calendarOf(agreement.calendar, { debtor: hoursOfClock(state, directory) });
  const pause = { pausedAt: state.idleSince, resumedAt: at, hours };
  const times = shiftForPause(state.limits ?? agreement, state, pause);
  const { debtor, creditor, agreementVersion, startedAt: since, about } = state;
  const again = { debtor, creditor, agreementVersion, since, ...(about === undefined ? {} : { about }) };
  return { ...told(state, { at, why: "reopened" }, { times, still: state }), again };
};
