/** A clock told in a few words: a limit, a calendar, and what happened by the Danish wall clock. */
import { ClockCalendars } from "../../contracts/clock-calendar.ts";
import { ClockDefinition } from "../../contracts/clock-definition.ts";
import { ClockEvents } from "../../contracts/clock-events.ts";
import { clockOf } from "../../services/case/clock/clock-of.ts";
import { instantOfWhen } from "../../services/case/clock/happenings.ts";
import type { Clock } from "../../services/case/clock/trace.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";

type Said = [event: string, at: string, more?: object];

export const office = [{ days: [1, 2, 3, 4, 5], opens: "09:00", closes: "17:00" }];
export const lunchBreak = [
  { days: [1, 2, 3, 4, 5], opens: "08:00", closes: "12:00" },
  { days: [1, 2, 3, 4, 5], opens: "12:45", closes: "16:00" },
];
export const days = (n: number) => ({ kind: "workingDays", days: n });
export const openMinutes = (minutes: number) => ({ kind: "openingMinutes", minutes });
export const minutes = (n: number) => ({ kind: "elapsed", minutes: n });

const instant = (text: string): string => text.replace(" ", "T");
const clockEvents = (events: readonly Said[]) =>
  ClockEvents.parse({
    events: events.map(([event, at, more]) => ({
      event,
      at: instant(at),
      ...(event === "paused" ? { reason: "asked back" } : {}),
      ...more,
    })),
  }).events;

/** The clock of these events; `own` is the debtor's calendar, `others` its later versions and other calendars. */
export const living = (
  definition: object,
  events: readonly Said[],
  { own = {}, others = [], at = "2030-01-01 00:00" }: { own?: object; others?: object[]; at?: string } = {},
): Clock =>
  clockOf(
    ClockDefinition.parse({ id: "TEST", ...definition }),
    ClockCalendars.parse({
      debtor: "own",
      calendars: [{ id: "own", openingHours: office, ...own }, ...others],
    }),
    { events: clockEvents(events), asOf: instantOfWhen(instant(at)) },
  );

/** When it is due, on a Danish wall clock to the minute. */
export const dueLocal = ({ due = "" }: Pick<Clock, "due">): string => localDateTimeOf(due).replace("T", " ");
export const local = (text: string): string => instantOfWhen(instant(text));
