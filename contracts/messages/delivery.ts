import { z } from "zod";
import { commandOf } from "../command.ts";
import { RingAlarm } from "./alarm.ts";
import { SendTo } from "./dead-letters.ts";

/** The receiver took a document out of its inbox. */
export const MarkFetched = z.object({ deliveryId: z.string() }).meta({ id: "MarkFetched" });
/**
 * What a receiving system says of a document. `transient`: it has a technical fault, and another answer follows (MedCom's
 * transient-error); `negative` is final.
 */
const Outcome = z.enum(["positive", "negative", "transient"]);

/** What a receiving system says of a document it was given, and why where it is not `positive`. */
export const SettleDelivery = z
  .object({
    deliveryId: z.string(),
    outcome: Outcome,
    /** With `positive`: a person has read it, which is more than that the system has taken it. Said also after a receipt. */
    read: z.literal(true).optional(),
    code: z.string().max(70).optional(),
    /** For people; never logged. */
    text: z.string().max(350).optional(),
  })
  .meta({ id: "SettleDelivery" });
/** A receipt of a standard, which names the document by the identifiers that the hub printed on it. */
export const ReceiveReceipt = z
  .object({
    /**
     * Of any sending: an envelope number of an Emessage, the identifier of a VANSEnvelope in lower case, or for an
     * Acknowledgement the MessageHeader.id that it answers.
     */
    originalEnvelopeId: z.string().min(1).max(255),
    /**
     * Tried where the other is not known: the identifier of the message in a VANSEnvelope, which it keeps when it is sent
     * again, or the MessageHeader.id that an Acknowledgement's history names.
     */
    originalMessageId: z.string().min(1).max(255).optional(),
    outcome: Outcome,
    /**
     * Who says so. `receiver`: the receiving system, of the document. `envelope`: the receiving system, of the VANSEnvelope
     * around it. `operator`: a VANS operator on the way, which can only say no.
     */
    level: z.enum(["receiver", "envelope", "operator"]).default("receiver"),
    code: z.string().max(70).optional(),
    text: z.string().max(3500).optional(),
  })
  .meta({ id: "ReceiveReceipt" });
const decided = {
  caseId: z.uuid(),
  deliveryId: z.string(),
  /** The person or system that decides it. */
  person: z.string().min(1).max(100).optional(),
  /** For those who run the hub; no patient's data. */
  reason: z.string().min(1).max(200).optional(),
};

/**
 * A person at the sender has a document sent once more, unchanged, when nobody knows whether it arrived or it was refused. `to`: to another
 * address, or by another of its receiver's ways in; that also of one that was refused, since another may take it.
 */
export const ResendDelivery = z.object({ ...decided, to: SendTo.optional() }).meta({ id: "ResendDelivery" });
/** A person at the sender has seen to a document that did not surely arrive, e.g. by telephone: it need not be shown any more. */
export const HandleDelivery = z.object(decided).meta({ id: "HandleDelivery" });

export const DeliveryCommands = {
  "delivery.markFetched": MarkFetched,
  "delivery.settle": SettleDelivery,
  "delivery.receiveReceipt": ReceiveReceipt,
  "delivery.resend": ResendDelivery,
  "delivery.handle": HandleDelivery,
} as const;
export type DeliveryCommandType = keyof typeof DeliveryCommands;

/** Any command of the service, told apart by its type. */
export const DeliveryCommand = z.discriminatedUnion("type", [
  commandOf("delivery.markFetched", MarkFetched),
  commandOf("delivery.settle", SettleDelivery),
  commandOf("delivery.receiveReceipt", ReceiveReceipt),
  commandOf("delivery.resend", ResendDelivery),
  commandOf("delivery.handle", HandleDelivery),
  commandOf("delivery.ring", RingAlarm),
]);
export type DeliveryCommand = z.infer<typeof DeliveryCommand>;
