/** One clock worked out and explained from three files, with no hub running. */
import { Agreement } from "../../contracts/agreement.ts";
import { ClockCalendars } from "../../contracts/clock-calendar.ts";
import { ClockDefinition } from "../../contracts/clock-definition.ts";
import { ClockEvents } from "../../contracts/clock-events.ts";
import { type Problem, problemsOf } from "../../contracts/problem.ts";
import { checkClock } from "../case/clock/check.ts";
import { clockOf } from "../case/clock/clock-of.ts";
import { explain, type Language } from "../case/clock/explain.ts";
import { happeningOf, instantOfWhen } from "../case/clock/happenings.ts";
import type { Clock } from "../case/clock/trace.ts";

type ClockFiles = { agreement: unknown; calendar: unknown; events: unknown };
type ClockAnswer =
  | { ok: true; clock: Clock; explain: (language: Language) => string[] }
  | { ok: false; problems: Problem[] };

const hasKind = (value: unknown): boolean => typeof value === "object" && value !== null && "kind" in value;

const under =
  (file: string) =>
  (found: Problem): Problem => ({ ...found, path: found.path === "" ? file : `${file}.${found.path}` });

/** An agreement of a set has more than a clock needs: only that is taken. */
const definitionFrom = (value: unknown): ReturnType<typeof ClockDefinition.safeParse> => {
  if (!hasKind(value)) return ClockDefinition.safeParse(value);
  const agreement = Agreement.safeParse(value);
  if (!agreement.success) return ClockDefinition.safeParse(value);
  const { id, version, name, limit, warnAt, calendar, measuredTo } = agreement.data;
  return ClockDefinition.safeParse({ id, version, name, limit, warnAt, calendar, measuredTo });
};

/** What was known at the last: now, or later where the file tells of later things. */
const asOfAll = ({ events }: ClockEvents, now: string): string =>
  [now, ...events.map((event) => happeningOf(event).heard)].toSorted().at(-1) ?? now;

/**
 * `at`: as it was known then, `yyyy-mm-ddThh:mm` on a Danish wall clock or with Z or an offset; without it all that the file tells
 * is known.
 */
export const answerClock = (
  files: ClockFiles,
  { at, now }: { at: string | undefined; now: string },
): ClockAnswer => {
  const definition = definitionFrom(files.agreement);
  const calendars = ClockCalendars.safeParse(files.calendar);
  const events = ClockEvents.safeParse(files.events);
  if (!definition.success || !calendars.success || !events.success) {
    const told = { agreement: definition.error, calendar: calendars.error, events: events.error };
    const problems = Object.entries(told).flatMap(([file, error]) =>
      error === undefined ? [] : problemsOf(error).map(under(file)),
    );
    return { ok: false, problems };
  }
  const given = { definition: definition.data, calendars: calendars.data };
  const problems = checkClock(given, events.data);
  if (problems.length > 0) return { ok: false, problems };
  const known = {
    events: events.data.events,
    asOf: at === undefined ? asOfAll(events.data, now) : instantOfWhen(at),
  };
  const clock = clockOf(given.definition, given.calendars, known);
  return { ok: true, clock, explain: (language) => explain(clock.trace, language) };
};
