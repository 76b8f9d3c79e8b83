import { z } from "zod";

/** An instant in UTC with milliseconds, e.g. `2026-11-23T09:15:00.000Z`. Comparable as text. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "An instant is yyyy-mm-ddThh:mm:ss.sssZ in UTC.");
export type Instant = string;

/** Danish wall-clock time as MedCom letters carry it: `yyyy-mm-ddThh:mm`, no zone. Kept as written. */
export const LocalDateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "A local time is yyyy-mm-ddThh:mm.");
export type LocalDateTime = string;

/** The earlier of two instants. */
export const earlierOf = (one: Instant, other: Instant): Instant => {
  if (other < one) return other;
  return one;
};
/** The later of two instants. */
export const laterOf = (one: Instant, other: Instant): Instant => {
  if (other > one) return other;
  return one;
};
