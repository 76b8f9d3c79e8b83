import { z } from "zod";

/** A number, or the same as text where its decimals must stay as they were written (`38.70`); or the code of a list. */
const Written = z.union([z.number().min(-99_999).max(99_999), z.string().min(1).max(40)]);

/** One measured value: bare, or with the place on the body where it was measured. */
export const Entry = z.union([
  Written,
  z.object({ value: Written, site: z.string().min(1).max(40).optional() }),
]);
export type Entry = z.infer<typeof Entry>;

/** Measured values by the scheme's names for its parameters, e.g. `{ pulse: 92, temperature: { value: 38.7, site: "oral" } }`. */
export const Values = z.record(z.string().min(1).max(40), Entry);
export type Values = z.infer<typeof Values>;

/**
 * What a doctor has ordered for one citizen (TOKS 2.1, Region Nordjylland: "justeret TOKS"): values that are usual for the
 * citizen, and tiers that are to be treated as others. The raw score is never changed by it.
 */
export const OrderedLimits = z.object({
  /** A value within these limits, both included, counts as no points when the tier is found. */
  accepts: z
    .array(z.object({ parameter: z.string(), min: z.number().optional(), max: z.number().optional() }))
    .max(20)
    .default([]),
  /** A tier, by its id, that is to be treated as another. Tiers that are not named stay as they are. */
  tiers: z
    .array(z.object({ from: z.string(), as: z.string() }))
    .max(20)
    .default([]),
});
export type OrderedLimits = z.infer<typeof OrderedLimits>;

/** The measurer's concern (bekymring): it may raise the tier to `tier`, or to what the scheme says, and never lowers it. */
export const Concern = z.object({
  text: z.string().min(1).max(500).optional(),
  tier: z.string().max(40).optional(),
});
export type Concern = z.infer<typeof Concern>;

const Part = z.object({
  parameter: z.string(),
  /** As it was sent. */
  measured: z.string(),
  site: z.string().optional(),
  /** What was scored: corrected and rounded, with a decimal point; or the code. */
  scored: z.string(),
  points: z.number().int(),
});
export type Part = z.infer<typeof Part>;

/**
 * What a scheme makes of values. `total` is there when every parameter is, and `missing` names the others. A tier is there
 * without a total when what was measured already asks for it: points only add up.
 */
export const Score = z.object({
  scheme: z.string(),
  version: z.number().int(),
  parts: z.array(Part),
  /** Values that came along and are not scored. */
  carried: z.array(z.object({ parameter: z.string(), measured: z.string() })),
  total: z.number().int().optional(),
  missing: z.array(z.string()),
  /** The tier of the total and the scheme's own rules, whatever anybody thinks or has ordered. */
  rawTier: z.string().optional(),
  /** The tier to act on: after what a doctor has ordered, and after concern. */
  tier: z.string().optional(),
  /** Rules of the scheme that hold, by id: red flags, a single high value, concern. */
  flags: z.array(z.string()),
  /** What a doctor's order made of it, shown beside the raw score. */
  adjusted: z.object({ total: z.number().int().optional(), tier: z.string().optional() }).optional(),
  /** Values to be measured again at another site, by parameter. */
  confirm: z.array(z.object({ parameter: z.string(), site: z.string() })),
});
export type Score = z.infer<typeof Score>;
