import { z } from "zod";

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month is yyyy-mm.");

/**
 * What referrals may be counted by. `practice`: who referred; `municipality`: the citizen's; `receiver`: who has it or ended
 * it; `offer`: the topic, examination, package or speciality; `outcome`: how it ended, or `open`; `month`: when it was sent,
 * in Denmark.
 */
export const PatternDimension = z.enum([
  "kind",
  "practice",
  "municipality",
  "receiver",
  "offer",
  "outcome",
  "noShow",
  "month",
]);
export type PatternDimension = z.infer<typeof PatternDimension>;

/** Months are those in which the referrals were sent, both included. */
export const ReferralPatternsQuery = z
  .object({
    from: month,
    to: month,
    groupBy: z.array(PatternDimension).max(8).default([]),
    practice: z.string().min(1).max(35).optional(),
  })
  // Two that are no months are told as such, and need no order.
  .refine(({ from, to }) => from <= to || ![from, to].every((one) => month.safeParse(one).success), {
    message: "The first month must not come after the last.",
    path: ["to"],
    params: { code: "period-order" },
  })
  .meta({ id: "ReferralPatternsQuery" });
export type ReferralPatternsQuery = z.infer<typeof ReferralPatternsQuery>;

/** How many, or that they are too few to be told without telling of persons. */
const Count = z.union([z.number().int().min(0), z.literal("<5")]);

/** One group: its dimensions in words (`by`), how many referrals, and in how many the citizen did not come. */
export const ReferralPatterns = z
  .object({
    from: month,
    to: month,
    groupBy: z.array(PatternDimension),
    groups: z.array(z.object({ by: z.record(z.string(), z.string()), count: Count, noShows: Count })),
  })
  .meta({ id: "ReferralPatterns" });
export type ReferralPatterns = z.infer<typeof ReferralPatterns>;

export const ReferralQueries = { "referral.patterns": ReferralPatternsQuery } as const;
