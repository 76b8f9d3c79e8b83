import { z } from "zod";
import { Coded, FhirId, FhirInstant, FhirPatient, FhirPractitioner, fhirText, head } from "./parts.ts";

/** A number as it was written, with what it counts. */
const Quantity = z.object({
  kind: z.literal("quantity"),
  value: z.string().regex(/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/),
  comparator: z.enum(["<", "<=", ">=", ">"]).optional(),
  unit: fhirText(70).optional(),
  system: fhirText(255).optional(),
  code: fhirText(70).optional(),
});
const Words = z.object({ kind: z.literal("text"), text: fhirText(255) });

export const HomeCareResult = z
  .object({
    id: FhirId,
    status: fhirText(32),
    /** NPU or MedCom's code, with the names of other code systems behind it. */
    code: Coded,
    otherCodes: z.array(Coded).max(10),
    at: FhirInstant,
    value: z.discriminatedUnion("kind", [Quantity, Words]).optional(),
    interpretation: Coded.optional(),
    note: fhirText(100_000).optional(),
    performer: FhirPractitioner.optional(),
  })
  .meta({ id: "HomeCareResult" });
export type HomeCareResult = z.infer<typeof HomeCareResult>;

/** HomeCareObservation 1.2 (kommunale prøvesvar): what a municipal acute team measured at a citizen's home. */
export const HomeCareObservation = z
  .object({
    kind: z.literal("HomeCareObservation"),
    /** As MessageHeader.definition says: 1.1 in what is published, 1.2 in envelopes. */
    version: z.string().regex(/^1\.\d{1,2}$/),
    ...head,
    patient: FhirPatient,
    report: z.object({
      id: FhirId,
      issued: FhirInstant,
      performer: FhirPractitioner,
      /** The team's clinical comment. */
      conclusion: fhirText(1_000_000).optional(),
      /** The citizen refuses that it is shared (meta.security R). */
      sharingRefused: z.boolean(),
    }),
    results: z.array(HomeCareResult).min(1).max(200),
    media: z
      .array(
        z.object({
          id: FhirId,
          contentType: fhirText(127),
          title: fhirText(255).optional(),
          created: FhirInstant.optional(),
          url: fhirText(2048).optional(),
          sizeBytes: z.number().int().nonnegative().optional(),
          /** `sha256-<hex>`, the key in the object store, once the bytes are kept. */
          digest: z
            .string()
            .regex(/^sha256-[0-9a-f]{64}$/)
            .optional(),
        }),
      )
      .max(100),
  })
  .meta({ id: "HomeCareObservation" });
export type HomeCareObservation = z.infer<typeof HomeCareObservation>;
