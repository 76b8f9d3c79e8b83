import { z } from "zod";

/**
 * What a case is about (design, section 1): the five families of hand-over, and attachment letters that travel alone.
 */
export const Family = z.enum(["advice", "attachment", "referral", "discharge", "observation", "booking"]);
export type Family = z.infer<typeof Family>;
