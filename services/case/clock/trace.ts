/** What a clock tells of itself: the answer, and how it came about. Data alone; `explain` puts it in words. */
import type { ClockDefinition } from "../../../contracts/clock-definition.ts";
import type { ClockEvent } from "../../../contracts/clock-events.ts";
import type { Limit } from "../../../contracts/limits.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { DayReason } from "../opening-hours.ts";

type Reached = "delivery" | "reading";

/** Why an event did nothing. `past`: it had happened before the clock started. */
export type IgnoredBecause =
  | "notStarted"
  | "alreadyStarted"
  | "alreadyPaused"
  | "notPaused"
  | "over"
  | "notOver";

/** A limit as it was promised: in which calendar, and under which version of the agreement. */
type Promised = { limit: Limit; calendar: string; calendarVersion: number; version: number };

/**
 * One thing that happened to the clock, in the order in which it happened. `heard`: the hub was told later than it happened.
 * - `started`: `correctedFrom`, the start that was told first; `wallClock`, the Danish time given was skipped, or comes twice.
 * - `promised`: the limit that counts from here, and where it leads.
 * - `paused`: `late`, the time had run out, so the pause gives nothing.
 * - `resumed`: how long it waited, and where the pause moved the due time.
 * - `breached`: the due time passed without an answer.
 * - `notYet`: sent, but the agreement is measured to reading.
 * - `changed`: other limits or another calendar; `kept`, the clock keeps its own.
 * - `merged`: `taken`, the other clock was due first and is the one that goes on.
 */
export type Step = { at: Instant; heard?: Instant; fact?: string } & (
  | { step: "started"; correctedFrom?: Instant; wallClock?: "skipped" | "repeated" }
  | ({ step: "promised"; due: Instant; warnAt: Instant[] } & Promised)
  | { step: "paused"; reason: string; late: boolean }
  | { step: "resumed"; minutes: number; before: Instant; due: Instant }
  | { step: "breached" }
  | { step: "stopped"; reached: Reached; inTime: boolean }
  | { step: "notYet" }
  | { step: "cancelled"; reason: string }
  | { step: "reopened"; how: ClockDefinition["onReopen"]; due: Instant }
  | { step: "changed"; what: "limits" | "calendar"; kept: boolean; before: Instant; due: Instant }
  | { step: "agreementEnded"; runsOn: boolean }
  | { step: "merged"; from: string; taken: boolean; due: Instant }
  | { step: "ignored"; event: ClockEvent["event"]; why: IgnoredBecause }
);

/**
 * One date of the reckoning. `counted`: with its number, or its minutes. `start`: the day of the start, which is day 0. `lost`: it
 * began in a pause that lasted past its end. `closedInPause`: it would have been the last, but the clock was paused at its closing
 * time. `windowMissed`: what came, or came back from a pause, was too late for that day's reading. `noHours`: it counts, and nobody is
 * open. `outside`: the openings of the day lie before the start, after the end or in a pause.
 */
export type DayLine = {
  date: string;
  counts: boolean;
  why:
    | "counted"
    | "start"
    | "lost"
    | "closedInPause"
    | "windowMissed"
    | "noHours"
    | "outside"
    | Exclude<DayReason, "counts">;
  no?: number;
  spans?: { from: Instant; to: Instant }[];
  minutes?: number;
};

type ClockStatus = "notStarted" | "running" | "paused" | "breached" | "stopped" | "cancelled";

/**
 * What is known at `asOf`. `due` is the last instant that is in time; while it is paused, as it was when the pause began.
 * `breached`: it was late at some time, also when it was answered since. `pausedMinutes`: real minutes waited. `lateMinutes`: from
 * the due time to the answer, or to `asOf`.
 */
export type Outcome = {
  status: ClockStatus;
  asOf: Instant;
  started?: Instant;
  due?: Instant;
  warnAt: Instant[];
  pausedMinutes: number;
  pausedAt?: Instant;
  reason?: string;
  breached: boolean;
  breachedAt?: Instant;
  stoppedAt?: Instant;
  stoppedInTime?: boolean;
  cancelledAt?: Instant;
  lateMinutes?: number;
};

/** `runs`: the clocks that this one was before it was opened again. */
export type Trace = {
  agreement: Pick<ClockDefinition, "id" | "version" | "name" | "measuredTo">;
  promised?: Promised;
  outcome: Outcome;
  steps: Step[];
  days: DayLine[];
  runs: Outcome[];
};

export type Clock = Outcome & { trace: Trace };
