import { z } from "zod";
import { commandOf } from "../command.ts";

/** The receiver took a document out of its inbox. */
export const MarkFetched = z.object({ deliveryId: z.string() }).meta({ id: "MarkFetched" });
/** What a receiving system says of a document it was given: `positive`, or `negative` with why. */
export const SettleDelivery = z
  .object({
    deliveryId: z.string(),
    outcome: z.enum(["positive", "negative"]),
    code: z.string().max(70).optional(),
    /** For people; never logged. */
    text: z.string().max(350).optional(),
  })
  .meta({ id: "SettleDelivery" });
/** A receipt of a standard, which names the document by the identifiers that the hub printed on it. */
export const ReceiveReceipt = z
  .object({
    originalEnvelopeId: z.string().min(1).max(14),
    outcome: z.enum(["positive", "negative"]),
    code: z.string().max(70).optional(),
    text: z.string().max(3500).optional(),
  })
  .meta({ id: "ReceiveReceipt" });

export const DeliveryCommands = {
  "delivery.markFetched": MarkFetched,
  "delivery.settle": SettleDelivery,
  "delivery.receiveReceipt": ReceiveReceipt,
} as const;
export type DeliveryCommandType = keyof typeof DeliveryCommands;

/** Any command of the service, told apart by its type. */
export const DeliveryCommand = z.discriminatedUnion("type", [
  commandOf("delivery.markFetched", MarkFetched),
  commandOf("delivery.settle", SettleDelivery),
  commandOf("delivery.receiveReceipt", ReceiveReceipt),
]);
export type DeliveryCommand = z.infer<typeof DeliveryCommand>;
