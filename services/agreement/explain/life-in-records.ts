/** The life of one clock of a case, as its records tell it: the events, the definition and the calendars that the arithmetic takes. */
import { type Agreement, warningsOf } from "../../../contracts/agreement.ts";
import { ClockCalendars } from "../../../contracts/clock-calendar.ts";
import type { ClockDefinition } from "../../../contracts/clock-definition.ts";
import { ClockEvent } from "../../../contracts/clock-events.ts";
import type { ClockChange, ClockHours } from "../../../contracts/clocks.ts";
import { documentRead } from "../../../contracts/codes/promises.ts";
import type { Limits } from "../../../contracts/limits.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

type Change<Kind extends ClockChange["change"]> = Extract<ClockChange, { change: Kind }>;

/** One change of the clock, and the record that tells of it. */
export type Entry = { change: ClockChange; record: CaseRecord };

export const entriesOf = (records: readonly CaseRecord[], clockId: string): Entry[] =>
  records.flatMap((record) =>
    record.clocks.filter((change) => change.clockId === clockId).map((change) => ({ change, record })),
  );

/** What is read so far: which calendar and agreement count, and the events up to here. */
type Sofar = {
  agreement: Agreement;
  limits: Limits | undefined;
  measuredTo: Agreement["measuredTo"];
  calendars: readonly ClockHours[];
  events: readonly unknown[];
};

type Book = (id: string, version: number) => Agreement | undefined;

const factIn = ({ facts }: CaseRecord, names: readonly string[]): { fact?: string } => {
  const found = facts.find(({ type }) => names.includes(type));
  if (found !== undefined) return { fact: found.type };
  // What people say of having read is in the deliveries, not in a fact.
  return names.includes(documentRead) ? { fact: documentRead } : {};
};

/** When it happened, and when the hub heard of it if that was later. */
const whenOf = ({ change, record }: Entry): { at: string; heard?: string } =>
  record.meta.at > change.at ? { at: change.at, heard: record.meta.at } : { at: change.at };

const limitsOf = ({ agreement, limits }: Sofar): Pick<Agreement, "limit" | "warnAt"> => {
  const { limit, warnAt } = limits ?? agreement;
  return { limit, warnAt };
};

/** The other clock's own life, as far as it bears on the times. */
const mergedFrom = ({ startedAt, from, waited = [] }: Change<"rescheduled">, when: object): object => ({
  event: "merged",
  ...when,
  from: (from ?? "").slice(0, 80),
  events: [
    { event: "started", at: startedAt },
    ...waited.flatMap(({ pausedAt, resumedAt }) => [
      { event: "paused", at: pausedAt, reason: "merged" },
      { event: "resumed", at: resumedAt },
    ]),
  ],
});

const rescheduled = (sofar: Sofar, entry: Entry, book: Book): Sofar => {
  const { change } = entry;
  if (change.change !== "rescheduled") return sofar;
  const { agreementVersion, calendar, why, startedAt } = change;
  const { agreement: before } = sofar;
  const newer = agreementVersion === undefined ? undefined : book(before.id, agreementVersion);
  const calendars = calendar === undefined ? sofar.calendars : [...sofar.calendars, calendar];
  const after = { ...sofar, agreement: newer ?? before, calendars };
  const when = whenOf(entry);
  const version = calendars.length;
  const recalendared = { event: "calendarChanged", ...when, calendar: after.agreement.calendar, version };
  const isRecalendared = calendar !== undefined || before.calendar !== after.agreement.calendar;
  const events = {
    reopened: [{ event: "reopened", ...when }],
    "start-moved": [{ event: "startMoved", ...when, to: startedAt }],
    merged: [mergedFrom(change, when)],
    "calendar-changed": [recalendared],
    "limits-changed": [
      {
        event: "limitsChanged",
        ...when,
        ...limitsOf(after),
        version: after.agreement.version,
        // At once with the limits: between the two it would be late by neither.
        ...(isRecalendared ? { calendar: after.agreement.calendar, calendarVersion: version } : {}),
      },
    ],
  }[why];
  return { ...after, events: [...sofar.events, ...events] };
};

const eventOf = ({ agreement, measuredTo }: Sofar, entry: Entry): object | undefined => {
  const { change, record } = entry;
  const when = whenOf(entry);
  switch (change.change) {
    case "started":
      return { event: "started", ...when, ...factIn(record, agreement.startsOn) };
    case "paused":
      return { event: "paused", ...when, reason: change.reason, ...factIn(record, agreement.pausesOn) };
    case "resumed":
      return { event: "resumed", ...when, ...factIn(record, agreement.resumesOn) };
    case "answered":
      return { event: "stopped", ...when, reached: "delivery", ...factIn(record, agreement.stopsOn) };
    case "stopped":
      return { event: "stopped", ...when, reached: measuredTo, ...factIn(record, agreement.stopsOn) };
    case "cancelled":
      return { event: "cancelled", ...when, reason: change.reason };
    case "rescheduled":
    case "warned":
    case "breached":
      return undefined;
  }
};

const read =
  (book: Book) =>
  (sofar: Sofar, entry: Entry): Sofar => {
    if (entry.change.change === "rescheduled") return rescheduled(sofar, entry, book);
    const event = eventOf(sofar, entry);
    return event === undefined ? sofar : { ...sofar, events: [...sofar.events, event] };
  };

const debtorCalendar = "debtor";

const calendarsOf = (hours: readonly ClockHours[]): ClockCalendars =>
  ClockCalendars.parse({
    debtor: debtorCalendar,
    calendars: hours.map((one, i) => ({ id: debtorCalendar, version: i + 1, ...one })),
  });

const definitionOf = ({ agreement, limits, measuredTo }: Sofar): ClockDefinition => {
  const { id, version, name, calendar } = agreement;
  const { limit } = limits ?? agreement;
  const warnAt = [...warningsOf(limits ?? agreement)];
  // A record tells of each change that was made, and of none that was not.
  return { id, version, name, limit, warnAt, calendar, measuredTo, ...followingRecords };
};
const followingRecords = { onReopen: "continue", onChange: "recompute", onEnd: "runOn" } as const;

export type LifeInRecords = {
  definition: ClockDefinition;
  calendars: ClockCalendars;
  events: ClockEvent[];
};

/**
 * The three things that the arithmetic takes, from the records of a case. `hours`: the debtor's, for a clock whose record is older than
 * calendars in records. `undefined`: it never started here, or its agreement is in no book.
 */
export const lifeInRecords = (
  entries: readonly Entry[],
  book: Book,
  hours: ClockHours,
): LifeInRecords | undefined => {
  const start = entries[0]?.change;
  if (start?.change !== "started") return undefined;
  const agreement = book(start.agreement, start.agreementVersion);
  if (agreement === undefined) return undefined;
  const { limits, calendar = hours } = start;
  // Where an answer was on its way, only its reading was the end, whatever a later version says.
  const isReading = entries.some(({ change }) => change.change === "answered");
  const measuredTo = isReading ? "reading" : agreement.measuredTo;
  const first: Sofar = { agreement, limits, measuredTo, calendars: [calendar], events: [] };
  const { calendars, events } = entries.reduce(read(book), first);
  return {
    definition: definitionOf(first),
    calendars: calendarsOf(calendars),
    events: events.map((event) => ClockEvent.parse(event)),
  };
};
