import { z } from "zod";
import { TimeOfDay } from "./limits.ts";
import { ClosingDay, Opening } from "./messages/directory.ts";

export const CalendarId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, "The id of a calendar is letters, digits and hyphens.");

/**
 * The calendars that every agreement may name without a file: `workingDays` and `debtorHours` are the debtor's (without one, the
 * statutory working days and all their hours), `creditorHours` the other party's, `everyDay` all days of the year, `clock`
 * every minute.
 */
export const namedCalendars = ["clock", "everyDay", "workingDays", "debtorHours", "creditorHours"] as const;
export type NamedCalendar = (typeof namedCalendars)[number];

const period = { from: z.iso.date(), to: z.iso.date() };
const inOrder = {
  message: "A period ends no earlier than it begins.",
  path: ["to"],
  params: { code: "period-order" },
};
const Names = z.strictObject({ da: z.string().min(1).max(120), en: z.string().min(1).max(120) });

/**
 * When somebody is open, in Danish local time, and which days count. Public holidays are known and not listed. A version that clocks
 * ran under is never changed: a new one is added beside it, so that what was told then can be explained later.
 */
export const ClockCalendar = z
  .strictObject({
    id: CalendarId,
    version: z.number().int().min(1).default(1),
    name: Names.optional(),
    /** `workingDays`: Monday to Friday without public holidays; `everyDay`: all days, holidays too. */
    days: z.enum(["workingDays", "everyDay"]).default("workingDays"),
    /** None: a day that counts lasts all day. A lunch break is two openings on one day. */
    openingHours: z.array(Opening).default([]),
    closingDays: z.array(ClosingDay).default([]),
    /** Both dates included. */
    closingPeriods: z.array(z.strictObject(period).refine(({ from, to }) => from <= to, inOrder)).default([]),
    /** Days that end early. One that ends before it begins is closed. */
    halfDays: z.array(z.strictObject({ day: ClosingDay, closes: TimeOfDay })).default([]),
    /** Other opening hours from a date on. */
    changes: z.array(z.strictObject({ from: z.iso.date(), openingHours: z.array(Opening) })).default([]),
    /** Whose calendar counts on days that are closed by one's own choice. */
    substitutes: z
      .array(
        z.strictObject({ calendar: CalendarId, from: z.iso.date().optional(), to: z.iso.date().optional() }),
      )
      .default([]),
  })
  .meta({ id: "ClockCalendar" });
export type ClockCalendar = z.infer<typeof ClockCalendar>;

/** The file `--calendar` of `sektorbro clock`: calendars in all their versions, and whose the parties' are. */
export const ClockCalendars = z
  .strictObject({
    calendars: z.array(ClockCalendar).default([]),
    debtor: CalendarId.optional(),
    creditor: CalendarId.optional(),
  })
  .meta({ id: "ClockCalendars" });
export type ClockCalendars = z.infer<typeof ClockCalendars>;
