import { fitsItsCode, IdentifierCode } from "../../../contracts/identifiers.ts";
import { EpisodeOfCareStatus, type Party, type Patient } from "../../../contracts/party.ts";
import type { Fields } from "../../tables/element-table.ts";
import { memberOf, optionalText, textIn, textValue } from "../../tables/fields.ts";
import { below, type Place, warn } from "../../tables/place.ts";

/** Which element carries which optional text of a party or a citizen. Read and print share the list. */
const partyTexts = [
  ["organisation", "OrganisationName"],
  ["department", "DepartmentName"],
  ["unit", "UnitName"],
  ["street", "StreetName"],
  ["suburb", "SuburbName"],
  ["district", "DistrictName"],
  ["postCode", "PostCodeIdentifier"],
  ["phone", "TelephoneSubscriberIdentifier"],
  ["speciality", "MedicalSpecialityCode"],
] as const;

const patientTexts = [
  ["cpr", "CivilRegistrationNumber"],
  ["alternativeId", "AlternativeIdentifier"],
  ["givenName", "PersonGivenName"],
  ["street", "StreetName"],
  ["suburb", "SuburbName"],
  ["district", "DistrictName"],
  ["postCode", "PostCodeIdentifier"],
  ["occupation", "OccupancyText"],
] as const;

export const partyOf = (fields: Fields, place: Place): Party => {
  const code = memberOf(IdentifierCode.options, optionalText(fields, "IdentifierCode")) ?? "lokationsnummer";
  const value = textIn(fields, "Identifier");
  if (!fitsItsCode(code, value)) warn(below(place, "Identifier"), "identifier-form");
  const party: Party = { gln: textIn(fields, "EANIdentifier"), identifier: { code, value } };
  for (const [field, name] of partyTexts) {
    const text = optionalText(fields, name);
    if (text !== undefined) party[field] = text;
  }
  return party;
};

export const partyFields = (party: Party): Fields => {
  const fields: Record<string, ReturnType<typeof textValue>> = {
    EANIdentifier: textValue(party.gln),
    Identifier: textValue(party.identifier.value),
    IdentifierCode: textValue(party.identifier.code),
  };
  for (const [field, name] of partyTexts) fields[name] = textValue(party[field]);
  return fields;
};

export const patientOf = (fields: Fields): Patient => {
  const status = memberOf(EpisodeOfCareStatus.options, optionalText(fields, "EpisodeOfCareStatusCode"));
  const patient: Patient = {
    surname: textIn(fields, "PersonSurnameName"),
    episodeOfCareStatus: status ?? "inaktiv",
  };
  for (const [field, name] of patientTexts) {
    const text = optionalText(fields, name);
    if (text !== undefined) patient[field] = text;
  }
  return patient;
};

/** The version has room for one of the two numbers: a CPR number goes before a replacement. */
export const patientFields = (patient: Patient): Fields => {
  const fields: Record<string, ReturnType<typeof textValue>> = {
    PersonSurnameName: textValue(patient.surname),
    EpisodeOfCareStatusCode: textValue(patient.episodeOfCareStatus),
  };
  for (const [field, name] of patientTexts) fields[name] = textValue(patient[field]);
  if (patient.cpr !== undefined) fields["AlternativeIdentifier"] = [];
  return fields;
};
