/** One clock under one agreement, from its start to now. */
import { warningsOf } from "../../../../contracts/agreement.ts";
import type { ClockCalendars } from "../../../../contracts/clock-calendar.ts";
import type { ClockDefinition } from "../../../../contracts/clock-definition.ts";
import type { SingleClockEvent } from "../../../../contracts/clock-events.ts";
import { type Instant, laterOf } from "../../../../contracts/time.ts";
import { lifeOf } from "../../../case/clock/life.ts";
import { isOver, type Run } from "../../../case/clock/run.ts";
import type { CaseLine } from "./case-line.ts";
import { eventsOf, type Hearing } from "./events.ts";

/** `open`: not answered and not late. `late` also when it was answered since; `unanswered`: it still is not. */
export type Weighed = {
  outcome: "inTime" | "late" | "open" | "cancelled";
  unanswered: boolean;
  warned: boolean;
  due: Instant;
};

type World = { definition: ClockDefinition; calendars: ClockCalendars; asOf: Instant; asTold: true };

/** Its own limits, where its decision set others than the agreement's, go before those of any agreement. */
const definitionOf = ({ agreement, start, tried }: Hearing): ClockDefinition => {
  const { id, version, name, calendar, measuredTo, onReopen = "restart", onEnd = "runOn" } = agreement;
  const terms = start.limits ?? agreement;
  return {
    id,
    version,
    name,
    limit: terms.limit,
    warnAt: [...warningsOf(terms)],
    calendar,
    measuredTo,
    onReopen: tried ? onReopen : "continue",
    // What was recorded as a change of the clock was one, whatever its agreement says.
    onChange: tried ? (agreement.onChange ?? "keep") : "recompute",
    onEnd,
  };
};

const outcomeOf = (run: Run): Weighed["outcome"] => {
  if (run.breachedAt !== undefined) return "late";
  if (run.ended === undefined) return "open";
  return run.ended.how === "cancelled" ? "cancelled" : "inTime";
};

/** The first warning, which is never later than what it warns of. */
const firstWarning = (run: Run): Instant =>
  [run.aim.at, ...run.warnings.map(({ at }) => at)].toSorted()[0] ?? run.aim.at;

/**
 * Whether a warning was given while the clock ran: looked at after each thing that was heard, until the next. What is heard at that very
 * instant comes first, and nothing is given before the clock is heard of.
 */
const wasWarned = (events: readonly SingleClockEvent[], world: World): boolean =>
  events.some((event, i) => {
    const asOf = event.heard ?? event.at;
    const { run } = lifeOf(events.slice(0, i + 1), { ...world, asOf });
    if (run === undefined || isOver(run) || run.paused !== undefined) return false;
    const warning = laterOf(firstWarning(run), asOf);
    const next = events[i + 1];
    return next === undefined ? warning <= world.asOf : warning < (next.heard ?? next.at);
  });

/** `undefined`: it had not started by then. */
export const weigh = (
  hearing: Hearing,
  later: readonly CaseLine[],
  { calendars, asOf }: Pick<World, "calendars" | "asOf">,
): Weighed | undefined => {
  const events = eventsOf(hearing, later);
  const world: World = { definition: definitionOf(hearing), calendars, asOf, asTold: true };
  const { run } = lifeOf(events, world);
  if (run === undefined) return undefined;
  const outcome = outcomeOf(run);
  return {
    outcome,
    unanswered: outcome === "late" && run.ended === undefined,
    warned: wasWarned(events, world),
    due: run.aim.at,
  };
};
