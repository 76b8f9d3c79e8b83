import { z } from "zod";
import { Party } from "./party.ts";
import { Instant } from "./time.ts";

/** The standard that a receiver's channel speaks. `json`: the hub's own typed messages. */
export const Standard = z.enum(["oioxml", "fhir", "json"]);
export type Standard = z.infer<typeof Standard>;

/**
 * How a receiver gets a document. `inbox`: it fetches it; `folder`: the hub puts it into the receiver's folder `out`; `webhook`,
 * `nats`: the hub brings it to an address, or to a subject, of the receiver's own.
 */
export const Transport = z.enum(["inbox", "folder", "webhook", "nats"]);

/** `vans`: MedCom's VANSEnvelope; `sbdh`: EHMI's StandardBusinessDocument, which holds FHIR messages. */
export const EnvelopeKind = z.enum(["vans", "sbdh"]);
export type EnvelopeKind = z.infer<typeof EnvelopeKind>;

/** Which person or system decided it, and why, where that was said. No patient's data. */
const why = { person: z.string().optional(), reason: z.string().optional() };

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
      transport: Transport,
      /** The type as its standard names it, e.g. `XDIS91`, `XBIN01`; the fact's type for `json`. */
      documentType: z.string(),
      fact: z.number().int().min(0),
      /** Both parties by the directory of that moment, where the hub writes the letter itself: the same letter for ever. */
      parties: z.object({ from: Party, to: Party }).optional(),
      receiptExpected: z.boolean(),
      /** The format of a FHIR message; absent: XML. */
      format: z.enum(["xml", "json"]).optional(),
      /** What the receiver takes documents in; absent: bare. */
      envelope: EnvelopeKind.optional(),
      /** For how long the hub tries to bring it, where it does; then its sender is told. Absent: its receiver comes for it. */
      giveUpSeconds: z.number().int().min(1).optional(),
      /**
       * It is the document that `of` was, sent to another address or by another way in: the record of `of` tells what it says,
       * and `fact` is an index there. `address`: its receiver as the directory named it then. `messageId`: its MessageHeader.id in FHIR.
       */
      again: z.object({ of: z.string(), address: Party, messageId: z.string().optional() }).optional(),
    }),
    z.object({ change: z.literal("fetched"), deliveryId: z.string(), at: Instant, by: z.string() }),
    z.object({
      change: z.literal("acknowledged"),
      deliveryId: z.string(),
      at: Instant,
      by: z.string(),
      /**
       * `receipt`: the receiving system said so; `action`: the receiver acted on the case, so it has read it; `reading`: the receiver
       * says that a person has read it.
       */
      how: z.enum(["receipt", "action", "reading"]),
    }),
    z.object({
      change: z.literal("failed"),
      deliveryId: z.string(),
      /** The receiver, where it was another that said so: a VANS operator on the way. */
      to: z.string().optional(),
      at: Instant,
      by: z.string(),
      code: z.string(),
      /** Why, in the receiver's own words: for the sender's eyes, never for a log. */
      text: z.string().optional(),
    }),
    z.object({
      /**
       * Its receiver has a technical fault (MedCom's transient-error, AR): another answer to the same document follows, and it
       * may be sent again meanwhile (guide to FHIR, section 6; governance 040, KR5).
       */
      change: z.literal("failedForNow"),
      deliveryId: z.string(),
      to: z.string(),
      at: Instant,
      by: z.string(),
      code: z.string(),
      /** Why, in the receiver's own words: for the sender's eyes, never for a log. */
      text: z.string().optional(),
    }),
    z.object({
      /** Owed again, unchanged but for a new envelope: the letter keeps its number. `sending` counts from 1, the first. */
      change: z.literal("resent"),
      deliveryId: z.string(),
      to: z.string(),
      at: Instant,
      by: z.string(),
      sending: z.number().int().min(2),
      ...why,
    }),
    z.object({
      /** Nobody knows whether it arrived: a person must look. A receipt that comes after all still settles it. */
      change: z.literal("unconfirmed"),
      deliveryId: z.string(),
      to: z.string(),
      at: Instant,
      by: z.string(),
      /**
       * `technical-fault`: its receiver said so each time, and no other answer came; `not-reached`: the hub could not bring it in
       * its time.
       */
      why: z.enum(["no-receipt", "not-fetched", "technical-fault", "not-reached"]),
    }),
    z.object({
      /** A person at the sender, or who runs the hub, has seen to a document that did not surely arrive. */
      change: z.literal("handled"),
      deliveryId: z.string(),
      to: z.string(),
      at: Instant,
      by: z.string(),
      ...why,
      /** The delivery by which it went to another address, or another way. */
      as: z.string().optional(),
    }),
  ])
  .meta({ id: "DeliveryChange" });
export type DeliveryChange = z.infer<typeof DeliveryChange>;

/**
 * How far a delivery has come. `waiting`: owed, or owed again; `fetched`: handed over, no receipt yet; `failedForNow`: a fault at
 * its receiver, another answer follows; `unconfirmed`: out of tries, or never fetched; `acknowledged` and `failed`: final.
 */
export const DeliveryStatus = z.enum([
  "waiting",
  "fetched",
  "failedForNow",
  "unconfirmed",
  "acknowledged",
  "failed",
]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** The status that each change leads to; what is handled stays what it was. */
export const statusAfter = {
  owed: "waiting",
  resent: "waiting",
  fetched: "fetched",
  failedForNow: "failedForNow",
  unconfirmed: "unconfirmed",
  acknowledged: "acknowledged",
  failed: "failed",
  handled: undefined,
} as const satisfies Readonly<Record<DeliveryChange["change"], DeliveryStatus | undefined>>;
