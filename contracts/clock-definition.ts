import { z } from "zod";
import { CalendarId } from "./clock-calendar.ts";
import { Limit } from "./limits.ts";

/**
 * All that the arithmetic of one clock needs of an agreement: the file `--agreement` of `sektorbro clock`, which also takes an
 * agreement of a set as it is.
 */
export const ClockDefinition = z
  .strictObject({
    id: z.string().min(1).max(60),
    version: z.number().int().min(1).default(1),
    name: z.strictObject({ da: z.string().min(1).max(500), en: z.string().min(1).max(500) }).optional(),
    limit: Limit,
    /** One warning or several; none: nobody is warned. */
    warnAt: z.union([Limit, z.array(Limit).max(10)]).default([]),
    /** A named calendar, or one of the file of calendars. */
    calendar: CalendarId.default("debtorHours"),
    /** Whether it is kept when the answer is on its way to the creditor, or when the creditor has read it. */
    measuredTo: z.enum(["delivery", "reading"]).default("delivery"),
    /**
     * What a case that is opened again does: `restart` makes a new clock, with the whole time; `continue` lets the old one go on with
     * what it had left, and what was late stays late.
     */
    onReopen: z.enum(["restart", "continue"]).default("restart"),
    /** Whether a running clock keeps limits and calendar as they were when it started, or is counted anew from its start. */
    onChange: z.enum(["keep", "recompute"]).default("keep"),
    /** What the end of the agreement does to a running clock: it was promised, so it runs on; or it is cancelled. */
    onEnd: z.enum(["runOn", "cancel"]).default("runOn"),
  })
  .meta({ id: "ClockDefinition" });
export type ClockDefinition = z.infer<typeof ClockDefinition>;
