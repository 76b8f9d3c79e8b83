import { issueDetails, responseCodes } from "../../../contracts/codes/fhir-acknowledgement.ts";
import {
  attachmentTypes,
  careCategories,
  carePriorities,
} from "../../../contracts/codes/fhir-care-communication.ts";
import type { FhirCode } from "../../../contracts/codes/fhir-code.ts";
import {
  interpretationCodes,
  observationStatuses,
  producerCodes,
} from "../../../contracts/codes/fhir-home-care.ts";
import { encounterClasses, encounterStatuses } from "../../../contracts/codes/fhir-hospital-notification.ts";
import { activityCodes, eventCodes } from "../../../contracts/codes/fhir-messaging.ts";
import { medcomObservations, npuObservations } from "../../../contracts/codes/fhir-observations.ts";
import { administrativeRoles, authorisedRoles } from "../../../contracts/codes/fhir-practitioner-roles.ts";
import type { Coded } from "../../../contracts/fhir/parts.ts";
import type { Language } from "../../pages/words.ts";
import { observationNames } from "./observation-names.ts";

/** HL7's severities of an issue; the Danish is the hub's. */
const severities: readonly FhirCode[] = [
  ["fatal", "Fatal", "Fatal fejl"],
  ["error", "Error", "Fejl"],
  ["warning", "Warning", "Advarsel"],
  ["information", "Information", "Oplysning"],
].map(([code = "", display = "", da = ""]) => ({
  system: "http://hl7.org/fhir/issue-severity",
  code,
  display,
  da,
}));

/** The lists by what their codes stand for, where an element has no system beside its code. */
const lists = {
  activity: activityCodes,
  event: eventCodes,
  encounterStatus: encounterStatuses.codes,
  observationStatus: observationStatuses.codes,
  priority: carePriorities.codes,
  response: responseCodes.codes,
  fileType: attachmentTypes.codes,
  producer: producerCodes,
  severity: severities,
} as const satisfies Record<string, readonly FhirCode[]>;
export type CodeList = keyof typeof lists;

const keyOf = ({ system, code }: Pick<Coded, "system" | "code">): string => `${system}|${code}`;

const known: ReadonlyMap<string, FhirCode> = new Map(
  [
    careCategories,
    encounterClasses.codes,
    interpretationCodes,
    issueDetails.codes,
    medcomObservations,
    npuObservations,
    authorisedRoles,
    administrativeRoles,
  ].flatMap((codes) => codes.map((code): [string, FhirCode] => [keyOf(code), code])),
);

const said = ({ code, display, da }: FhirCode, language: Language): string =>
  language === "da" ? (da ?? display) : (observationNames.get(code) ?? display);

/** What a code of one of the lists means; `undefined`: it is none of them. */
export const wordsIn = (list: CodeList, code: string, language: Language): string | undefined => {
  const found = lists[list].find((one) => one.code === code);
  return found === undefined ? undefined : said(found, language);
};

/** What a code is called by its owner, else by the message, else the code itself. */
export const wordsOf = (coded: Coded, language: Language): string => {
  const found = known.get(keyOf(coded));
  return found === undefined ? (coded.display ?? coded.code) : said(found, language);
};
