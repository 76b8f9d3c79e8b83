import { identifierSystems, structure } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirPatient, FhirPractitioner } from "../../../../contracts/fhir/parts.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { coding } from "./coded.ts";
import type { Line } from "./narrative.ts";
import {
  notKnown,
  organisationReference,
  type Printing,
  phoneOf,
  referenceTo,
  resourceOf,
} from "./printing.ts";

type Names = Pick<FhirPatient, "surname" | "givenNames">;

/** A name of which the family part is not known says so: MedCom asks for both (medcom-core-5). */
const nameOf = ({ surname, givenNames }: Names): FhirElement => ({
  ...(surname === undefined ? { _family: notKnown } : { family: surname }),
  ...(givenNames.length === 0 ? {} : { given: givenNames }),
});

const fullName = ({ surname, givenNames }: Names): string =>
  [...givenNames, ...(surname === undefined ? [] : [surname])].join(" ");

const patientIds = ({ cpr, national, regional }: FhirPatient): FhirElement[] => [
  ...(cpr === undefined ? [] : [{ system: identifierSystems.cpr, value: cpr }]),
  ...(national === undefined ? [] : [{ system: identifierSystems.national, value: national }]),
  ...(regional === undefined ? [] : [{ system: regional.system, value: regional.value }]),
];

const addressOf = ({ address }: FhirPatient): FhirElement => {
  if (address === undefined) return {};
  const { lines, city, postCode } = address;
  return {
    address: [
      {
        ...(lines.length === 0 ? {} : { line: lines }),
        ...(city === undefined ? {} : { city }),
        ...(postCode === undefined ? {} : { postalCode: postCode }),
      },
    ],
  };
};

const telecomsOf = ({ telecoms }: FhirPatient): FhirElement => {
  if (telecoms === undefined) return {};
  const telecom = telecoms.map(({ system, value, use }) => ({
    ...(system === undefined ? {} : { system }),
    value,
    ...(use === undefined ? {} : { use }),
  }));
  return { telecom };
};

const linesOf = (patient: FhirPatient): Line[] => {
  const { address, telecoms = [], deceased, national, regional } = patient;
  const place = [...(address?.lines ?? []), address?.postCode, address?.city];
  return [
    ["Navn", fullName(patient)],
    ["CPR", patient.cpr],
    ["Erstatnings-CPR", [national, regional?.value].filter(Boolean).join(", ")],
    ["Adresse", place.filter(Boolean).join(", ")],
    ["Kontakt", telecoms.map(({ value }) => value).join(", ")],
    ["Død", deceased === true ? "ja" : undefined],
  ];
};

/** The citizen of a message. */
export const patientIn = (printing: Printing, patient: FhirPatient): FhirResource => {
  const { deceased, managingOrganisation } = patient;
  const identifier = patientIds(patient);
  const head = {
    type: "Patient",
    id: printing.idFor("Patient"),
    profile: structure("core", "medcom-core-patient"),
    title: "Borger",
    lines: linesOf(patient),
  };
  return resourceOf(head, {
    ...(identifier.length === 0 ? {} : { identifier }),
    name: [{ use: "official", ...nameOf(patient) }],
    ...telecomsOf(patient),
    ...(deceased === undefined ? {} : { deceasedBoolean: deceased }),
    ...addressOf(patient),
    ...(managingOrganisation === undefined
      ? {}
      : { managingOrganization: organisationReference(printing, managingOrganisation) }),
  });
};

const roleCode = (role: FhirPractitioner["role"]): FhirElement => {
  if (role === undefined) return {};
  return { code: [role.kind === "text" ? { text: role.text } : { coding: [coding(role)] }] };
};

const practitionerElements = (practitioner: FhirPractitioner): FhirElement => ({
  name: [nameOf(practitioner)],
  ...phoneOf(practitioner.phone),
});

const roleWords = (role: FhirPractitioner["role"]): string | undefined => {
  if (role === undefined) return undefined;
  return role.kind === "text" ? role.text : (role.display ?? role.code);
};

/** A reference to someone in a role, who then stands in the message as PractitionerRole and Practitioner. */
export const practitionerReference = (printing: Printing, practitioner: FhirPractitioner): FhirElement => {
  const { role, organisation, phone } = practitioner;
  const person = practitionerElements(practitioner);
  const place =
    organisation === undefined ? {} : { organization: organisationReference(printing, organisation) };
  const elements = { ...place, ...roleCode(role) };
  const key = JSON.stringify([person, elements]);
  const [made] = printing.people.get(key) ?? [];
  if (made !== undefined) return referenceTo(made);
  const number = String(printing.people.size + 1);
  const name: Line = ["Navn", fullName(practitioner)];
  const practitionerHead = {
    type: "Practitioner",
    id: printing.idFor(`Practitioner.${number}`),
    profile: structure("core", "medcom-core-practitioner"),
    title: "Fagperson",
    lines: [name, ["Telefon", phone]] as const,
  };
  const who = resourceOf(practitionerHead, person);
  const roleHead = {
    type: "PractitionerRole",
    id: printing.idFor(`PractitionerRole.${number}`),
    profile: structure("core", "medcom-core-practitionerrole"),
    title: "Fagperson i rolle",
    lines: [["Rolle", roleWords(role)]] as const,
  };
  const acting = resourceOf(roleHead, { practitioner: referenceTo(who), ...elements });
  printing.people.set(key, [acting, who]);
  return referenceTo(acting);
};
