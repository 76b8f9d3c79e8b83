import type { ClockCalendars } from "../../../contracts/clock-calendar.ts";
import type { ClockDefinition } from "../../../contracts/clock-definition.ts";
import type { ClockEvent } from "../../../contracts/clock-events.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { Known } from "./happenings.ts";
import { type Life, lifeOf } from "./life.ts";
import { outcomeOf } from "./run.ts";
import { tallyOf } from "./tally.ts";
import type { Clock, Outcome, Trace } from "./trace.ts";

const notStarted = (asOf: Instant): Outcome => ({
  status: "notStarted",
  asOf,
  warnAt: [],
  pausedMinutes: 0,
  breached: false,
});

const promisedBy = ({ run }: Life): Pick<Trace, "promised"> => {
  if (run === undefined) return {};
  const { limit, using, version } = run.terms;
  return { promised: { limit, calendar: using.name, calendarVersion: using.version, version } };
};

/**
 * A clock, worked out from all that is known to have happened by `asOf`. Nothing but the arguments is read, so the same events give the
 * same instants in any order (`asTold`: in theirs), at any time and on any machine.
 */
export const clockOf = (
  definition: ClockDefinition,
  calendars: ClockCalendars,
  { events, asOf, asTold }: Known & { events: readonly ClockEvent[] },
): Clock => {
  const life = lifeOf(events, { definition, calendars, asOf, asTold });
  const outcome = life.run === undefined ? notStarted(asOf) : outcomeOf(life.run, asOf);
  const { id, version, name, measuredTo } = definition;
  const trace: Trace = {
    agreement: { id, version, name, measuredTo },
    ...promisedBy(life),
    outcome,
    steps: [...life.steps],
    days: life.run === undefined ? [] : tallyOf(life.run),
    runs: [...life.runs],
  };
  return { ...outcome, trace };
};
