/** How a clock starts, waits, goes on and ends. An event that does not fit is passed over, and the trace says why. */
import { warningsOf } from "../../../contracts/agreement.ts";
import type { ClockCalendars } from "../../../contracts/clock-calendar.ts";
import type { ClockDefinition } from "../../../contracts/clock-definition.ts";
import type { ClockEvent } from "../../../contracts/clock-events.ts";
import type { Instant } from "../../../contracts/time.ts";
import { isLate } from "../clock-rules.ts";
import { calendarNamed } from "./calendars.ts";
import { type Happening, type Known, type Moved, wallClockOf } from "./happenings.ts";
import { isOver, minutesBetween, outcomeOf, type Run, startRun, type Terms, waitedUntil } from "./run.ts";
import type { IgnoredBecause, Outcome, Step } from "./trace.ts";

/** `waiting`: it is paused already, though it has not started, since its start was corrected to a later time. */
export type Life = {
  run?: Run | undefined;
  runs: readonly Outcome[];
  steps: readonly Step[];
  waiting?: { reason: string } | undefined;
};

export type World = Known & {
  definition: ClockDefinition;
  calendars: ClockCalendars;
  moved?: Moved | undefined;
};

export type Named<Name extends ClockEvent["event"]> = Extract<ClockEvent, { event: Name }>;
type Told = Pick<Step, "at" | "heard" | "fact">;
export type Moment<E extends ClockEvent> = { event: E; told: Told; world: World };

export const toldOf = ({ event, at, heard }: Happening): Told => ({
  at,
  ...(heard === at ? {} : { heard }),
  ...(event.fact === undefined ? {} : { fact: event.fact }),
});

export const plus = (life: Life, run: Run | undefined, ...steps: Step[]): Life => ({
  ...life,
  run,
  steps: [...life.steps, ...steps],
});

export const ignored = (life: Life, { event, told }: Moment<ClockEvent>, why: IgnoredBecause): Life =>
  plus(life, life.run, { ...told, step: "ignored", event: event.event, why });

const termsOf = ({ definition, calendars }: World): Terms => ({
  limit: definition.limit,
  warnings: warningsOf(definition),
  version: definition.version,
  using: calendarNamed(calendars, definition.calendar),
});

export const promised = ({ terms, aim, warnings }: Run, at: Instant): Step => ({
  step: "promised",
  at,
  limit: terms.limit,
  calendar: terms.using.name,
  calendarVersion: terms.using.version,
  version: terms.version,
  due: aim.at,
  warnAt: warnings.map((warning) => warning.at),
});

const startedStep = (told: Told, at: string, moved: Moved | undefined): Step => {
  const wallClock = wallClockOf(moved === undefined ? at : moved.to.event.to);
  return {
    ...told,
    ...(moved === undefined ? {} : toldOf({ ...moved.to, at: told.at })),
    step: "started",
    ...(moved === undefined ? {} : { correctedFrom: moved.start.at }),
    ...(wallClock === undefined ? {} : { wallClock }),
  };
};

export const started = (life: Life, moment: Moment<Named<"started">>): Life => {
  const { event, told, world } = moment;
  if (life.run !== undefined) return ignored(life, moment, "alreadyStarted");
  const run = startRun(told.at, termsOf(world));
  const begun = plus(
    { ...life, waiting: undefined },
    run,
    startedStep(told, event.at, world.moved),
    promised(run, told.at),
  );
  if (life.waiting === undefined) return begun;
  const { reason } = life.waiting;
  return plus(
    begun,
    { ...run, paused: { at: told.at, reason } },
    { ...told, step: "paused", reason, late: false },
  );
};

export const paused = (life: Life, moment: Moment<Named<"paused">>): Life => {
  const { event, told } = moment;
  const { run } = life;
  if (run === undefined) return { ...ignored(life, moment, "notStarted"), waiting: { reason: event.reason } };
  if (isOver(run)) return ignored(life, moment, "over");
  if (run.paused !== undefined) return ignored(life, moment, "alreadyPaused");
  const late = run.breachedAt !== undefined || isLate(told.at, run.aim.at);
  return plus(
    life,
    { ...run, paused: { at: told.at, reason: event.reason } },
    { ...told, step: "paused", reason: event.reason, late },
  );
};

export const resumed = (life: Life, moment: Moment<Named<"resumed">>): Life => {
  const { told } = moment;
  const { run } = life;
  if (run === undefined) return { ...ignored(life, moment, "notStarted"), waiting: undefined };
  if (isOver(run)) return ignored(life, moment, "over");
  if (run.paused === undefined) return ignored(life, moment, "notPaused");
  const minutes = minutesBetween(run.paused.at, told.at);
  const next = waitedUntil(run, run.paused.at, told.at);
  return plus(life, next, { ...told, step: "resumed", minutes, before: run.aim.at, due: next.aim.at });
};

// A pause freezes the clock: an answer given while it is paused is as timely as one given when the pause began.
const isInTime = ({ breachedAt, paused: pause, aim }: Run, at: Instant): boolean =>
  breachedAt === undefined && !isLate(pause?.at ?? at, aim.at);

export const stopped = (life: Life, moment: Moment<Named<"stopped">>): Life => {
  const { event, told, world } = moment;
  const { run } = life;
  if (run === undefined) return ignored(life, moment, "notStarted");
  if (isOver(run)) return ignored(life, moment, "over");
  if (world.definition.measuredTo === "reading" && event.reached === "delivery")
    return plus(life, run, { ...told, step: "notYet" });
  const inTime = isInTime(run, told.at);
  const breachedAt = inTime ? undefined : (run.breachedAt ?? run.aim.at);
  return plus(
    life,
    { ...run, breachedAt, ended: { how: "stopped", at: told.at, inTime } },
    { ...told, step: "stopped", reached: event.reached, inTime },
  );
};

export const cancelled = (
  life: Life,
  moment: Moment<Named<"cancelled" | "agreementEnded">>,
  reason: string,
): Life => {
  const { run } = life;
  if (run === undefined) return ignored(life, moment, "notStarted");
  if (isOver(run)) return ignored(life, moment, "over");
  const { told } = moment;
  return plus(
    life,
    { ...run, ended: { how: "cancelled", at: told.at } },
    { ...told, step: "cancelled", reason },
  );
};

export const reopened = (life: Life, moment: Moment<Named<"reopened">>): Life => {
  const { told, world } = moment;
  const { run } = life;
  if (run === undefined) return ignored(life, moment, "notStarted");
  if (run.ended === undefined) return ignored(life, moment, "notOver");
  const how = world.definition.onReopen;
  if (how === "continue") {
    const next = waitedUntil(run, run.paused?.at ?? run.ended.at, told.at);
    return plus(life, next, { ...told, step: "reopened", how, due: next.aim.at });
  }
  const next = startRun(told.at, run.terms);
  const runs = [...life.runs, outcomeOf(run, told.at)];
  return plus(
    { ...life, runs },
    next,
    { ...told, step: "reopened", how, due: next.aim.at },
    promised(next, told.at),
  );
};
