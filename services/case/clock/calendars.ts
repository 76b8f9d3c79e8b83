/** Calendars by name: those of an organisation's hours in the directory, and those of a file. */
import {
  type ClockCalendar,
  type ClockCalendars,
  namedCalendars,
} from "../../../contracts/clock-calendar.ts";
import type { Hours } from "../opening-hours.ts";

const unknownHours: Hours = { openingHours: [], closingDays: [] };
const everyDay: Hours = { ...unknownHours, days: "everyDay" };

type Parties = { debtor?: Hours | undefined; creditor?: Hours | undefined };

/** A named calendar for these parties; any other name is read as the debtor's hours. */
export const calendarOf = (
  name: string,
  { debtor = unknownHours, creditor = unknownHours }: Parties,
): Hours => {
  if (name === "clock") return everyDay;
  // Every day is every day: what a party has closed by its own choice is of its own calendar.
  if (name === "everyDay")
    return { ...debtor, days: "everyDay", closingDays: [], closingPeriods: [], substitutes: [] };
  return name === "creditorHours" ? creditor : debtor;
};

const versionsOf = ({ calendars }: ClockCalendars, id: string): ClockCalendar[] =>
  calendars.filter((calendar) => calendar.id === id).toSorted((a, b) => a.version - b.version);

/** A calendar of a file in one version, or in its oldest: the one that a clock started under. */
export const findCalendar = (
  file: ClockCalendars,
  { id, version }: { id: string; version?: number | undefined },
): ClockCalendar | undefined =>
  versionsOf(file, id).find((calendar) => version === undefined || calendar.version === version);

const hoursOf = (file: ClockCalendars, { substitutes, changes, ...calendar }: ClockCalendar): Hours => ({
  ...calendar,
  changes: changes.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  substitutes: substitutes.flatMap(({ calendar: id, from, to }) => {
    const found = versionsOf(file, id).at(-1);
    return found === undefined ? [] : [{ hours: hoursOf(file, { ...found, substitutes: [] }), from, to }];
  }),
});

const partyOf = (file: ClockCalendars, id: string | undefined, version?: number): Hours | undefined => {
  const found = id === undefined ? undefined : findCalendar(file, { id, version });
  return found === undefined ? undefined : hoursOf(file, found);
};

/** The calendar of a file that a named one stands for, if any: the party's. */
export const partyCalendarId = ({ debtor, creditor }: ClockCalendars, name: string): string | undefined => {
  if (name === "creditorHours") return creditor;
  return name === "clock" ? undefined : debtor;
};

export const isNamed = (name: string): boolean => namedCalendars.some((named) => named === name);

export type Using = { name: string; version: number; hours: Hours };

/** The calendar of that name, of the file or a named one. Without a version the oldest: the one that a clock started under. */
export const calendarNamed = (file: ClockCalendars, name: string, version?: number): Using => {
  const id = isNamed(name) ? partyCalendarId(file, name) : name;
  const found = id === undefined ? undefined : findCalendar(file, { id, version });
  const debtor = partyOf(file, name === "creditorHours" ? file.debtor : id, version);
  const creditor = partyOf(file, file.creditor, name === "creditorHours" ? version : undefined);
  return { name, version: found?.version ?? 1, hours: calendarOf(name, { debtor, creditor }) };
};
