import { z } from "zod";
import { responsibilityReasonCodes } from "../codes/responsibility.ts";
import { Address } from "../identifiers.ts";
import { hasOnePatientId, onePatientId, patientIds } from "../party.ts";
import { Instant } from "../time.ts";

/** Who answers for this citizen? `at`: another moment than now. `practice`: when the stays do not name one. */
export const AskResponsible = z
  .object({
    patient: z.object(patientIds).refine(hasOnePatientId, onePatientId),
    practice: Address.optional(),
    at: Instant.optional(),
  })
  .meta({ id: "AskResponsible" });
export type AskResponsible = z.infer<typeof AskResponsible>;

/** Exactly one party at any moment. `emergency`: the 112 call-out; its region is named. */
export const ResponsibleParty = z.object({
  kind: z.enum(["practice", "outOfHours", "hospital", "emergency"]),
  /** Absent when nobody has told which practice the citizen has. */
  gln: z.string().optional(),
});
export type ResponsibleParty = z.infer<typeof ResponsibleParty>;

/** Who is responsible, since when, and until when as far as it is known. `reasons`: codes of `codes/responsibility.ts`. */
export const Responsible = z
  .object({
    who: ResponsibleParty,
    since: Instant,
    until: Instant.optional(),
    phone: z.string().optional(),
    reasons: z.array(z.enum(responsibilityReasonCodes)).min(1),
    /** The reasons in words, for people. */
    explanation: z.object({ da: z.string(), en: z.string() }).optional(),
  })
  .meta({ id: "Responsible" });
export type Responsible = z.infer<typeof Responsible>;

export const DischargeQueries = { "discharge.responsible": AskResponsible } as const;
