import { z } from "zod";
import {
  Coded,
  FhirCorrespondent,
  FhirId,
  FhirInstant,
  FhirOrganisation,
  FhirPatient,
  FhirPractitioner,
  fhirText,
  fhirUri,
  head,
} from "./parts.ts";

/** An acute function (medcom-producer-organization). */
const HomeCareProducer = FhirCorrespondent.required({ producerId: true });
/** A practice, and whom in it the answer is for, as far as that is known (medcom-requesterorganization). */
const HomeCareRequester = FhirCorrespondent.required({ ydernummer: true, contactInitials: true });

/** Whoever answers for the report: with a coded role, and a number to call back on (medcom-homecareReport-1 and 3). */
const HomeCareMeasurer = FhirPractitioner.extend({
  role: z.object({ kind: z.literal("code"), ...Coded.shape }),
  phone: fhirText(70),
});
export type HomeCareMeasurer = z.infer<typeof HomeCareMeasurer>;

/** FHIR's `dateTime`, kept as written: a time with its offset, or a date that may lack its day and month. */
const FhirWhen = z.union([
  FhirInstant,
  z
    .string()
    .regex(
      /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
      "A date in FHIR is yyyy, yyyy-mm or yyyy-mm-dd.",
    ),
]);

/** A number as it was written, with what it counts. */
const Quantity = z.object({
  kind: z.literal("quantity"),
  value: z
    .string()
    .regex(/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/)
    .max(255),
  comparator: z.enum(["<", "<=", ">=", ">"]).optional(),
  unit: fhirText(70).optional(),
  system: fhirUri(255).optional(),
  code: fhirText(70).optional(),
});
const Words = z.object({ kind: z.literal("text"), text: fhirText(12) });

export const HomeCareResult = z
  .object({
    id: FhirId,
    status: fhirText(32),
    /** As a rule NPU's or MedCom's code; those of other code systems say the same and stand behind it. */
    code: Coded,
    otherCodes: z.array(Coded).max(10),
    at: FhirInstant,
    value: z.discriminatedUnion("kind", [Quantity, Words]).optional(),
    interpretation: Coded.optional(),
    note: fhirText(100_000).optional(),
    performer: FhirPractitioner.optional(),
    /** Where an organisation is named as who measured. */
    performingOrganisation: FhirOrganisation.optional(),
  })
  .meta({ id: "HomeCareResult" });
export type HomeCareResult = z.infer<typeof HomeCareResult>;

const HomeCareMedia = z.object({
  id: FhirId,
  contentType: fhirText(127),
  title: fhirText(255).optional(),
  /** What the report says of it. */
  comment: fhirText(1000).optional(),
  created: FhirWhen.optional(),
  url: fhirUri(2048).optional(),
  sizeBytes: z.number().int().nonnegative().optional(),
  /** `sha256-<hex>`, the key in the object store, once the bytes are kept. */
  digest: z
    .string()
    .regex(/^sha256-[0-9a-f]{64}$/)
    .optional(),
});
export type HomeCareMedia = z.infer<typeof HomeCareMedia>;

const areUnlike = (ones: readonly { id: string }[]): boolean =>
  new Set(ones.map(({ id }) => id)).size === ones.length;
const unlike = { message: "Each has an id of its own.", params: { code: "id-twice" } };

/** HomeCareObservation 1.x (kommunale prøvesvar): what a municipal acute team measured at a citizen's home. */
export const HomeCareObservation = z
  .object({
    kind: z.literal("HomeCareObservation"),
    /** As MessageHeader.definition says: 1.1 in what is published, 1.2 in envelopes. */
    version: z.string().regex(/^1\.\d{1,2}$/),
    ...head,
    sender: HomeCareProducer,
    receiver: HomeCareRequester,
    /** Where the citizen lives and is phoned is not told. */
    patient: FhirPatient.omit({ address: true, telecoms: true }),
    report: z.object({
      id: FhirId,
      issued: FhirInstant,
      performer: HomeCareMeasurer,
      /** The acute function that answers for it, where it is not the sender. */
      producer: FhirOrganisation.optional(),
      /** The team's clinical comment. */
      conclusion: fhirText(1_000_000).optional(),
      /** The citizen refuses that it is shared (meta.security R). */
      sharingRefused: z.boolean(),
    }),
    results: z.array(HomeCareResult).min(1).max(200).refine(areUnlike, unlike),
    media: z.array(HomeCareMedia).max(100).refine(areUnlike, unlike),
  })
  .meta({ id: "HomeCareObservation" });
export type HomeCareObservation = z.infer<typeof HomeCareObservation>;
