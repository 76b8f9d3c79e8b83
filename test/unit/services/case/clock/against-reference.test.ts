import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClockDefinition } from "../../../../../contracts/clock-definition.ts";
import type { ClockEvent } from "../../../../../contracts/clock-events.ts";
import type { Limit } from "../../../../../contracts/limits.ts";
import { clockOf } from "../../../../../services/case/clock/clock-of.ts";
import type { Clock } from "../../../../../services/case/clock/trace.ts";
import {
  anyCourse,
  anyLimit,
  nastyDates,
  someCalendars,
  standIn,
  stretchDays,
} from "../../../../support/clock-cases.ts";
import {
  type Away,
  referenceDue,
  stretchFrom,
  type Table,
  tableOf,
} from "../../../../support/clock-reference.ts";
import { howOften } from "../../../../support/how-often.ts";

/** So many clocks are compared; 100,000 take thirty seconds of processor. */
const cases = howOften("SEKTORBRO_TEST_CLOCKS", { short: 8_000, long: 40_000 });
const calendarSeed = 20261122;

const calendars = someCalendars(40, calendarSeed);
const stretches = nastyDates.map((date) => stretchFrom(date, stretchDays));
const tables = new Map<number, Table>();
const tableAt = (which: number): Table => {
  const known = tables.get(which);
  if (known !== undefined) return known;
  const calendar = calendars[which % calendars.length];
  const stretch = stretches[Math.floor(which / calendars.length)];
  if (calendar === undefined || stretch === undefined) throw new Error("No such table.");
  const table = tableOf(stretch, calendar, [standIn]);
  tables.set(which, table);
  return table;
};

type Course = { start: number; away: Away[]; open?: number | undefined; answer?: number | undefined };

/** Turns of pausing and resuming as minutes; the last pause may last for ever. */
const courseOf = ({
  start,
  turns,
  answer,
}: {
  start: number;
  turns: number[];
  answer: number | undefined;
}): Course => {
  let t = start;
  const marks = turns.map((gap) => (t += gap));
  const away: Away[] = [];
  for (let i = 0; i + 1 < marks.length; i += 2) away.push({ from: marks[i] ?? 0, to: marks[i + 1] ?? 0 });
  const open = marks.length % 2 === 1 ? marks.at(-1) : undefined;
  return {
    start,
    away: away.filter(({ from, to }) => from < to),
    open,
    answer: answer === undefined ? undefined : start + answer,
  };
};

const forEver = Number.MAX_SAFE_INTEGER;

/** What the clock waits for in the end: the answer cuts off what comes after it, and a pause that it falls in never ends. */
const awayUntil = ({ away, open, answer = forEver }: Course): Away[] => {
  const all = open === undefined ? away : [...away, { from: open, to: forEver }];
  return all
    .filter(({ from }) => from < answer)
    .map(({ from, to }) => ({ from, to: answer <= to ? forEver : to }));
};

const eventsOf = ({ start, away, open, answer }: Course, instantAt: (t: number) => string): ClockEvent[] => [
  { event: "started", at: instantAt(start) },
  ...away.flatMap(({ from, to }): ClockEvent[] => [
    { event: "paused", at: instantAt(from), reason: "asked back" },
    { event: "resumed", at: instantAt(to) },
  ]),
  ...(open === undefined ? [] : [{ event: "paused", at: instantAt(open), reason: "asked back" } as const]),
  ...(answer === undefined
    ? []
    : [{ event: "stopped", at: instantAt(answer), reached: "delivery" } as const]),
];

const definitionOf = (limit: Limit, warnAt: Limit) =>
  ClockDefinition.parse({ id: "RANDOM", limit, warnAt, calendar: "own" });

const anyCase = fc.record({
  which: fc.nat(calendars.length * nastyDates.length - 1),
  limit: anyLimit,
  warnAt: anyLimit,
  course: anyCourse.map(courseOf),
});

/** The numbers and minutes that the trace tells day by day add up to the limit. */
const expectTally = ({ trace: { days: lines } }: Clock, limit: Limit) => {
  const counted = lines.filter(({ counts }) => counts);
  if (lines.length > 0 && limit.kind === "openingMinutes")
    expect(counted.reduce((sum, line) => sum + Number(line.minutes), 0)).toBe(limit.minutes);
  // Past the last day only for a clock that was paused when it was due.
  const skipped = lines.filter(({ why }) => why === "closedInPause").length;
  const isCounted = limit.kind === "workingDays" || limit.kind === "calendarDays";
  if (lines.length > 0 && isCounted && limit.days > 0 && skipped === 0)
    expect(counted.at(-1)?.no).toBe(limit.days);
};

type Case = typeof anyCase extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const withinNoDays = (which: number, start: number, away: Away): [Case] => {
  const limit = { kind: "calendarDays", days: 0 } as const;
  return [
    { which, limit, warnAt: limit, course: { start, away: [away], open: undefined, answer: undefined } },
  ];
};

/** Each was found once in some hundred thousand: pauses that begin or end at the very midnight that is due. */
const aroundTheDueMidnight = [
  withinNoDays(160, 9567, { from: 9609, to: 9960 }),
  withinNoDays(0, 22_896, { from: 22_920, to: 24_360 }),
  withinNoDays(0, 22_896, { from: 22_919, to: 24_360 }),
];

describe("a clock and the minutes walked one by one", () => {
  it("come to the same due time, the same warning, and the same answer to whether it was in time", {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(anyCase, ({ which, limit, warnAt, course }) => {
        const table = tableAt(which);
        const calendar = calendars[which % calendars.length];
        const instantAt = (t: number) => new Date(table.stretch.baseMs + t * 60_000).toISOString();
        const events = eventsOf(course, instantAt);
        const asOf = instantAt(200 * 1440);
        const file = { calendars: calendar === undefined ? [] : [calendar, standIn] };
        const clock = clockOf(definitionOf(limit, warnAt), file, { events, asOf });
        const away = awayUntil(course);
        const due = referenceDue(table, limit, { start: course.start, away });
        const isFrozen = due === undefined;
        if (!isFrozen) {
          expect(clock.due).toBe(due);
        } else expect(away.some(({ to }) => to === forEver)).toBe(true);
        const warn = referenceDue(table, warnAt, { start: course.start, away });
        if (warn !== undefined) expect(clock.warnAt).toEqual([warn]);
        if (course.answer !== undefined)
          expect(clock.stoppedInTime).toBe(isFrozen || instantAt(course.answer) <= due);
        else expect(clock.status).toBe(course.open === undefined ? "breached" : "paused");
        expectTally(clock, limit);
      }),
      { numRuns: cases, examples: aroundTheDueMidnight },
    );
  });
});
