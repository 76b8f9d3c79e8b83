/** What the changes of the journal make of a clock. */
import type { ClockChange, ClockHours } from "../../contracts/clocks.ts";
import type { Limits } from "../../contracts/limits.ts";
import type { Instant } from "../../contracts/time.ts";
import { isLate, type Times } from "./clock-rules.ts";

/** A pause that is over. */
export type WaitedPause = { pausedAt: Instant; resumedAt: Instant };

/** What a clock keeps for as long as it is known. Which warnings were given, and a breach, are not taken back but by a corrected start. */
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
  /** The debtor's hours that it is counted by; absent: its record is old, or no hours can matter. */
  calendar?: ClockHours | undefined;
  startedAt: Instant;
  /** The last thing that was done to it: nothing that is told later counts from before that. */
  since: Instant;
  warnAt: Instant;
  /** All of them, in the order of the agreement, where there are several. */
  warnings?: Instant[] | undefined;
  /** The last instant that is in time. */
  due: Instant;
  /** See `Aim`: where the days alone lead, when a pause lay over a time at which it was due. */
  counted?: Times["counted"];
  waited: readonly WaitedPause[];
  /** Which warnings were given, from 1. */
  given: readonly number[];
  breached: boolean;
  /** The due time that was missed, when it has breached: due times that come later do not undo it. */
  missed?: Instant | undefined;
  /** Under an agreement that is measured to reading: the answer is on its way, in these deliveries. */
  answered?: { at: Instant; deliveries: readonly string[] } | undefined;
};

/** `idleSince`: from when on nobody owed anything, if the case is opened again: the end, or the pause in which it came. */
type Ended = { idleSince: Instant };

/**
 * running: set by `started`, `resumed` and `rescheduled`; left by every other change.
 * paused: set by `paused`, while the creditor is the one to act; left by `resumed`, `stopped`, `cancelled`. It never fires.
 * breached: set by `breached`, and by `stopped` too late. While `stoppedAt` is absent the answer is still owed, and the
 *   clock may yet be paused, resumed, stopped (in time only by what happened before it was due) or cancelled.
 * met: set by `stopped` in time; left when the case is opened again and the clock goes on.
 * cancelled: set by `cancelled`, when the answer is no longer owed; left as `met` is.
 */
export type ClockState =
  | (ClockBase & { status: "running" })
  | (ClockBase & { status: "paused"; pausedAt: Instant; reason: string })
  | (ClockBase & { status: "breached"; stoppedAt?: undefined })
  | (ClockBase & Ended & { status: "breached"; stoppedAt: Instant })
  | (ClockBase & Ended & { status: "met"; stoppedAt: Instant })
  | (ClockBase & Ended & { status: "cancelled"; cancelledAt: Instant; reason: string });

export type Change<Kind extends ClockChange["change"]> = Extract<ClockChange, { change: Kind }>;

/** Whether the answer is still owed: only such a clock changes, but for one that goes on when its case is opened again. */
export const isOpenClock = (state: ClockState): boolean =>
  state.status === "running" ||
  state.status === "paused" ||
  (state.status === "breached" && state.stoppedAt === undefined);

const baseOf = (state: ClockState): ClockBase => ({
  clockId: state.clockId,
  agreement: state.agreement,
  agreementVersion: state.agreementVersion,
  debtor: state.debtor,
  creditor: state.creditor,
  deliveryId: state.deliveryId,
  about: state.about,
  limits: state.limits,
  calendar: state.calendar,
  startedAt: state.startedAt,
  since: state.since,
  warnAt: state.warnAt,
  warnings: state.warnings,
  due: state.due,
  counted: state.counted,
  waited: state.waited,
  given: state.given,
  breached: state.breached,
  missed: state.missed,
  answered: state.answered,
});

const started = (change: Change<"started">): ClockState => {
  const { change: _started, at: startedAt, matter: _matter, ...clock } = change;
  return { status: "running", ...clock, startedAt, since: startedAt, waited: [], given: [], breached: false };
};

const missing = <Base extends ClockBase>(base: Base): Base => ({
  ...base,
  breached: true,
  missed: base.missed ?? base.due,
});

/** What happened in time and is told of late takes a breach away that was recorded meanwhile. */
const stopped = (base: ClockBase & Ended, { inTime, at: stoppedAt }: Change<"stopped">): ClockState =>
  inTime
    ? { ...base, status: "met", breached: false, missed: undefined, stoppedAt }
    : { ...missing(base), status: "breached", stoppedAt };

// A late question back does not undo the breach, even when no timer came to record it first.
const paused = (base: ClockBase, { at, reason }: Change<"paused">): ClockState => ({
  ...(base.breached || isLate(at, base.due) ? missing(base) : base),
  status: "paused",
  since: at,
  pausedAt: at,
  reason,
});

const running = (base: ClockBase): ClockState =>
  base.breached ? { ...base, status: "breached" } : { ...base, status: "running" };

const timesIn = ({ warnAt, warnings, due, counted }: Change<"resumed" | "rescheduled">) => ({
  warnAt,
  warnings,
  due,
  counted,
});

const resumed = (base: ClockBase, state: ClockState, change: Change<"resumed">): ClockState => {
  const { at } = change;
  const waited =
    state.status === "paused" ? [...base.waited, { pausedAt: state.pausedAt, resumedAt: at }] : base.waited;
  return running({ ...base, ...timesIn(change), since: at, waited });
};

/** A corrected start is as if told so at first: what has not come by it has not been. Any other reason leaves what was. */
const happenedStill = (base: ClockBase, change: Change<"rescheduled">): Partial<ClockBase> => {
  if (change.why !== "start-moved") return {};
  const { at, warnAt, warnings = [warnAt], rings, due } = change;
  const given = base.given.filter((no) => (warnings[no - 1] ?? at) <= at);
  const breached = !rings.includes("breach");
  return { given, breached, missed: breached ? due : undefined };
};

/** When the last thing happened: a clock of which nothing is told but its start moves with it. */
const lastThing = (base: ClockBase, { why, at, startedAt }: Change<"rescheduled">): Instant => {
  if (why === "reopened") return at;
  return startedAt !== undefined && base.since === base.startedAt ? startedAt : base.since;
};

/** The terms that count from now on: those that the change names, else those that there were. */
const termsAfter = (base: ClockBase, change: Change<"rescheduled">): Partial<ClockBase> => ({
  agreementVersion: change.agreementVersion ?? base.agreementVersion,
  calendar: change.calendar ?? base.calendar,
  startedAt: change.startedAt ?? base.startedAt,
  limits: change.limits ?? base.limits,
  waited: change.waited ?? base.waited,
});

/** One that had ended goes on: the time since was a pause, and what was answered then is owed again. */
const goingOn = (base: ClockBase, state: ClockState, at: Instant): Partial<ClockBase> => ({
  waited: "idleSince" in state ? [...base.waited, { pausedAt: state.idleSince, resumedAt: at }] : base.waited,
  answered: undefined,
});

const rescheduled = (base: ClockBase, state: ClockState, change: Change<"rescheduled">): ClockState => {
  const next: ClockBase = {
    ...base,
    ...timesIn(change),
    ...happenedStill(base, change),
    ...termsAfter(base, change),
    ...(change.why === "reopened" ? goingOn(base, state, change.at) : {}),
    since: lastThing(base, change),
  };
  return change.paused === true && state.status === "paused"
    ? { ...next, status: "paused", pausedAt: state.pausedAt, reason: state.reason }
    : running(next);
};

const idleSince = (state: ClockState, at: Instant): Ended => ({
  idleSince: state.status === "paused" ? state.pausedAt : at,
});

const warned = (state: ClockState, { no = 1, next }: Change<"warned">): ClockState => ({
  ...state,
  given: [...state.given, no],
  warnAt: next ?? state.warnAt,
});

const changed = (state: ClockState, change: Exclude<ClockChange, { change: "started" }>): ClockState => {
  const base = baseOf(state);
  switch (change.change) {
    case "paused":
      return paused(base, change);
    case "resumed":
      return resumed(base, state, change);
    case "rescheduled":
      return rescheduled(base, state, change);
    case "stopped":
      return stopped({ ...base, ...idleSince(state, change.at) }, change);
    case "cancelled": {
      const { at: cancelledAt, reason } = change;
      return { ...base, ...idleSince(state, cancelledAt), status: "cancelled", cancelledAt, reason };
    }
    case "answered":
      return { ...state, answered: { at: change.at, deliveries: change.deliveries } };
    case "warned":
      return warned(state, change);
    case "breached":
      return running(missing(base));
  }
};

const reopens = (change: ClockChange): boolean =>
  change.change === "rescheduled" && change.why === "reopened";

/**
 * The clock after a change. A clock begins with `started`; a change of a clock that never started is a broken journal,
 * and is thrown. A change that comes after the end changes nothing, but for one that lets it go on.
 */
export const evolveClock = (state: ClockState | undefined, change: ClockChange): ClockState => {
  if (change.change === "started") return state ?? started(change);
  if (state === undefined) throw new Error(`Clock ${change.clockId} was ${change.change} but never started.`);
  return isOpenClock(state) || reopens(change) ? changed(state, change) : state;
};
