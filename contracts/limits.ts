import { z } from "zod";

/** A time of day on a Danish wall clock, `hh:mm`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is hh:mm.");

const days = z.number().int().min(0).max(400);
const minutes = z.number().int().min(1);

const cutoffFirst = {
  message: "What comes before the cutoff is read after it: `by` must be later than `cutoff`.",
  path: ["by"],
  params: { code: "window-order" },
};

const ReadingWindow = z
  .object({ kind: z.literal("readingWindow"), cutoff: TimeOfDay, by: TimeOfDay })
  .refine(({ cutoff, by }) => cutoff < by, cutoffFirst);

/**
 * How long a party has. Which days and hours count is the calendar's to say; the day of the start is never day 1.
 * - `workingDays`: until closing time of the last of so many counting days; within 0 days is the next closing time. The day after
 *   the start is day 1, also when the start is after closing time (response-time agreements, clock rule).
 * - `elapsed`: minutes by the clock on the wall of a laboratory, also over daylight-saving changes.
 * - `openingMinutes`: minutes within opening hours.
 * - `calendarDays`: until midnight that ends the last day, holidays and weekends included.
 * - `readingWindow`: by `by` on the same counting day for what came before `cutoff`, else on the next counting day
 *   (COR-HOSP-READ).
 * - `sameOrNextDay`: until closing time of the same counting day, or of the next one. What comes when that day is over, or on a day
 *   that does not count, has until closing time of the next counting day.
 * - `timeOfDay`: at that time of the day that is so many counting days after the start; with 0 on the day of the start itself, which
 *   may be past already (CARE-PLAN).
 */
export const Limit = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("workingDays"), days }),
  z.object({ kind: z.literal("elapsed"), minutes }),
  z.object({ kind: z.literal("openingMinutes"), minutes }),
  z.object({ kind: z.literal("calendarDays"), days }),
  ReadingWindow,
  z.object({ kind: z.literal("sameOrNextDay"), day: z.enum(["same", "next"]) }),
  z.object({ kind: z.literal("timeOfDay"), at: TimeOfDay, days }),
]);
export type Limit = z.infer<typeof Limit>;

/** How long a party has, and when it is warned. */
export const Limits = z.object({ limit: Limit, warnAt: Limit });
export type Limits = z.infer<typeof Limits>;
