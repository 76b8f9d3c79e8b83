/** One clock as a row of numbers and codes: no citizen, no case, nothing to find anybody by. */
import type { BreachReason } from "../../../../contracts/codes/indicator-words.ts";
import type { DeliveryChange } from "../../../../contracts/deliveries.ts";
import type { Instant } from "../../../../contracts/time.ts";
import { addDays, workingDaysBetween } from "../../../case/calendar.ts";
import type { ClockState, WaitedPause } from "../../../case/clock-state.ts";
import { localDateOf, msOf } from "../../../case/clock-zone.ts";

/** What a promise is about, in the words of the record. `""`: not told. */
export type Matter = { family: string; kind: string; speciality: string; priority: string; tier: string };

/** What became of one of the letters by which the debtor heard of the matter. `reached`: fetched, or acknowledged. */
export type Heard = { at: Instant; what: "reached" | "failed" };

/**
 * `first`: the first clock of its agreement in the case; `firstOfDebtor`: the first of its agreement and debtor; `letters`: the
 * deliveries that brought the matter to the debtor.
 */
export type CountedClock = {
  clock: ClockState;
  matter: Matter;
  first: boolean;
  firstOfDebtor: boolean;
  letters: readonly string[];
  heard: readonly Heard[];
};

/**
 * open, openLate: still owed, within and past the due time; inTime, late: answered; cancelled, cancelledLate: no longer owed, and
 * whether the due time had passed by then.
 */
export type ClockOutcome = "inTime" | "late" | "open" | "openLate" | "cancelled" | "cancelledLate";

/** `minutes` and `days` go from the start to the end, or to now, less the pauses; see `contracts/messages/indicators.ts`. */
export type ClockRow = Matter & {
  agreement: string;
  debtor: string;
  creditor: string;
  month: string;
  first: boolean;
  firstOfDebtor: boolean;
  outcome: ClockOutcome;
  reason: BreachReason | "";
  minutes: number;
  days: number;
  pausedMinutes: number;
  paused: boolean;
};

/** The Danish month of an instant, `yyyy-mm`. */
export const monthOf = (instant: Instant): string => localDateOf(instant).slice(0, 7);

/** What a change of a letter tells of whether its receiver has it. Not fetched in time is no fault on the way. */
export const heardOf = (change: DeliveryChange): Heard | undefined => {
  switch (change.change) {
    case "fetched":
    case "acknowledged":
      return { at: change.at, what: "reached" };
    case "failed":
    case "failedForNow":
      return { at: change.at, what: "failed" };
    case "unconfirmed":
      return change.why === "not-fetched" ? undefined : { at: change.at, what: "failed" };
    case "owed":
    case "resent":
    case "handled":
      return undefined;
  }
};

type Span = { from: Instant; to: Instant };

const endOf = (clock: ClockState, asOf: Instant): Instant => {
  if (clock.status === "cancelled") return clock.cancelledAt;
  return "stoppedAt" in clock && clock.stoppedAt !== undefined ? clock.stoppedAt : asOf;
};

/** Pauses that are over, and the one in which it ended or that lasts still. */
const pausesOf = (clock: ClockState, end: Instant): WaitedPause[] => {
  if (clock.status === "paused") return [...clock.waited, { pausedAt: clock.pausedAt, resumedAt: end }];
  const idle = "idleSince" in clock && clock.idleSince < end ? clock.idleSince : undefined;
  return idle === undefined ? [...clock.waited] : [...clock.waited, { pausedAt: idle, resumedAt: end }];
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** Pauses within the life of the clock: a corrected start may come after one began. */
const within = (pauses: readonly WaitedPause[], { from, to }: Span): Span[] =>
  pauses
    .map(({ pausedAt, resumedAt }) => ({ from: later(pausedAt, from), to: earlier(resumedAt, to) }))
    .filter((pause) => pause.from < pause.to);

const minutesOf = (ms: number): number => Math.floor(Math.max(0, ms) / 60_000);
const msBetween = ({ from, to }: Span): number => msOf(to) - msOf(from);

/** The day after the start is day 1; each working day that began by waiting is given back (`infra/decisions/0006`). */
const workingDaysOf = ({ from, to }: Span, pauses: readonly Span[]): number => {
  const all = workingDaysBetween(addDays(localDateOf(from), 1), addDays(localDateOf(to), 1), []);
  const lost = pauses.map((pause) => workingDaysBetween(localDateOf(pause.from), localDateOf(pause.to), []));
  return Math.max(
    0,
    lost.reduce((rest, days) => rest - days, all),
  );
};

/** One that nobody told has breached is past its due time all the same. */
const isPast = (clock: ClockState, at: Instant): boolean => clock.breached || at > clock.due;

const outcomeOf = (clock: ClockState, asOf: Instant): ClockOutcome => {
  switch (clock.status) {
    case "met":
      return "inTime";
    case "cancelled":
      return isPast(clock, clock.idleSince) ? "cancelledLate" : "cancelled";
    case "paused":
      return isPast(clock, clock.pausedAt) ? "openLate" : "open";
    case "breached":
      return clock.stoppedAt === undefined ? "openLate" : "late";
    case "running":
      return isPast(clock, asOf) ? "openLate" : "open";
  }
};

const ends = { late: "answered-late", cancelledLate: "ended-late", openLate: "unanswered" } as const;

/** Why it was late, from the case alone; the first reason of `breachReasons` that fits. */
const reasonOf = (
  { clock, letters, heard }: CountedClock,
  outcome: ClockOutcome,
  pauses: readonly WaitedPause[],
): BreachReason | "" => {
  if (outcome !== "late" && outcome !== "cancelledLate" && outcome !== "openLate") return "";
  const due = clock.missed ?? clock.due;
  const known = heard.filter(({ at }) => at <= due);
  if (known.at(-1)?.what === "failed") return "not-delivered";
  if (letters.length > 0 && known.length === 0) return "not-fetched";
  return pauses.some(({ pausedAt }) => pausedAt > due) ? "asked-back-late" : ends[outcome];
};

/** A clock as it stands: one that has ended is the same row whenever it is asked for. */
export const rowOf = (counted: CountedClock, asOf: Instant): ClockRow => {
  const { clock, matter, first, firstOfDebtor } = counted;
  const end = endOf(clock, asOf);
  const life = { from: clock.startedAt, to: later(clock.startedAt, end) };
  const pauses = pausesOf(clock, end);
  const waited = within(pauses, life);
  const pausedMs = waited.reduce((sum, pause) => sum + msBetween(pause), 0);
  const outcome = outcomeOf(clock, asOf);
  return {
    ...matter,
    agreement: clock.agreement,
    debtor: clock.debtor,
    creditor: clock.creditor,
    month: monthOf(clock.startedAt),
    first,
    firstOfDebtor,
    outcome,
    reason: reasonOf(counted, outcome, pauses),
    minutes: minutesOf(msBetween(life) - pausedMs),
    days: workingDaysOf(life, waited),
    pausedMinutes: minutesOf(pausedMs),
    paused: waited.length > 0,
  };
};
