import { z } from "zod";
import {
  Coded,
  EpisodeIds,
  FhirInstant,
  FhirOrganisation,
  FhirPatient,
  FhirPractitioner,
  fhirText,
  head,
} from "./parts.ts";

const Correspondent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("practitioner"), ...FhirPractitioner.shape }),
  z.object({ kind: z.literal("team"), name: fhirText(255), organisation: FhirOrganisation }),
]);

const added = {
  /** Names the part for ever, as the message writes it (`urn:uuid:...`). */
  id: fhirText(255),
  assigner: FhirOrganisation.optional(),
  at: FhirInstant,
  phone: fhirText(70).optional(),
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
  contentType: fhirText(127),
  title: fhirText(255).optional(),
  created: FhirInstant.optional(),
  /** Absent in a reply, which repeats earlier attachments without their bytes. */
  url: fhirText(2048).optional(),
  sizeBytes: z.number().int().nonnegative().optional(),
  /** `sha256-<hex>`, the key in the object store, once the bytes are kept. */
  digest: z
    .string()
    .regex(/^sha256-[0-9a-f]{64}$/)
    .optional(),
});
export const CarePayload = z.discriminatedUnion("kind", [TextPayload, AttachmentPayload]);
export type CarePayload = z.infer<typeof CarePayload>;

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
        status: fhirText(64).optional(),
        class: Coded.optional(),
        episodes: EpisodeIds.min(1).max(10),
      })
      .optional(),
    specificSender: Correspondent.optional(),
    specificRecipient: Correspondent.optional(),
    /** In the message's order: the whole thread, the newest texts as the history says. */
    payloads: z.array(CarePayload).min(1).max(200),
  })
  .meta({ id: "CareCommunication" });
export type CareCommunication = z.infer<typeof CareCommunication>;
