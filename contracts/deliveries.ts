import { z } from "zod";
import { Instant } from "./time.ts";

/** The standard that a receiver's channel speaks. `json`: the hub's own typed messages. */
export const Standard = z.enum(["oioxml", "fhir", "json"]);
export type Standard = z.infer<typeof Standard>;

/**
 * What one decision did to one delivery. Owed in the same record as the fact that it tells of, so that a message
 * accepted without its delivery cannot exist. `fact` is the index of that fact in the record.
 */
export const DeliveryChange = z
  .discriminatedUnion("change", [
    z.object({
      change: z.literal("owed"),
      /** `<caseId>.<recordNo>.<n>`: names its case and record, so nothing else is needed to find it. */
      deliveryId: z.string(),
      to: z.string(),
      from: z.string(),
      standard: Standard,
      transport: z.enum(["inbox"]),
      /** The type as its standard names it, e.g. `XDIS91`, `XBIN01`; the fact's type for `json`. */
      documentType: z.string(),
      fact: z.number().int().min(0),
      receiptExpected: z.boolean(),
    }),
    z.object({ change: z.literal("fetched"), deliveryId: z.string(), at: Instant, by: z.string() }),
    z.object({
      change: z.literal("acknowledged"),
      deliveryId: z.string(),
      at: Instant,
      by: z.string(),
      /** `receipt`: the receiving system said so; `action`: the receiver acted on the case, so it has read it. */
      how: z.enum(["receipt", "action"]),
    }),
    z.object({
      change: z.literal("failed"),
      deliveryId: z.string(),
      at: Instant,
      by: z.string(),
      code: z.string(),
    }),
  ])
  .meta({ id: "DeliveryChange" });
export type DeliveryChange = z.infer<typeof DeliveryChange>;
