import { z } from "zod";

/**
 * What a case is about (design, section 1): the five families of hand-over, and attachment letters that travel alone, and
 * digests, in which the hub tells an organisation of a day's clocks.
 */
export const Family = z.enum([
  "advice",
  "attachment",
  "referral",
  "discharge",
  "observation",
  "booking",
  "digest",
]);
export type Family = z.infer<typeof Family>;
