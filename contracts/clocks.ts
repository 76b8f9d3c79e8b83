import { z } from "zod";
import { Limits } from "./limits.ts";
import { Instant } from "./time.ts";

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
      /** Where the days alone lead, when it was paused at that very time and so is due at the next closing time. */
      counted: z.object({ warnAt: Instant, due: Instant }).optional(),
    }),
    z.object({ change: z.literal("stopped"), clockId: z.string(), at: Instant, inTime: z.boolean() }),
    z.object({ change: z.literal("cancelled"), clockId: z.string(), at: Instant, reason: z.string() }),
    z.object({ change: z.literal("warned"), clockId: z.string(), at: Instant }),
    z.object({ change: z.literal("breached"), clockId: z.string(), at: Instant }),
  ])
  .meta({ id: "ClockChange" });
export type ClockChange = z.infer<typeof ClockChange>;
