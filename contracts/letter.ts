import { z } from "zod";
import { FormattedText } from "./formatted-text.ts";
import { hasOnePatientId, onePatientId, Party, Patient, patientIds } from "./party.ts";
import { LocalDateTime } from "./time.ts";

/** What kind of thing an attachment is (MedCom OIOXML XBIN01, ObjectCode). */
export const ObjectCode = z.enum([
  "tekstfil",
  "billede",
  "program",
  "vektor_grafik",
  "biosignaler",
  "multimedie",
  "proprietaert_indhold",
]);
/** MedCom OIOXML XB0131X, ObjectExtensionCode. */
export const ObjectExtension = z.enum(
  "pcx tiff jpeg gif bmp png mpg dcm scp txt rtf doc xls wpd exe pdf wav avi mid rmi com zip bin inh plo fnx".split(
    " ",
  ),
);

/**
 * A pointer from a letter to something outside it (MedCom OIOXML Reference). `bin` names an attachment by its object
 * identifier: 32 hex digits here, whatever hyphens the message wrote.
 */
export const Reference = z
  .object({
    description: z.string().min(1).max(70),
    target: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("url"), url: z.string().min(1).max(350) }),
      z.object({ kind: z.literal("sup") }),
      z.object({
        kind: z.literal("bin"),
        objectId: z.string().min(1).max(35),
        code: ObjectCode,
        extension: ObjectExtension,
        sizeBytes: z.number().int().positive(),
      }),
    ]),
  })
  .meta({ id: "Reference" });
export type Reference = z.infer<typeof Reference>;

/** An attachment's bytes, kept once under their digest before anything names them. */
export const StoredObject = z
  .object({
    /** 32 lower-case hex digits: the message's UUID without hyphens. */
    objectId: z.string().regex(/^[0-9a-f]{32}$/),
    code: ObjectCode,
    extension: ObjectExtension,
    sizeBytes: z.number().int().positive(),
    /** `sha256-<hex>`, the key in the object store. */
    digest: z.string().regex(/^sha256-[0-9a-f]{64}$/),
  })
  .meta({ id: "StoredObject" });
export type StoredObject = z.infer<typeof StoredObject>;

/**
 * One letter between two parties about one citizen: what XDIS91 (korrespondancemeddelelse) carries and what a JSON
 * command becomes. The one content that every standard's codec prints from and parses to.
 */
export const Letter = z
  .object({
    /** The sender's own number for the letter (BrevNr), 1 to 14 characters. */
    letterId: z.string().min(1).max(14),
    status: z.enum(["new", "corrected"]),
    /** When the clinician approved it, Danish local time. */
    authorised: LocalDateTime,
    statisticalCode: z.string().min(1).max(8),
    /** Forløbs-id as the sender wrote it; compared without hyphens and case. */
    episodeOfCareId: z.string().min(1).max(35).optional(),
    sender: Party,
    receiver: Party,
    patient: Patient,
    priority: z.enum(["routine", "high"]).optional(),
    subject: z.string().min(1).max(70).optional(),
    /** 0 to 10 blocks of text, in order. */
    texts: z.array(FormattedText).max(10),
    references: z.array(Reference).max(10),
  })
  .meta({ id: "Letter" });
export type Letter = z.infer<typeof Letter>;

/** XBIN01: attachments that travel in a letter of their own. */
export const AttachmentLetter = z
  .object({
    letterId: z.string().min(1).max(14),
    authorised: LocalDateTime,
    statisticalCode: z.string().min(1).max(8),
    sender: Party,
    receiver: Party,
    /** The citizen, or what the message says instead (XB0131X, choice). */
    about: z.discriminatedUnion("kind", [
      z
        .object({
          kind: z.literal("patient"),
          ...patientIds,
          surname: z.string().min(1).max(70),
          givenName: z.string().min(1).max(70).optional(),
        })
        .refine(hasOnePatientId, onePatientId),
      z.object({ kind: z.literal("system") }),
      z.object({ kind: z.literal("contents"), contents: z.string().min(1).max(70).optional() }),
    ]),
    objects: z.array(StoredObject).min(1).max(10),
  })
  .meta({ id: "AttachmentLetter" });
export type AttachmentLetter = z.infer<typeof AttachmentLetter>;
