import { z } from "zod";
import { Family } from "./family.ts";
import { OrganisationKind } from "./messages/directory.ts";
import { Instant } from "./time.ts";

/**
 * How long a party has. `workingDays`: the day after the start is day 1, due at closing time of the last day
 * (response-time agreements, clock rule). `elapsed`: minutes by the clock on the wall of a laboratory, also over
 * daylight-saving changes. `openingMinutes`: minutes within the debtor's opening hours. `calendarDays`: until midnight that
 * ends the last day, the day after the start being day 1, holidays and weekends included.
 */
export const Limit = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("workingDays"), days: z.number().int().min(0).max(400) }),
  z.object({ kind: z.literal("elapsed"), minutes: z.number().int().min(1) }),
  z.object({ kind: z.literal("openingMinutes"), minutes: z.number().int().min(1) }),
  z.object({ kind: z.literal("calendarDays"), days: z.number().int().min(0).max(400) }),
]);
export type Limit = z.infer<typeof Limit>;

/** How long a party has, and when it is warned. */
export const Limits = z.object({ limit: Limit, warnAt: Limit });
export type Limits = z.infer<typeof Limits>;

/** A response-time agreement: who answers whom, how fast, from which fact to which fact (design, section 4). */
export const Agreement = z
  .object({
    id: z.string().regex(/^[A-Z][A-Z0-9-]*$/),
    version: z.number().int().min(1),
    /** Danish and English name, for people. */
    name: z.object({ da: z.string(), en: z.string() }),
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    appliesTo: z.object({
      family: z.union([Family, z.literal("any")]),
      /** The family's own kinds of matter, e.g. `specialist`, `imaging`; absent: any. */
      kinds: z.array(z.string()).optional(),
      /** Kinds of organisation that owe the answer; absent: any. */
      debtorKinds: z.array(OrganisationKind).optional(),
      /** What a promise depends on besides, in the family's words: a tier (`tier-3`), a priority (`akut`); absent: any. */
      tiers: z.array(z.string()).optional(),
    }),
    /** Facts of the family, or for deliveries their changes. A clock starts when the family says who owes whom. */
    startsOn: z.array(z.string()),
    pausesOn: z.array(z.string()),
    resumesOn: z.array(z.string()),
    stopsOn: z.array(z.string()),
    /** Facts after which the answer is no longer owed. */
    cancelsOn: z.array(z.string()).default([]),
    limit: Limit,
    warnAt: Limit,
    onBreach: z.string(),
    source: z.string(),
    /** `sourced`: read in a document; `default`: proposed here, to be set locally. */
    basis: z.enum(["sourced", "default"]),
  })
  .meta({ id: "Agreement" });
export type Agreement = z.infer<typeof Agreement>;

/**
 * What one decision did to one clock. The arithmetic is done inside the decision, so the due time is in the record.
 * A clock runs for a `debtor` (who must act) towards a `creditor` (who was promised).
 */
export const ClockChange = z
  .discriminatedUnion("change", [
    z.object({
      change: z.literal("started"),
      clockId: z.string(),
      agreement: z.string(),
      agreementVersion: z.number(),
      debtor: z.string(),
      creditor: z.string(),
      /** The delivery whose receipt is awaited, for a receipt clock. */
      deliveryId: z.string().optional(),
      /** This clock's own limits where the decision set others than the agreement's, e.g. ordered by a doctor. */
      limits: Limits.optional(),
      /** What was promised about: the agreement's matter when a case has several, e.g. a measurement or a slot. */
      about: z.string().optional(),
      at: Instant,
      warnAt: Instant,
      due: Instant,
    }),
    z.object({ change: z.literal("paused"), clockId: z.string(), at: Instant, reason: z.string() }),
    z.object({
      change: z.literal("resumed"),
      clockId: z.string(),
      at: Instant,
      warnAt: Instant,
      due: Instant,
    }),
    z.object({ change: z.literal("stopped"), clockId: z.string(), at: Instant, inTime: z.boolean() }),
    z.object({ change: z.literal("cancelled"), clockId: z.string(), at: Instant, reason: z.string() }),
    z.object({ change: z.literal("warned"), clockId: z.string(), at: Instant }),
    z.object({ change: z.literal("breached"), clockId: z.string(), at: Instant }),
  ])
  .meta({ id: "ClockChange" });
export type ClockChange = z.infer<typeof ClockChange>;
