import type { ObservationFact } from "../messages/observation-facts.ts";
import type { Person } from "../messages/observation-parts.ts";
import type { FhirCode } from "./fhir-code.ts";
import { medcomObservationSystem, npuSystem } from "./fhir-observations.ts";
import { practitionerRoles } from "./fhir-practitioner-roles.ts";

/**
 * Which results of a HomeCareObservation are which values of a score scheme (guide to MedCom FHIR, section 7; MedCom
 * terminology 2.0.2). What is not here is kept as it was measured, and not scored.
 */

interface Code {
  readonly system: string;
  readonly code: string;
}

/** How a unit is written, in words or in UCUM, and how many of the scheme's own units it is. */
interface Unit {
  readonly names: readonly [string, ...string[]];
  readonly times: number;
}

export interface ParameterCodes {
  /** The scheme's name for it. */
  readonly parameter: string;
  /** The first is the one that is sent; the others are read. */
  readonly codes: readonly [Code, ...Code[]];
  /** The first is the one that is sent. */
  readonly units: readonly [Unit, ...Unit[]];
  /**
   * Of a value that a scheme has as a list and MedCom sends as points: the scheme's code for each. `exact`: no other has those
   * points. One that is not exact is scored as the more serious of them, and shown as it was sent: a default of ours.
   */
  readonly points?: readonly { readonly points: string; readonly code: string; readonly exact: boolean }[];
}

const npu = (code: string): Code => ({ system: npuSystem, code });
const medcom = (code: string): Code => ({ system: medcomObservationSystem, code });
/** As dk-core's own examples of TOBS and TOKS are coded. */
const loinc = (code: string): Code => ({ system: "http://loinc.org", code });
const snomed = (code: string): Code => ({ system: "http://snomed.info/sct", code });

const perMinute: Unit = { names: ["1/min", "/min"], times: 1 };
const pressure: Unit = { names: ["mmHg", "mm[Hg]"], times: 1 };

const tobs: readonly ParameterCodes[] = [
  {
    parameter: "respiration",
    codes: [medcom("MCS88122"), loinc("9279-1"), snomed("86290005")],
    units: [perMinute],
  },
  {
    parameter: "pulse",
    codes: [npu("NPU21692"), loinc("8867-4"), snomed("364075005")],
    units: [perMinute],
  },
  {
    parameter: "systolic",
    codes: [npu("DNK05472"), loinc("8480-6"), snomed("407554009")],
    units: [pressure],
  },
  {
    parameter: "diastolic",
    codes: [npu("DNK05473"), loinc("8462-4"), snomed("407555005")],
    units: [pressure],
  },
  {
    parameter: "temperature",
    codes: [npu("NPU08676"), loinc("8310-5"), snomed("276885007")],
    units: [{ names: ["°C", "Cel"], times: 1 }],
  },
  {
    // NPU10197 is a fraction, and is sent in per cent as well; NPU27280 is dk-core's code for the same.
    parameter: "spo2",
    codes: [npu("NPU10197"), npu("NPU27280"), loinc("2708-6")],
    units: [
      { names: ["%"], times: 1 },
      { names: ["1"], times: 100 },
    ],
  },
  {
    parameter: "consciousness",
    codes: [medcom("MCS88126")],
    units: [{ names: ["1"], times: 1 }],
    points: [
      { points: "0", code: "habituel", exact: true },
      // Agitated, or reacts only when spoken to.
      { points: "1", code: "tiltale", exact: false },
      { points: "2", code: "smerte", exact: true },
      { points: "3", code: "ingen", exact: true },
    ],
  },
];

/** How one scheme is told in FHIR. */
export interface SchemeCodes {
  readonly scheme: string;
  /** The sender's own total. */
  readonly total: Code;
  readonly parameters: readonly ParameterCodes[];
}

/** The scheme that a HomeCareObservation is read by: no other has codes of MedCom's. */
export const homeCareScheme: SchemeCodes = {
  scheme: "tobs-dk-2013",
  total: medcom("MCS88125"),
  parameters: tobs,
};

/** What a score counts: no unit of its own (UCUM). */
export const countUnit = { system: "http://unitsofmeasure.org", code: "1" } as const;

/** A role of MedCom's list by what a person is called. */
export const roleCalled = (title = ""): FhirCode | undefined => {
  const wanted = title.toLowerCase();
  return practitionerRoles.codes.find(({ display, code }) =>
    [display, code].some((one) => one.toLowerCase() === wanted),
  );
};

/** MedCom wants to know who answers for a report: by role, name and telephone (medcom-homecareReport-1 to 3). */
const isAnswerable = (who: Person | undefined): boolean =>
  who?.phone !== undefined && roleCalled(who.title) !== undefined;

/**
 * Whether a fact of an episode has a form as HomeCareObservation: a measurement by somebody who answers for it, and the taking
 * back of one. What asks a doctor for something has none: the message has no place for a question or its time.
 */
export const hasHomeCareForm = (fact: ObservationFact): boolean => {
  if (fact.type === "MeasurementRetracted") return isAnswerable(fact.performer);
  if (fact.type !== "Measured" && fact.type !== "PartlyMeasured") return false;
  const { score, results, performer } = fact;
  const isCoded = score.scheme === homeCareScheme.scheme && score.parts.length + score.carried.length > 0;
  return isAnswerable(performer) && (results !== undefined || isCoded);
};
