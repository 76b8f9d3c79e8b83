import { identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import type { FhirPatient } from "../../../contracts/fhir/parts.ts";
import type { Letter } from "../../../contracts/letter.ts";
import type { Patient } from "../../../contracts/party.ts";
import { isNational } from "./letter-patient.ts";
import type { Lose } from "./losses.ts";
import { unnamed, visible } from "./wording.ts";

const numberOf = ({
  cpr,
  alternativeId = "",
}: Patient): Pick<FhirPatient, "cpr" | "national" | "regional"> => {
  if (cpr !== undefined) return { cpr };
  return isNational(alternativeId)
    ? { national: alternativeId }
    : { regional: { system: identifierSystems.regional, value: alternativeId } };
};

const addressOf = (patient: Patient): Pick<FhirPatient, "address"> => {
  const [street, city] = [visible(patient.street), visible(patient.district)];
  const postCode = visible(patient.postCode);
  if ([street, city, postCode].every((part) => part === undefined)) return {};
  return {
    address: {
      lines: street === undefined ? [] : [street],
      ...(city === undefined ? {} : { city }),
      ...(postCode === undefined ? {} : { postCode }),
    },
  };
};

const loseFields = (patient: Patient, lose: Lose): void => {
  const { suburb, occupation, surname, givenName, street, district, postCode } = patient;
  if (suburb !== undefined || occupation !== undefined) lose("patient-details");
  const fields = [surname, givenName, street, district, postCode, patient.alternativeId];
  if (fields.some((field) => field !== undefined && visible(field) !== field)) lose("patient-fields");
};

/** Whoever is dead is told to be; any other status is the Encounter's, which there is none of without an id of the course. */
const loseStatus = ({ patient, episodeOfCareId }: Letter, lose: Lose): void => {
  const { episodeOfCareStatus: status } = patient;
  const told = status === "doed" || status === "inaktiv" || visible(episodeOfCareId) !== undefined;
  if (!told || status === "ambulant_roentgen") lose("episode-status");
};

/** The citizen of a letter as a message names one. */
export const carePatient = (letter: Letter, lose: Lose): FhirPatient => {
  const { patient } = letter;
  loseFields(patient, lose);
  loseStatus(letter, lose);
  const given = visible(patient.givenName);
  const surname = visible(patient.surname);
  return {
    ...numberOf(patient),
    ...(surname === undefined || surname === unnamed ? {} : { surname }),
    givenNames: given === undefined ? [] : [given],
    ...(patient.episodeOfCareStatus === "doed" ? { deceased: true } : {}),
    ...addressOf(patient),
  };
};
