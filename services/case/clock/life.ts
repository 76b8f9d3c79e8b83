/** What each event makes of a clock, and the whole of its life. */
import { warningsOf } from "../../../contracts/agreement.ts";
import type { ClockEvent } from "../../../contracts/clock-events.ts";
import type { Instant } from "../../../contracts/time.ts";
import { calendarNamed } from "./calendars.ts";
import { knownBy, withCorrectedStart } from "./happenings.ts";
import { breachedBy, isOver, type Run, recounted, type Terms } from "./run.ts";
import type { Step } from "./trace.ts";
import {
  cancelled,
  ignored,
  type Life,
  type Moment,
  type Named,
  paused,
  plus,
  promised,
  reopened,
  resumed,
  started,
  stopped,
  toldOf,
  type World,
} from "./turns.ts";

export type { Life };

/** A clock that keeps its terms, or is counted anew under the others. */
const changed = (
  life: Life,
  moment: Moment<Named<"limitsChanged" | "calendarChanged">>,
  terms: (run: Run) => Terms,
): Life => {
  const { event, told, world } = moment;
  const { run } = life;
  if (run === undefined) return ignored(life, moment, "notStarted");
  if (isOver(run)) return ignored(life, moment, "over");
  const kept = world.definition.onChange === "keep";
  const next = kept ? run : recounted(run, terms(run));
  const what = event.event === "limitsChanged" ? "limits" : "calendar";
  const step: Step = { ...told, step: "changed", what, kept, before: run.aim.at, due: next.aim.at };
  return kept ? plus(life, next, step) : plus(life, next, step, promised(next, told.at));
};

const otherLimits =
  ({ limit, warnAt, version, calendar, calendarVersion }: Named<"limitsChanged">, { calendars }: World) =>
  ({ terms }: Run): Terms => ({
    limit,
    warnings: warnAt === undefined ? terms.warnings : warningsOf({ warnAt }),
    version: version ?? terms.version,
    using: calendar === undefined ? terms.using : calendarNamed(calendars, calendar, calendarVersion),
  });

const otherCalendar =
  ({ calendar, version }: Named<"calendarChanged">, { calendars }: World) =>
  ({ terms }: Run): Terms => ({
    ...terms,
    using: calendarNamed(calendars, calendar ?? terms.using.name, version),
  });

/** Two clocks of one promise become one. Whoever waits longest was promised first, so what is due first goes on. */
const merged = (life: Life, { event, told, world }: Moment<Named<"merged">>): Life => {
  const { run } = life;
  const other = lifeOf(event.events, { ...world, asOf: told.at }).run;
  const open = other !== undefined && !isOver(other) ? other : undefined;
  const isFirst = run === undefined || isOver(run) || (open !== undefined && open.aim.at < run.aim.at);
  const next = open !== undefined && isFirst ? open : run;
  if (next === undefined) return ignored(life, { event, told, world }, "notStarted");
  const taken = next !== run;
  const step: Step = { ...told, step: "merged", from: event.from, taken, due: next.aim.at };
  return taken ? plus(life, next, step, promised(next, told.at)) : plus(life, next, step);
};

const agreementEnded = (life: Life, moment: Moment<Named<"agreementEnded">>): Life => {
  const runsOn = moment.world.definition.onEnd === "runOn";
  const step: Step = { ...moment.told, step: "agreementEnded", runsOn };
  const told = plus(life, life.run, step);
  return runsOn || life.run === undefined || isOver(life.run)
    ? told
    : cancelled(told, moment, "agreementEnded");
};

const breaching = (life: Life, at: Instant): Life => {
  if (life.run === undefined) return life;
  const run = breachedBy(life.run, at);
  if (run === life.run || run.breachedAt === undefined) return life;
  return plus(life, run, { at: run.breachedAt, step: "breached" });
};

type Handlers<Name extends ClockEvent["event"]> = {
  [Each in Name]: (life: Life, moment: Moment<Named<Each>>) => Life;
};

const handlers: Handlers<ClockEvent["event"]> = {
  started,
  paused,
  resumed,
  stopped,
  cancelled: (life, moment) => cancelled(life, moment, moment.event.reason),
  reopened,
  limitsChanged: (life, moment) => changed(life, moment, otherLimits(moment.event, moment.world)),
  calendarChanged: (life, moment) => changed(life, moment, otherCalendar(moment.event, moment.world)),
  agreementEnded,
  merged: (life, moment) => merged(life, moment),
  // Corrections of a start that was told are made before anything else happens.
  startMoved: (life, moment) => ignored(life, moment, "notStarted"),
};

const after = <Name extends ClockEvent["event"]>(
  table: Handlers<Name>,
  life: Life,
  moment: Moment<{ event: Name } & Named<Name>>,
): Life => table[moment.event.event](life, moment);

/** The life of a clock up to `asOf`, of what was known then. */
export const lifeOf = (events: readonly ClockEvent[], world: World): Life => {
  const { happenings, moved } = withCorrectedStart(knownBy(events, world), world);
  const known = { ...world, moved };
  const life = happenings
    .filter(({ at }) => at <= world.asOf)
    .reduce<Life>(
      (sofar, happening) =>
        after(handlers, breaching(sofar, happening.at), {
          event: happening.event,
          told: toldOf(happening),
          world: known,
        }),
      {
        runs: [],
        steps: [],
      },
    );
  return breaching(life, world.asOf);
};
