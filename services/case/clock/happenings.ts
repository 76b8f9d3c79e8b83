/** Events as they are told, in the order in which they happened. */
import type { ClockEvent, SingleClockEvent } from "../../../contracts/clock-events.ts";
import type { Instant } from "../../../contracts/time.ts";
import { instantOf, instantOfLocal, localDateTimeOf, msOf } from "../clock-zone.ts";

const hasZone = (when: string): boolean => /(Z|[+-]\d\d:\d\d)$/.test(when);

/** The instant that a time of a file means; a Danish time without offset is read as RFC 5545 says (see `instantOfLocal`). */
export const instantOfWhen = (when: string): Instant =>
  hasZone(when) ? instantOf(msOf(when)) : instantOfLocal(when.slice(0, 10), when.slice(11));

const hourMs = 3_600_000;

/** Whether a Danish time without offset is one that the clocks skip, or that comes twice. */
export const wallClockOf = (when: string): "skipped" | "repeated" | undefined => {
  if (hasZone(when)) return undefined;
  const instant = instantOfWhen(when);
  if (localDateTimeOf(instant) !== when.slice(0, 16)) return "skipped";
  return localDateTimeOf(instantOf(msOf(instant) + hourMs)) === when.slice(0, 16) ? "repeated" : undefined;
};

export type Happening<E = ClockEvent> = { event: E; at: Instant; heard: Instant };

export const happeningOf = <E extends ClockEvent>(event: E): Happening<E> => {
  const at = instantOfWhen(event.at);
  const heard = instantOfWhen(event.heard ?? event.at);
  // Nobody hears of a thing before it happens; a clock that is a little wrong may say so.
  return { event, at, heard: [at, heard].toSorted().at(-1) ?? at };
};

/**
 * What comes first when several things happen at one instant, and nothing says in which order. An answer counts before a question back or
 * the end of the agreement; pause and resumption keep the order in which they were told.
 */
const ranks: Readonly<Record<ClockEvent["event"], number>> = {
  started: 0,
  startMoved: 0,
  limitsChanged: 1,
  calendarChanged: 1,
  merged: 2,
  stopped: 3,
  paused: 4,
  resumed: 4,
  reopened: 5,
  agreementEnded: 6,
  cancelled: 7,
};

/**
 * What was known by when, and in which order things of one instant happened. `asTold`: the events are a journal's, which has decided that
 * already; people who tell of events to the minute have not.
 */
export type Known = { asOf: Instant; asTold?: boolean | undefined };

const before =
  ({ asTold = false }: Known) =>
  (a: Happening, b: Happening): number => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1;
    return asTold ? 0 : ranks[a.event.event] - ranks[b.event.event];
  };

/** What had happened by `asOf` and was known by then. */
export const knownBy = (events: readonly ClockEvent[], known: Known): Happening[] =>
  events
    .map(happeningOf)
    .filter(({ heard }) => heard <= known.asOf)
    .toSorted(before(known));

type Start = Extract<SingleClockEvent, { event: "started" }>;
type Move = Extract<SingleClockEvent, { event: "startMoved" }>;
export type Moved = { start: Happening<Start>; to: Happening<Move> };

const isMove = (happening: Happening): happening is Happening<Move> => happening.event.event === "startMoved";
const isStart = (happening: Happening): happening is Happening<Start> => happening.event.event === "started";

/**
 * A corrected start takes the place of the one that was told: it started then all the time. The last correction that was heard
 * counts, and it moves the first start.
 */
export const withCorrectedStart = (
  happenings: readonly Happening[],
  known: Known,
): { happenings: Happening[]; moved?: Moved } => {
  const start = happenings.find(isStart);
  const to = happenings
    .filter(isMove)
    .toSorted((a, b) => (a.heard < b.heard ? -1 : 1))
    .at(-1);
  if (start === undefined || to === undefined) return { happenings: [...happenings] };
  const rest = happenings.filter((each) => each !== start && !isMove(each));
  const corrected = { ...start, at: instantOfWhen(to.event.to) };
  return { happenings: [corrected, ...rest].toSorted(before(known)), moved: { start, to } };
};
