import { codeSystem, codesIn, type FhirValueSet, valueSet } from "./fhir-code.ts";

/** The lists of HospitalNotification 3.0 and of an Encounter elsewhere (MedCom terminology 2.0.2; HL7 v3 ActCode). */

export const actCodeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

const staying = codesIn(actCodeSystem, [
  ["EMER", "emergency", "Akut ambulant"],
  ["IMP", "inpatient encounter", "Indlagt"],
]);
export const stayClasses: FhirValueSet = valueSet("medcom-hospitalNotification-encounterClass", staying);

const statusSystem = "http://hl7.org/fhir/encounter-status";
const stayStatusCodes = codesIn(statusSystem, [
  ["in-progress", "In Progress", "I gang"],
  ["onleave", "On Leave", "På orlov"],
  ["finished", "Finished", "Afsluttet"],
  ["entered-in-error", "Entered in Error", "Oprettet ved en fejl"],
]);
export const stayStatuses: FhirValueSet = valueSet(
  "medcom-hospitalNotification-encounterStatus",
  stayStatusCodes,
);

/** FHIR R4, EncounterStatus: what an Encounter of CareCommunication may say. */
export const encounterStatuses: FhirValueSet = {
  url: "http://hl7.org/fhir/ValueSet/encounter-status",
  codes: [
    ...stayStatusCodes,
    ...codesIn(statusSystem, [
      ["planned", "Planned", "Planlagt"],
      ["arrived", "Arrived", "Ankommet"],
      ["triaged", "Triaged", "Triageret"],
      ["cancelled", "Cancelled", "Aflyst"],
      ["unknown", "Unknown", "Ukendt"],
    ]),
  ],
};

/** Every kind of contact of HL7's (descendants of _ActEncounterCode) and MedCom's `other`. */
export const encounterClasses: FhirValueSet = valueSet("medcom-core-encounter-class", [
  ...staying,
  ...codesIn(actCodeSystem, [
    ["AMB", "ambulatory", "Ambulant"],
    ["FLD", "field", "Uden for klinikken"],
    ["HH", "home health", "I hjemmet"],
    ["ACUTE", "inpatient acute", "Indlagt, akut"],
    ["NONAC", "inpatient non-acute", "Indlagt, ikke akut"],
    ["OBSENC", "observation encounter", "Observation"],
    ["PRENC", "pre-admission", "Før indlæggelse"],
    ["SS", "short stay", "Kort ophold"],
    ["VR", "virtual", "Virtuel"],
  ]),
  ...codesIn(codeSystem("medcom-core-encounter-act-codes"), [
    ["other", "Other encounter class", "Anden kontakt"],
  ]),
]);

/**
 * Statuses that MedCom's own positive test files say with an activity that has another (contracts/codes/fhir-hospital-codes.ts):
 * HN_SLHJ_I is discharged while on leave. They are taken with a warning.
 */
export const toleratedStatuses: ReadonlyMap<string, readonly string[]> = new Map(
  ["discharge-emergency-home", "discharge-inpatient-home"].flatMap((activity) => [
    [activity, ["onleave"]],
    [`revise-${activity}`, ["onleave"]],
    [`cancel-${activity}`, ["onleave"]],
  ]),
);

/** Only of these may a report of admission (XDIS16) be wanted. */
export const reportedActivities: ReadonlySet<string> = new Set(["admit-emergency", "admit-inpatient"]);
