import { z } from "zod";
import { FhirIdentifier, FhirInstant, FhirOrganisation, FhirPatient, head } from "./parts.ts";

/**
 * HospitalNotification 3.0 (advis om sygehusophold): a citizen was admitted, went on leave, came back, was discharged or died.
 * What is told is class, status, the activity of the last step of the history, and whether the patient is dead.
 */
export const HospitalNotification = z
  .object({
    kind: z.literal("HospitalNotification"),
    version: z.literal("3.0"),
    ...head,
    /** By a CPR number: replacement numbers are not allowed (HN-4). */
    patient: FhirPatient.required({ cpr: true }),
    stay: z.object({
      status: z.enum(["in-progress", "onleave", "finished", "entered-in-error"]),
      /** IMP: admitted; EMER: acute ambulatory. */
      class: z.enum(["IMP", "EMER"]),
      /** Each in its system: LPR3, or the issuer's own. */
      episodes: z
        .array(FhirIdentifier.required({ system: true }))
        .min(1)
        .max(10),
      start: FhirInstant,
      end: FhirInstant.optional(),
      leave: z.object({ start: FhirInstant, end: FhirInstant.optional() }).optional(),
      /** The ward or department that has the patient. */
      serviceProvider: FhirOrganisation,
    }),
    /** Whether the municipality's admission report (XDIS16) is wanted, and to whom it is to go. */
    admissionReport: z
      .object({ wanted: z.boolean().optional(), recipient: FhirOrganisation.optional() })
      .optional(),
  })
  .meta({ id: "HospitalNotification" });
export type HospitalNotification = z.infer<typeof HospitalNotification>;
