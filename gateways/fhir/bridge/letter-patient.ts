import { identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { FhirPatient } from "../../../contracts/fhir/parts.ts";
import type { Patient } from "../../../contracts/party.ts";
import { statusOfEncounter } from "./codes.ts";
import type { Lose } from "./losses.ts";
import { clip, unnamed, wording } from "./wording.ts";

type Number = { readonly kind: "cpr" | "national" | "regional"; readonly value: string };

/** Regular CPR first, then the national replacement, then the regional (mapping sheet, "Patient id"). */
const numbersOf = ({ cpr, national, regional }: FhirPatient): Number[] => [
  ...(cpr === undefined ? [] : [{ kind: "cpr" as const, value: cpr }]),
  ...(national === undefined ? [] : [{ kind: "national" as const, value: national }]),
  ...(regional === undefined ? [] : [{ kind: "regional" as const, value: regional.value }]),
];

/** By its seventh character: 1 and 7 are given out nationally (mapping sheet, "Patient alternative id"). */
export const isNational = (alternativeId: string): boolean => /^.{6}[17]/.test(alternativeId);

const loseSystem = ({ kind, value }: Number, patient: FhirPatient, lose: Lose): void => {
  const plain = patient.regional?.system === identifierSystems.regional;
  if (kind === "national" && !isNational(value)) lose("patient-number-system");
  if (kind === "regional" && (isNational(value) || !plain)) lose("patient-number-system");
};

/** The numbers that have no field of their own, in the sentence that MedCom fixed. */
export const moreNumbers = (patient: FhirPatient, lose: Lose): string[] => {
  const rest = numbersOf(patient)
    .slice(1)
    .map(({ value }) => value);
  if (rest.length === 0) return [];
  lose("patient-numbers");
  return [`${wording.moreNumbers}: ${rest.join(", ")}`];
};

const cut = (text: string, max: number, note: () => void): string => {
  const kept = clip(text, max);
  if (kept !== text) note();
  return kept;
};

const namesOf = (
  { surname, givenNames }: FhirPatient,
  lose: Lose,
): Pick<Patient, "surname" | "givenName"> => {
  const note = (): void => {
    lose("patient-name");
  };
  if (surname === unnamed || givenNames.length > 1) note();
  const given = givenNames.join(" ");
  return {
    surname: cut(surname ?? unnamed, 70, note),
    ...(given === "" ? {} : { givenName: cut(given, 70, note) }),
  };
};

const addressOf = (
  { address }: FhirPatient,
  lose: Lose,
): Pick<Patient, "street" | "district" | "postCode"> => {
  if (address === undefined) return {};
  const note = (): void => {
    lose("patient-address");
  };
  const { lines, city, postCode } = address;
  if (lines.length > 1 || [lines[0], city, postCode].every((part) => part === undefined)) note();
  const street = lines.join(", ");
  return {
    ...(street === "" ? {} : { street: cut(street, 35, note) }),
    ...(city === undefined ? {} : { district: cut(city, 35, note) }),
    ...(postCode === undefined ? {} : { postCode: cut(postCode, 9, note) }),
  };
};

const losePlain = ({ telecoms, managingOrganisation, deceased }: FhirPatient, lose: Lose): void => {
  if (telecoms !== undefined) lose("patient-telecom");
  if (managingOrganisation !== undefined) lose("patient-organisation");
  if (deceased === false) lose("deceased");
};

/** The citizen as a letter names one. */
export const letterPatient = ({ patient, encounter }: CareCommunication, lose: Lose): Patient => {
  const [number] = numbersOf(patient);
  losePlain(patient, lose);
  if (number !== undefined) loseSystem(number, patient, lose);
  return {
    ...(number?.kind === "cpr" ? { cpr: number.value } : { alternativeId: number?.value ?? "" }),
    ...namesOf(patient, lose),
    ...addressOf(patient, lose),
    episodeOfCareStatus: statusOfEncounter(encounter, patient.deceased === true),
  };
};
