import { identifierSystems, isRegional } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirPatient } from "../../../../contracts/fhir/parts.ts";
import { at, elementAt, elementsAt, textAt, textsAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import type { OpenMessage } from "./open-message.ts";
import { organisationAt } from "./organisations.ts";

const idsFrom = (patient: FhirResource): Pick<FhirPatient, "cpr" | "national" | "regional"> => {
  const identifiers = elementsAt(patient, "identifier").flatMap((identifier) => {
    const [system, value] = [textAt(identifier, "system"), textAt(identifier, "value")];
    return system === undefined || value === undefined ? [] : [{ system, value }];
  });
  const first = (wanted: string): string | undefined =>
    identifiers.find(({ system }) => system === wanted)?.value;
  const cpr = first(identifierSystems.cpr);
  const national = first(identifierSystems.national);
  const regional = identifiers.find(({ system }) => isRegional(system));
  return {
    ...(cpr === undefined ? {} : { cpr }),
    ...(national === undefined ? {} : { national }),
    ...(regional === undefined ? {} : { regional }),
  };
};

/** The official name, else the first. */
const nameFrom = (person: FhirResource): FhirElement | undefined =>
  elementsAt(person, "name").find(({ use }) => use === "official") ?? elementAt(person, "name");

/** The family name and the given names of a person. */
export const namesFrom = (person: FhirResource): Pick<FhirPatient, "surname" | "givenNames"> => {
  const name = nameFrom(person);
  const surname = textAt(name, "family");
  return { ...(surname === undefined ? {} : { surname }), givenNames: [...textsAt(name, "given")] };
};

const addressFrom = (patient: FhirResource): Pick<FhirPatient, "address"> => {
  const address = elementAt(patient, "address");
  const lines = [...textsAt(address, "line")];
  const [city, postCode] = [textAt(address, "city"), textAt(address, "postalCode")];
  if (lines.length === 0 && city === undefined && postCode === undefined) return {};
  return {
    address: {
      lines,
      ...(city === undefined ? {} : { city }),
      ...(postCode === undefined ? {} : { postCode }),
    },
  };
};

const telecomsFrom = (patient: FhirResource): Pick<FhirPatient, "telecoms"> => {
  const telecoms = elementsAt(patient, "telecom").flatMap((telecom) => {
    const [system, value, use] = [
      textAt(telecom, "system"),
      textAt(telecom, "value"),
      textAt(telecom, "use"),
    ];
    if (value === undefined) return [];
    return [{ ...(system === undefined ? {} : { system }), value, ...(use === undefined ? {} : { use }) }];
  });
  return telecoms.length === 0 ? {} : { telecoms };
};

/** The citizen of a message, which has exactly one Patient. */
export const patientOf = (message: OpenMessage): FhirPatient => {
  const [patient] = message.ofType("Patient");
  if (patient === undefined) return { givenNames: [] };
  const deceased = at(patient, "deceasedBoolean");
  const managing = organisationAt(message, patient, elementAt(patient, "managingOrganization"));
  return {
    ...idsFrom(patient),
    ...namesFrom(patient),
    ...addressFrom(patient),
    ...telecomsFrom(patient),
    ...(typeof deceased === "boolean" ? { deceased } : {}),
    ...(managing === undefined ? {} : { managingOrganisation: managing }),
  };
};
