/** By which calendar a clock is counted: the one that was recorded with it, the directory's, or another that is tried. */
import type { PartyView } from "../../../../contracts/agreement-choice.ts";
import type { ClockCalendar, ClockCalendars } from "../../../../contracts/clock-calendar.ts";
import type { ClockHours } from "../../../../contracts/clocks.ts";
import type { Opening, Organisation } from "../../../../contracts/messages/directory.ts";
import type { OtherHours, WhatIfCalendars } from "../../../../contracts/messages/what-if.ts";
import type { CaseLine, StartedClock } from "./case-line.ts";
import { reschedulings } from "./events.ts";

const debtorId = "debtor";

const calendarOf = ({ openingHours = [], closingDays = [] }: ClockHours, version: number): ClockCalendar => ({
  ...{ id: debtorId, version, openingHours, closingDays },
  days: "workingDays",
  closingPeriods: [],
  halfDays: [],
  changes: [],
  substitutes: [],
});

/** The debtor's days and hours as they were recorded with the clock, later ones as versions; else as the directory has them now. */
export const recordedCalendars = (
  start: StartedClock,
  later: readonly CaseLine[],
  debtor: Organisation | undefined,
): ClockCalendars => {
  const first = start.calendar ?? debtor ?? {};
  const changed = reschedulings(later, start.clockId).flatMap(({ calendar }) => calendar ?? []);
  return {
    calendars: [first, ...changed].map((hours, i) => calendarOf(hours, i + 1)),
    debtor: debtorId,
  };
};

/** The nearer, the smaller; `undefined`: not meant. */
const distance = (
  { organisations, kinds }: OtherHours,
  { gln, wholes, kind }: PartyView,
): number | undefined => {
  const level =
    organisations === undefined ? 0 : [gln, ...wholes].findIndex((one) => organisations.includes(one));
  const isOfKind = kinds === undefined || (kind !== undefined && kinds.includes(kind));
  if (level === -1 || !isOfKind) return undefined;
  if (organisations !== undefined) return level;
  return kinds === undefined ? 2000 : 1000;
};

const otherHoursFor = ({ use }: WhatIfCalendars, debtor: PartyView): OtherHours | undefined =>
  use
    .flatMap((other) => {
      const near = distance(other, debtor);
      return near === undefined ? [] : [{ other, near }];
    })
    .toSorted((a, b) => a.near - b.near)[0]?.other;

/** A working day without known hours lasts all day; an opening ends a minute before midnight at the latest. */
const allDay: Opening = { days: [1, 2, 3, 4, 5], opens: "00:00", closes: "23:59" };

type Closing = NonNullable<OtherHours["closes"]>[number];

const endingBy = (openings: readonly Opening[], { days, at }: Closing): Opening[] =>
  openings.flatMap((opening) => {
    const kept = opening.days.filter((day) => !days.includes(day));
    const cut = opening.days.filter((day) => days.includes(day));
    const closes = opening.closes < at ? opening.closes : at;
    return [
      ...(kept.length === 0 ? [] : [{ ...opening, days: kept }]),
      ...(cut.length === 0 || closes <= opening.opens ? [] : [{ ...opening, days: cut, closes }]),
    ];
  });

const closedBy = (closings: readonly Closing[], openings: readonly Opening[]): Opening[] =>
  closings.reduce<Opening[]>(endingBy, openings.length === 0 ? [allDay] : [...openings]);

const withClosings = (calendar: ClockCalendar, closings: readonly Closing[]): ClockCalendar => ({
  ...calendar,
  openingHours: closedBy(closings, calendar.openingHours),
  changes: calendar.changes.map((change) => ({
    ...change,
    openingHours: closedBy(closings, change.openingHours),
  })),
});

/** The calendars of a clock when others are tried; those who are not meant keep theirs. */
export const triedCalendars = (
  recorded: ClockCalendars,
  tried: WhatIfCalendars | undefined,
  debtor: PartyView,
): ClockCalendars => {
  const other = tried === undefined ? undefined : otherHoursFor(tried, debtor);
  if (tried === undefined || other === undefined) return recorded;
  const { calendar: id = debtorId, closes = [] } = other;
  const own = other.calendar === undefined ? recorded.calendars : [];
  const calendars = [...own, ...tried.calendars].map((calendar) =>
    calendar.id === id && closes.length > 0 ? withClosings(calendar, closes) : calendar,
  );
  return { calendars, debtor: id };
};
