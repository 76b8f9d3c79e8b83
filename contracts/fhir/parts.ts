import { z } from "zod";

/** The parts that MedCom's FHIR messages share (medcom-messaging 2.1 to 4.0, medcom-core 2.0 to 3.0). */

/** Ids are not always UUIDs: what FHIR allows (hl7.org/fhir/R4/datatypes.html#id). */
export const FhirId = z
  .string()
  .regex(/^[A-Za-z0-9\-.]{1,64}$/, "A FHIR id is 1 to 64 of A-Z a-z 0-9 - and .");

/** A date and a time with its offset from UTC, kept as written: `2026-11-23T09:15:00+01:00`. */
export const FhirInstant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
    "A time in FHIR is yyyy-mm-ddThh:mm:ss with Z or an offset such as +01:00.",
  );

/** What XML can carry (XML 1.0, Char); a string of FHIR has no other control characters either. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const isWritable = (text: string): boolean => !unwritable.test(text);
const writable = {
  message: "A text in FHIR has no control characters but tab and line break.",
  params: { code: "text-not-writable" },
};

/** FHIR's `string`: not blank, and of characters that XML can carry too (hl7.org/fhir/R4/datatypes.html#string). */
export const fhirText = (max: number): z.ZodString =>
  z.string().regex(/\S/).max(max).refine(isWritable, writable);

/** FHIR's `uri`: no blanks. */
export const fhirUri = (max: number): z.ZodString =>
  z.string().regex(/^\S+$/).max(max).refine(isWritable, writable);

/** FHIR's `code`: no blanks but single ones between its words. */
export const fhirCode = (max: number): z.ZodString =>
  z
    .string()
    .regex(/^\S+( \S+)*$/)
    .max(max)
    .refine(isWritable, writable);

export const Coded = z.object({
  system: fhirUri(255),
  code: fhirCode(255),
  display: fhirText(255).optional(),
});
export type Coded = z.infer<typeof Coded>;

export const FhirIdentifier = z.object({ system: fhirUri(255).optional(), value: fhirText(255) });
export type FhirIdentifier = z.infer<typeof FhirIdentifier>;

/**
 * An organisation of a message. Senders and receivers have a SOR code and a GLN; an organisation of the past may have less.
 * The identifiers that routing and rules ask for have names of their own, whichever system the message wrote for them.
 */
export const FhirOrganisation = z
  .object({
    gln: fhirText(35).optional(),
    sor: fhirText(35).optional(),
    /** Receiver of a HomeCareObservation. */
    ydernummer: fhirText(17).optional(),
    /** `KAF` (kommunal akutfunktion), sender of a HomeCareObservation. */
    producerId: fhirText(17).optional(),
    otherIdentifiers: z.array(FhirIdentifier).max(10),
    name: fhirText(255).optional(),
    /** Initials of whom it is for, receiver of a HomeCareObservation; `null`: said not to be known. */
    contactInitials: fhirText(70).nullable().optional(),
    phone: fhirText(70).optional(),
  })
  .meta({ id: "FhirOrganisation" });
export type FhirOrganisation = z.infer<typeof FhirOrganisation>;

/** What a message is sent from and to (medcom-messaging-organization): both identifiers. */
export const FhirCorrespondent = FhirOrganisation.required({ gln: true, sor: true }).meta({
  id: "FhirCorrespondent",
});
export type FhirCorrespondent = z.infer<typeof FhirCorrespondent>;

/** Up to one number of each kind (medcom-core-patient). `regional` keeps the system, which names the region. */
export const FhirPatient = z
  .object({
    cpr: fhirText(20).optional(),
    national: fhirText(20).optional(),
    regional: z.object({ system: fhirUri(255), value: fhirText(20) }).optional(),
    surname: fhirText(255).optional(),
    givenNames: z.array(fhirText(255)).max(10),
    deceased: z.boolean().optional(),
    managingOrganisation: FhirOrganisation.optional(),
    /** Where the citizen lives: what a letter (XDIS91) tells, and CareCommunication may. */
    address: z
      .object({
        lines: z.array(fhirText(255)).max(10),
        city: fhirText(255).optional(),
        postCode: fhirText(20).optional(),
      })
      .optional(),
    /** How the citizen is reached (Patient.telecom), in the message's order; absent: nothing is told. */
    telecoms: z
      .array(
        z.object({
          system: fhirCode(20).optional(),
          value: fhirText(255),
          use: fhirCode(20).optional(),
        }),
      )
      .min(1)
      .max(10)
      .optional(),
  })
  .meta({ id: "FhirPatient" });
export type FhirPatient = z.infer<typeof FhirPatient>;

/**
 * Someone who wrote, measured, sends or is to read. `role` is a code of the two registers, or the writer's own words.
 * MedCom wants given name and family name, and accepts that one is missing.
 */
export const FhirPractitioner = z
  .object({
    role: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("code"), ...Coded.shape }),
        z.object({ kind: z.literal("text"), text: fhirText(255) }),
      ])
      .optional(),
    surname: fhirText(255).optional(),
    givenNames: z.array(fhirText(255)).max(10),
    phone: fhirText(70).optional(),
    organisation: FhirOrganisation.optional(),
  })
  .meta({ id: "FhirPractitioner" });
export type FhirPractitioner = z.infer<typeof FhirPractitioner>;

/** The stay or course that a message belongs to: each identifier with its system (LPR3, or the issuer's own). */
export const EpisodeIds = z.array(FhirIdentifier);

/**
 * One step in the life of a message (Provenance, guide 3 and 3.1): what was done with it, when, by whom, and which message
 * came before. `earlier` of a message that was OIOXML or EDIFACT is its sender's number and its own.
 */
export const HistoryStep = z
  .object({
    messageId: FhirId,
    occurred: FhirInstant,
    /** When it is another time than `occurred`. */
    recorded: FhirInstant.optional(),
    activity: fhirCode(64),
    /** Without any identifier: its organisation is not in the message. */
    by: FhirOrganisation,
    earlier: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("message"), messageId: FhirId }),
        z.object({ kind: z.literal("letter"), value: fhirText(120) }),
      ])
      .optional(),
    /** The earlier message is taken back (entity role `removal`) and not followed (`revision`); of a step that names none: false. */
    removes: z.boolean(),
    /** Ids of the payloads that this step added (CareCommunication). */
    added: z.array(fhirText(255)).max(200),
  })
  .meta({ id: "HistoryStep" });
export type HistoryStep = z.infer<typeof HistoryStep>;

/** `history` is in time's order, with the message's own step last. */
export const head = {
  bundleId: FhirId,
  /** When the bundle was made: Bundle.timestamp. */
  created: FhirInstant,
  messageId: FhirId,
  sender: FhirCorrespondent,
  receiver: FhirCorrespondent,
  history: z.array(HistoryStep).min(1).max(200),
};
export const FhirHead = z.object(head);
export type FhirHead = z.infer<typeof FhirHead>;
