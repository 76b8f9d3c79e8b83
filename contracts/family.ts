import { z } from "zod";

/**
 * What a case is about (design, section 1): the five families of hand-over, and attachment letters that travel alone, and
 * digests, in which the hub tells an organisation of a day's clocks, and desks, on which an organisation keeps who of its people has
 * a case.
 */
export const Family = z.enum([
  "advice",
  "attachment",
  "referral",
  "discharge",
  "observation",
  "booking",
  "digest",
  "desk",
]);
export type Family = z.infer<typeof Family>;
