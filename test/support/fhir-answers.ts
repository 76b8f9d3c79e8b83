import type { Acknowledgement, AcknowledgementCode } from "../../contracts/fhir/acknowledgement.ts";
import type { FhirCorrespondent } from "../../contracts/fhir/parts.ts";

export const correspondent = (gln: string, name: string): FhirCorrespondent => ({
  gln,
  sor: "999071000016008",
  name,
  otherIdentifiers: [],
});
export const hospital: FhirCorrespondent = correspondent("5790000200016", "Afdeling Prøve");
const municipality: FhirCorrespondent = correspondent("5790000300013", "Kommune Prøve");

/** An answer of the municipality's to a message of the hospital's. */
export const answer = (
  code: AcknowledgementCode = "ok",
  change: Partial<Acknowledgement> = {},
): Acknowledgement => ({
  kind: "Acknowledgement",
  version: "2.0",
  bundleId: "B-ack-1",
  created: "2026-11-23T10:20:00+01:00",
  messageId: "A-1",
  sender: municipality,
  receiver: hospital,
  history: [
    {
      messageId: "M-1",
      occurred: "2026-11-23T10:15:00+01:00",
      activity: "admit-inpatient",
      by: hospital,
      removes: false,
      added: [],
    },
    {
      messageId: "A-1",
      occurred: "2026-11-23T10:20:00+01:00",
      activity: "acknowledgement",
      by: municipality,
      earlier: { kind: "message", messageId: "M-1" },
      removes: false,
      added: [],
    },
  ],
  about: "M-1",
  code,
  issues: [],
  ...change,
});
