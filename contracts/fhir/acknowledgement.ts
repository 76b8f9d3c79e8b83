import { z } from "zod";
import { Coded, FhirId, fhirCode, fhirText, head } from "./parts.ts";

/** What was wrong, or worth saying (OperationOutcome.issue). */
export const AcknowledgementIssue = z.object({
  severity: z.enum(["fatal", "error", "warning", "information"]),
  /** FHIR's kind of issue, e.g. `required`. */
  code: fhirCode(64),
  /** Of MedCom's acknowledgement issue details. */
  details: Coded.optional(),
  text: fhirText(4000).optional(),
  /** What the receiving system says for those who mend it. */
  diagnostics: fhirText(4000).optional(),
  /** FHIRPath of the element. */
  expression: z.array(fhirText(500)).max(10),
});
export type AcknowledgementIssue = z.infer<typeof AcknowledgementIssue>;

export const AcknowledgementCode = z.enum(["ok", "transient-error", "fatal-error"]);
export type AcknowledgementCode = z.infer<typeof AcknowledgementCode>;

/**
 * Acknowledgement 2.0 (kvittering): ok (AA), transient-error (AR, a fault at the receiver, another answer follows) or
 * fatal-error (AE, the message is not taken) (medcom-acknowledgement 2.0.3; governance 040, KR4 and KR6).
 */
export const Acknowledgement = z
  .object({
    kind: z.literal("Acknowledgement"),
    version: z.literal("2.0"),
    ...head,
    /** MessageHeader.id of the message that is answered. */
    about: FhirId,
    code: AcknowledgementCode,
    issues: z.array(AcknowledgementIssue).max(1000),
  })
  .meta({ id: "Acknowledgement" });
export type Acknowledgement = z.infer<typeof Acknowledgement>;
