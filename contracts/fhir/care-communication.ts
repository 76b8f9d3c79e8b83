import { z } from "zod";
import {
  Coded,
  EpisodeIds,
  FhirId,
  FhirInstant,
  FhirOrganisation,
  FhirPatient,
  FhirPractitioner,
  fhirCode,
  fhirText,
  fhirUri,
  head,
} from "./parts.ts";

const Correspondent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("practitioner"), ...FhirPractitioner.shape }),
  z.object({ kind: z.literal("team"), name: fhirText(255), organisation: FhirOrganisation }),
]);
/** A person or a team inside the sender's or the receiver's organisation (CC-11, CC-12). */
export type Correspondent = z.infer<typeof Correspondent>;

const added = {
  /** Names the part for ever, as the message writes it (`urn:uuid:...`). */
  id: fhirText(255),
  assigner: FhirOrganisation.optional(),
  at: FhirInstant,
  /** Whom to ask of it: a telephone number where `system` is `phone`. */
  contact: z.object({ system: fhirCode(20), value: fhirText(255) }).optional(),
};

const TextPayload = z.object({
  kind: z.literal("text"),
  ...added,
  author: FhirPractitioner,
  /** Plain, lines ended by `\n`. */
  text: fhirText(1_000_000),
});
const AttachmentPayload = z.object({
  kind: z.literal("attachment"),
  ...added,
  author: FhirPractitioner.optional(),
  /** Absent of an address (`url`). */
  contentType: fhirCode(127).optional(),
  title: fhirText(255).optional(),
  created: FhirInstant.optional(),
  url: fhirUri(2048).optional(),
  /** Absent in a reply, which repeats earlier attachments without their bytes. */
  sizeBytes: z.number().int().nonnegative().optional(),
  /** `sha256-<hex>`, the key in the object store, once the bytes are kept. */
  digest: z
    .string()
    .regex(/^sha256-[0-9a-f]{64}$/)
    .optional(),
});
export const CarePayload = z.discriminatedUnion("kind", [TextPayload, AttachmentPayload]);
export type CarePayload = z.infer<typeof CarePayload>;
export type CareText = z.infer<typeof TextPayload>;
export type CareAttachment = z.infer<typeof AttachmentPayload>;

const hasPatientNumber = ({ patient }: { patient: FhirPatient }): boolean =>
  patient.cpr !== undefined || patient.national !== undefined || patient.regional !== undefined;
const patientNumberMissing = {
  message: "Give the citizen's CPR number, or a replacement for it.",
  path: ["patient"],
  params: { code: "patient-id-one" },
};

/** CareCommunication 5.0 (korrespondancemeddelelse): new, reply or forward, by the activity of the last step of the history. */
export const CareCommunication = z
  .object({
    kind: z.literal("CareCommunication"),
    version: z.literal("5.0"),
    ...head,
    patient: FhirPatient,
    /** The thread (Communication.identifier): the same in a reply, new in a forward. */
    threadId: fhirText(255),
    category: Coded,
    /** Only with the category regarding-referral (CC-5). */
    priority: z.enum(["routine", "asap", "urgent", "stat"]).optional(),
    topic: fhirText(255).optional(),
    encounter: z
      .object({
        status: fhirCode(64),
        class: Coded,
        episodes: EpisodeIds.min(1).max(10),
        serviceProvider: FhirOrganisation.optional(),
      })
      .optional(),
    specificSender: Correspondent.optional(),
    specificRecipient: Correspondent.optional(),
    /** In the message's order: the whole thread, the newest texts as the history says. */
    payloads: z.array(CarePayload).min(1).max(200),
  })
  .refine(hasPatientNumber, patientNumberMissing)
  .meta({ id: "CareCommunication" });
export type CareCommunication = z.infer<typeof CareCommunication>;

/** What of a message a letter of the hub has no place for, and a thread is known by. */
export const CareThread = z
  .object({
    /** Communication.identifier, as the message writes it. */
    id: fhirText(255),
    /** MessageHeader.id. */
    messageId: FhirId,
    activity: z.enum(["new-message", "reply-message", "forward-message"]),
    /** The messages of the thread that went before, oldest first, as far as the message tells of them. */
    follows: z.array(FhirId).max(200),
    category: Coded,
    priority: z.enum(["routine", "asap", "urgent", "stat"]).optional(),
    topic: fhirText(255).optional(),
  })
  .meta({ id: "CareThread" });
export type CareThread = z.infer<typeof CareThread>;
