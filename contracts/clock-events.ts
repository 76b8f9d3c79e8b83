import { z } from "zod";
import { CalendarId } from "./clock-calendar.ts";
import { Limit } from "./limits.ts";

/**
 * When something happened: an instant with `Z` or an offset, or a Danish wall-clock time without (`2026-11-20T16:30`). A local time
 * that comes twice in October is the first of the two; one that March skips is an hour later.
 */
export const When = z
  .string()
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/,
    "A time is 2026-11-20T16:30, on a Danish wall clock, or ends in Z or an offset such as +01:00.",
  );

const what = {
  at: When,
  /** When the hub heard of it, if later: it counts by when it happened, and was not known before. */
  heard: When.optional(),
  /** What it was, in the family's words: `InformationRequested`. */
  fact: z.string().min(1).max(60).optional(),
};
const reason = z.string().min(1).max(200);

const single = [
  z.strictObject({ event: z.literal("started"), ...what }),
  /** The creditor is the one to act. A pause has a reason. */
  z.strictObject({ event: z.literal("paused"), ...what, reason }),
  z.strictObject({ event: z.literal("resumed"), ...what }),
  /** What was owed was done; `reached`: it is on its way to the creditor, or was read there. */
  z.strictObject({
    event: z.literal("stopped"),
    ...what,
    reached: z.enum(["delivery", "reading"]).default("delivery"),
  }),
  z.strictObject({ event: z.literal("cancelled"), ...what, reason }),
  z.strictObject({ event: z.literal("reopened"), ...what }),
  /** A correction: it started at `to` all the time. */
  z.strictObject({ event: z.literal("startMoved"), ...what, to: When }),
  z.strictObject({
    event: z.literal("limitsChanged"),
    ...what,
    limit: Limit,
    warnAt: z.union([Limit, z.array(Limit).max(10)]).optional(),
    /** The calendar that the new limits are counted in, where it is another too: both change at once. */
    calendar: CalendarId.optional(),
    calendarVersion: z.number().int().min(1).optional(),
    version: z.number().int().min(1).optional(),
  }),
  z.strictObject({
    event: z.literal("calendarChanged"),
    ...what,
    /** Absent: another version of the same calendar. */
    calendar: CalendarId.optional(),
    version: z.number().int().min(1).optional(),
  }),
  z.strictObject({ event: z.literal("agreementEnded"), ...what }),
] as const;

export const SingleClockEvent = z.discriminatedUnion("event", single);
export type SingleClockEvent = z.infer<typeof SingleClockEvent>;

/** Another case's clock under the same agreement is joined to this one: what is due first stays due then. */
const Merged = z.strictObject({
  event: z.literal("merged"),
  ...what,
  /** The other clock, or case, as people call it. */
  from: z.string().min(1).max(80),
  events: z.array(SingleClockEvent).min(1).max(1000),
});

export const ClockEvent = z.discriminatedUnion("event", [...single, Merged]).meta({ id: "ClockEvent" });
export type ClockEvent = z.infer<typeof ClockEvent>;

/** The file `--events` of `sektorbro clock`: the life of one clock, in any order. */
export const ClockEvents = z
  .strictObject({
    clock: z.string().min(1).max(80).optional(),
    events: z.array(ClockEvent).min(1).max(10_000),
  })
  .meta({ id: "ClockEvents" });
export type ClockEvents = z.infer<typeof ClockEvents>;
