/** What the three files say of one another: each is well formed by itself, and may still not fit the others. */
import type { ClockCalendars } from "../../../contracts/clock-calendar.ts";
import type { ClockDefinition } from "../../../contracts/clock-definition.ts";
import type { ClockEvent, ClockEvents } from "../../../contracts/clock-events.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import { addDays } from "../calendar.ts";
import { findCalendar, isNamed, partyCalendarId } from "./calendars.ts";

const unknownCalendar = (path: string): Problem =>
  problem(
    path,
    "calendar-unknown",
    "There is no calendar of that name and version: mend the name, or add it to the calendars.",
  );

const namesIn = ({ calendars }: ClockCalendars): Problem[] =>
  calendars.flatMap(({ id, version, substitutes }, i) => [
    ...(isNamed(id)
      ? [
          problem(
            `calendar.calendars.${i}.id`,
            "calendar-reserved",
            "That name has a meaning of its own: choose another.",
          ),
        ]
      : []),
    ...(calendars.findIndex((other) => other.id === id && other.version === version) === i
      ? []
      : [problem(`calendar.calendars.${i}`, "calendar-twice", "Each version of a calendar is there once.")]),
    ...substitutes.flatMap(({ calendar }, n) =>
      calendar === id || !calendars.some((other) => other.id === calendar)
        ? [unknownCalendar(`calendar.calendars.${i}.substitutes.${n}.calendar`)]
        : [],
    ),
  ]);

const parties = (file: ClockCalendars): Problem[] =>
  (["debtor", "creditor"] as const).flatMap((party) => {
    const id = file[party];
    return id === undefined || findCalendar(file, { id }) !== undefined
      ? []
      : [unknownCalendar(`calendar.${party}`)];
  });

const isKnown = (file: ClockCalendars, name: string, version?: number): boolean => {
  const id = isNamed(name) ? partyCalendarId(file, name) : name;
  return id === undefined ? version === undefined : findCalendar(file, { id, version }) !== undefined;
};

const isPossible = (when: string): boolean => {
  const date = when.slice(0, 10);
  // A day that its month does not have would be one of the next.
  return addDays(date, 0) === date;
};

const impossible = (path: string): Problem =>
  problem(path, "no-such-date", "There is no such date in that month.");

const timesOf = (event: ClockEvent, path: string): Problem[] => [
  ...(isPossible(event.at) ? [] : [impossible(`${path}.at`)]),
  ...(event.heard === undefined || isPossible(event.heard) ? [] : [impossible(`${path}.heard`)]),
  ...(event.event !== "startMoved" || isPossible(event.to) ? [] : [impossible(`${path}.to`)]),
];

const calendarsOf = (event: ClockEvent, path: string, { definition, calendars }: Files): Problem[] => {
  if (event.event !== "calendarChanged") return [];
  const name = event.calendar ?? definition.calendar;
  return isKnown(calendars, name, event.version) ? [] : [unknownCalendar(path)];
};

const eventsIn = (events: readonly ClockEvent[], path: string, files: Files): Problem[] => [
  ...(events.some(({ event }) => event === "started")
    ? []
    : [problem(path, "never-started", 'One of the events is the start: { "event": "started", "at": ... }.')]),
  ...events.flatMap((event, i) => [
    ...timesOf(event, `${path}.${i}`),
    ...calendarsOf(event, `${path}.${i}`, files),
    ...(event.event === "merged" ? eventsIn(event.events, `${path}.${i}.events`, files) : []),
  ]),
];

export type Files = { definition: ClockDefinition; calendars: ClockCalendars };

/** Everything that does not fit between the files. Paths begin with the file: `agreement`, `calendar`, `events`. */
export const checkClock = (files: Files, { events }: ClockEvents): Problem[] => [
  ...namesIn(files.calendars),
  ...parties(files.calendars),
  ...(isKnown(files.calendars, files.definition.calendar) ? [] : [unknownCalendar("agreement.calendar")]),
  ...eventsIn(events, "events.events", files),
];
