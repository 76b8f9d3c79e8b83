import { codeSystem, codesIn, type FhirCode, type FhirValueSet, valueSet } from "./fhir-code.ts";

/** What a report of home care observations says of itself (MedCom terminology 2.0.2; guide to MedCom FHIR, section 7). */

export const reportCodes: readonly FhirCode[] = codesIn(codeSystem("MedComDiagnosticReportCodes"), [
  ["HomeCareReport", "HomeCareDiagnosticReport", "Kommunale prøvesvar"],
]);
export const reportCodeSet: FhirValueSet = valueSet("MedComDiagnosticReportCodesValueset", reportCodes);

/** Of which kind of unit a producer is. */
export const producerCodes: readonly FhirCode[] = codesIn(codeSystem("MedComProducentID"), [
  ["KAF", "Kommunal akutfunktion"],
]);
export const producerCodeSet: FhirValueSet = valueSet("medcm-producentID-valueset", producerCodes);

/** The set has every code of HL7's too; a message may only say that nobody has interpreted the value. */
export const interpretationCodes: readonly FhirCode[] = codesIn(
  codeSystem("medcom-core-interpretation-codes"),
  [["NI", "Not Interpreted", "Ikke vurderet"]],
);

export const reportStatuses: FhirValueSet = valueSet(
  "medcom-corediagnosticreport-status",
  codesIn("http://hl7.org/fhir/diagnostic-report-status", [
    ["registered", "Registered", "Registreret"],
    ["partial", "Partial", "Delvist svar"],
    ["final", "Final", "Endeligt svar"],
    ["corrected", "Corrected", "Rettet svar"],
    ["cancelled", "Cancelled", "Annulleret"],
  ]),
);
export const observationStatuses: FhirValueSet = valueSet(
  "medcom-core-observation-status",
  codesIn("http://hl7.org/fhir/observation-status", [
    ["registered", "Registered", "Registreret"],
    ["preliminary", "Preliminary", "Foreløbigt"],
    ["final", "Final", "Endeligt"],
    ["corrected", "Corrected", "Rettet"],
    ["cancelled", "Cancelled", "Annulleret"],
  ]),
);
