/**
 * The bookkeeping of clocks: what a change makes of a clock, and which change a moment calls for. A clock's arithmetic
 * is done when the change is decided, so the journal alone tells when something is due.
 */
import type { Agreement } from "../../contracts/agreement.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import type { ClockSummary } from "../../contracts/envelope.ts";
import type { Limits } from "../../contracts/limits.ts";
import type { Instant } from "../../contracts/time.ts";
import { calendarOf } from "./clock/calendars.ts";
import { dueOf, isLate, shiftForPause, type Times } from "./clock-rules.ts";
import type { Hours } from "./opening-hours.ts";

/** What a clock keeps for as long as it is known. `warned` and `breached` are never taken back. */
type ClockBase = {
  clockId: string;
  agreement: string;
  agreementVersion: number;
  /** Who must act. */
  debtor: string;
  /** To whom it was promised. */
  creditor: string;
  deliveryId?: string | undefined;
  about?: string | undefined;
  /** This clock's own, where they are not the agreement's. */
  limits?: Limits | undefined;
  startedAt: Instant;
  warnAt: Instant;
  /** The last instant that is in time. */
  due: Instant;
  /** See `Aim`: where the days alone lead, when a pause lay over a time at which it was due. */
  counted?: Times["counted"];
  warned: boolean;
  breached: boolean;
};

/**
 * running: set by `started` and `resumed`; left by every other change.
 * paused: set by `paused`, while the creditor is the one to act; left by `resumed`, `stopped`, `cancelled`. It never fires.
 * breached: set by `breached`, and by `stopped` too late. While `stoppedAt` is absent the answer is still owed, and the
 *   clock may yet be paused, resumed, stopped (never in time) or cancelled.
 * met: set by `stopped` in time; final.
 * cancelled: set by `cancelled`, when the answer is no longer owed; final.
 */
export type ClockState =
  | (ClockBase & { status: "running" })
  | (ClockBase & { status: "paused"; pausedAt: Instant; reason: string })
  | (ClockBase & { status: "breached"; stoppedAt?: Instant })
  | (ClockBase & { status: "met"; stoppedAt: Instant })
  | (ClockBase & { status: "cancelled"; cancelledAt: Instant; reason: string });

type Change<Kind extends ClockChange["change"]> = Extract<ClockChange, { change: Kind }>;

/** Whether the answer is still owed: only such a clock changes. */
export const isOpenClock = (state: ClockState): boolean =>
  state.status === "running" ||
  state.status === "paused" ||
  (state.status === "breached" && state.stoppedAt === undefined);

// A pause freezes the clock: an answer given while it is paused is as timely as one given when the pause began.
const isTooLate = (state: ClockState, at: Instant): boolean =>
  state.breached || isLate(state.status === "paused" ? state.pausedAt : at, state.due);

const baseOf = (state: ClockState): ClockBase => ({
  clockId: state.clockId,
  agreement: state.agreement,
  agreementVersion: state.agreementVersion,
  debtor: state.debtor,
  creditor: state.creditor,
  deliveryId: state.deliveryId,
  about: state.about,
  limits: state.limits,
  startedAt: state.startedAt,
  warnAt: state.warnAt,
  due: state.due,
  counted: state.counted,
  warned: state.warned,
  breached: state.breached,
});

const started = (change: Change<"started">): ClockState => {
  const { change: _started, at: startedAt, ...clock } = change;
  return { status: "running", ...clock, startedAt, warned: false, breached: false };
};

const stopped = (base: ClockBase, change: Change<"stopped">): ClockState =>
  change.inTime
    ? { ...base, status: "met", stoppedAt: change.at }
    : { ...base, status: "breached", breached: true, stoppedAt: change.at };

// A late question back does not undo the breach, even when no timer came to record it first.
const paused = (base: ClockBase, { at, reason }: Change<"paused">): ClockState => ({
  ...base,
  status: "paused",
  breached: base.breached || isLate(at, base.due),
  pausedAt: at,
  reason,
});

const running = (base: ClockBase): ClockState => ({
  ...base,
  status: base.breached ? "breached" : "running",
});

const changed = (state: ClockState, change: Exclude<ClockChange, { change: "started" }>): ClockState => {
  const base = baseOf(state);
  switch (change.change) {
    case "paused":
      return paused(base, change);
    case "resumed":
      return running({ ...base, warnAt: change.warnAt, due: change.due, counted: change.counted });
    case "stopped":
      return stopped(base, change);
    case "cancelled":
      return { ...base, status: "cancelled", cancelledAt: change.at, reason: change.reason };
    case "warned":
      return { ...state, warned: true };
    case "breached":
      return running({ ...base, breached: true });
  }
};

/**
 * The clock after a change. A clock begins with `started`; a change of a clock that never started is a broken journal,
 * and is thrown. A change that comes after the end changes nothing.
 */
export const evolveClock = (state: ClockState | undefined, change: ClockChange): ClockState => {
  if (change.change === "started") return state ?? started(change);
  if (state === undefined) throw new Error(`Clock ${change.clockId} was ${change.change} but never started.`);
  return isOpenClock(state) ? changed(state, change) : state;
};

export type ClockStart = {
  clockId: string;
  debtor: string;
  creditor: string;
  at: Instant;
  /** The debtor's. */
  hours: Hours;
  deliveryId?: string | undefined;
  about?: string | undefined;
  limits?: Limits | undefined;
};

/** Starts a clock under an agreement; its warning and due times are worked out here, once. */
export const startClock = (agreement: Agreement, start: ClockStart): Change<"started"> => {
  const { hours, deliveryId, about, limits, ...parties } = start;
  const { limit, warnAt } = limits ?? agreement;
  const calendar = calendarOf(agreement.calendar, { debtor: hours });
  return {
    change: "started",
    agreement: agreement.id,
    agreementVersion: agreement.version,
    ...parties,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(about === undefined ? {} : { about }),
    ...(limits === undefined ? {} : { limits }),
    warnAt: dueOf(warnAt, start.at, calendar),
    due: dueOf(limit, start.at, calendar),
  };
};

/** Pauses a clock that runs, also one that has breached: the creditor is the one to act. */
export const pauseClock = (state: ClockState, at: Instant, reason: string): Change<"paused"> | undefined =>
  isOpenClock(state) && state.status !== "paused"
    ? { change: "paused", clockId: state.clockId, at, reason }
    : undefined;

/**
 * Resumes a paused clock, its times moved by the pause (see `shiftForPause`). `agreement` is the version that the clock
 * started under, whichever is in force now; `hours` are the debtor's.
 */
export const resumeClock = (
  state: ClockState,
  { at, agreement, hours }: { at: Instant; agreement: Agreement; hours: Hours },
): Change<"resumed"> | undefined =>
  state.status === "paused"
    ? {
        change: "resumed",
        clockId: state.clockId,
        at,
        ...shiftForPause(state.limits ?? agreement, state, {
          pausedAt: state.pausedAt,
          resumedAt: at,
          hours: calendarOf(agreement.calendar, { debtor: hours }),
        }),
      }
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
  if (state.warned) return { at: state.due, kind: "breach" };
  if (state.due < state.warnAt) return { at: state.due, kind: "warn" };
  return { at: state.warnAt, kind: "warn" };
};

/**
 * What the time of day does to a clock: `warned` and then `breached`, each once in its life, one a call. Asking again
 * until `undefined` gives both when both are past. A paused or ended clock never fires.
 */
export const fireClock = (
  state: ClockState,
  now: Instant,
): Change<"warned"> | Change<"breached"> | undefined => {
  const timer = timerOf(state);
  if (timer === undefined || now < timer.at) return undefined;
  if (timer.kind === "breach" && !isLate(now, timer.at)) return undefined;
  return { change: timer.kind === "warn" ? "warned" : "breached", clockId: state.clockId, at: now };
};

/** How a clock is shown. A clock that no longer runs towards a time, because it waits for the creditor or ended, shows none. */
export const summaryOf = (state: ClockState): ClockSummary => ({
  agreement: state.agreement,
  status: state.status,
  debtor: state.debtor,
  ...(isOpenClock(state) && state.status !== "paused" ? { due: state.due } : {}),
});
