/** One run of a clock, from its start to its end, and what each thing that happens makes of it. */
import type { Limit } from "../../../contracts/limits.ts";
import type { Instant } from "../../../contracts/time.ts";
import { type Aim, aimOf, isLate, moveAim } from "../clock-rules.ts";
import { msOf } from "../clock-zone.ts";
import type { Using } from "./calendars.ts";
import type { Outcome } from "./trace.ts";

/** A pause that is over. `gives`: it began in time, so what was lost is given back. */
export type Waited = { pausedAt: Instant; resumedAt: Instant; gives: boolean };

export type Terms = { limit: Limit; warnings: readonly Limit[]; version: number; using: Using };

export type Run = {
  startedAt: Instant;
  terms: Terms;
  aim: Aim;
  warnings: readonly Aim[];
  waited: readonly Waited[];
  paused?: { at: Instant; reason: string } | undefined;
  breachedAt?: Instant | undefined;
  ended?: { how: "stopped"; at: Instant; inTime: boolean } | { how: "cancelled"; at: Instant } | undefined;
};

const moved = (run: Run, pause: { pausedAt: Instant; resumedAt: Instant }): Run => {
  const { limit, warnings, using } = run.terms;
  const whole = { ...pause, hours: using.hours };
  return {
    ...run,
    aim: moveAim(limit, run.aim, whole),
    warnings: run.warnings.map((aim, i) => moveAim(warnings[i] ?? limit, aim, whole)),
  };
};

export const startRun = (startedAt: Instant, terms: Terms): Run => ({
  startedAt,
  terms,
  aim: aimOf(terms.limit, startedAt, terms.using.hours),
  warnings: terms.warnings.map((limit) => aimOf(limit, startedAt, terms.using.hours)),
  waited: [],
});

/** The same run counted anew from its start under other terms: no pause is forgotten, and what was late stays late. */
export const recounted = (run: Run, terms: Terms): Run => {
  const anew = run.waited.reduce(moved, startRun(run.startedAt, terms));
  const waited = run.waited;
  return { ...run, terms, aim: anew.aim, warnings: anew.warnings, waited };
};

export const isOver = (run: Run): boolean => run.ended !== undefined;

/** What the passing of time has done by then: an unanswered clock that is not paused is late after its due time. */
export const breachedBy = (run: Run, at: Instant): Run =>
  isOver(run) || run.paused !== undefined || run.breachedAt !== undefined || !isLate(at, run.aim.at)
    ? run
    : { ...run, breachedAt: run.aim.at };

const given = (run: Run, pausedAt: Instant): boolean => !isLate(pausedAt, run.aim.at);

/** Ends a pause, also that in which a case was closed. */
export const waitedUntil = (run: Run, pausedAt: Instant, resumedAt: Instant): Run => {
  const pause = { pausedAt, resumedAt, gives: given(run, pausedAt) };
  return { ...moved(run, pause), waited: [...run.waited, pause], paused: undefined, ended: undefined };
};

export const minutesBetween = (from: Instant, to: Instant): number =>
  Math.max(0, (msOf(to) - msOf(from)) / 60_000);

const pausedMinutes = ({ waited, paused, ended }: Run, asOf: Instant): number => {
  const over = waited.reduce((sum, { pausedAt, resumedAt }) => sum + minutesBetween(pausedAt, resumedAt), 0);
  return over + (paused === undefined ? 0 : minutesBetween(paused.at, ended?.at ?? asOf));
};

const statusOf = ({ ended, paused, breachedAt }: Run): Outcome["status"] => {
  if (ended !== undefined) return ended.how;
  if (paused !== undefined) return "paused";
  return breachedAt === undefined ? "running" : "breached";
};

const endOf = ({ ended }: Run): Partial<Outcome> => {
  if (ended === undefined) return {};
  return ended.how === "cancelled"
    ? { cancelledAt: ended.at }
    : { stoppedAt: ended.at, stoppedInTime: ended.inTime };
};

const lateness = ({ ended, breachedAt }: Run, asOf: Instant): Partial<Outcome> =>
  breachedAt === undefined ? {} : { breachedAt, lateMinutes: minutesBetween(breachedAt, ended?.at ?? asOf) };

/** What is known of a run at a time. */
export const outcomeOf = (run: Run, asOf: Instant): Outcome => ({
  status: statusOf(run),
  asOf,
  started: run.startedAt,
  due: run.aim.at,
  warnAt: run.warnings.map(({ at }) => at),
  pausedMinutes: pausedMinutes(run, asOf),
  ...(run.paused === undefined || isOver(run) ? {} : { pausedAt: run.paused.at, reason: run.paused.reason }),
  breached: run.breachedAt !== undefined,
  ...endOf(run),
  ...lateness(run, asOf),
});
