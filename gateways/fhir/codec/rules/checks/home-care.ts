import { dataAbsentReason } from "../../../../../contracts/codes/fhir-code.ts";
import { elementAt, elementsAt, extensionOf, textAt } from "../../model/navigate.ts";
import type { FhirResource } from "../../model/resource.ts";
import { targetOf } from "../../parts/open-message.ts";
import type { Checked, Rule } from "../rule.ts";
import { firstOf, follow, unless } from "./find.ts";
import { patientRules } from "./patient-kinds.ts";

const reportOf = (message: Checked): FhirResource | undefined => firstOf(message, "DiagnosticReport");

/** Whoever measured: the role among the report's two performers. */
const roleOf = (message: Checked): FhirResource | undefined => {
  const report = reportOf(message);
  if (report === undefined) return undefined;
  return elementsAt(report, "performer")
    .map((one) => targetOf(message, report, one))
    .find((one) => one?.resourceType === "PractitionerRole");
};

const personOf = (message: Checked): FhirResource | undefined =>
  follow(message, roleOf(message), (role) => elementAt(role, "practitioner"));

const requesterOf = (message: Checked): FhirResource | undefined =>
  follow(message, message.header, (header) => elementAt(header, "destination.receiver"));

/** What is missing of the person who measured, told at the role; without a role the table says so. */
const unlessPerson = (message: Checked, holds: boolean, path: string): readonly string[] => {
  const role = roleOf(message);
  return role === undefined ? [] : unless(holds, `${message.placeOf(role)}${path}`);
};

const withoutPhone = (message: Checked): readonly string[] => {
  const phones = elementsAt(personOf(message), "telecom").filter(({ system }) => system === "phone");
  const path = ".practitioner.resolve().telecom.where(system='phone')";
  return unlessPerson(message, phones.length > 0, path);
};

const withoutInitials = (message: Checked): readonly string[] => {
  const requester = requesterOf(message);
  const contact = elementAt(requester, "contact");
  if (requester === undefined || contact === undefined) return [];
  const told = contact["name"] !== undefined || extensionOf(contact, dataAbsentReason) !== undefined;
  return unless(told, `${message.placeOf(requester)}.contact.name`);
};

const notAmongResults = (message: Checked): readonly string[] => {
  const report = reportOf(message);
  if (report === undefined) return [];
  const results = new Set(elementsAt(report, "result").map((one) => targetOf(message, report, one)));
  return message
    .ofType("Observation")
    .filter((one) => !results.has(one))
    .map(message.placeOf);
};

/** Rules of HomeCareObservation 1.x (guide to MedCom FHIR, section 7). */
export const homeCareRules: readonly Rule[] = [
  ...patientRules,
  {
    id: "HCO-patient",
    source: "guide, section 7",
    severity: "error",
    code: "resource-required",
    says: { en: "The message has exactly one Patient.", da: "Meddelelsen har netop én Patient." },
    broken: (message) => unless(message.ofType("Patient").length === 1, "Bundle.entry"),
  },
  {
    id: "HCO-report",
    source: "guide, section 7: one focus",
    severity: "error",
    code: "resource-required",
    says: {
      en: "The message has exactly one DiagnosticReport.",
      da: "Meddelelsen har netop én DiagnosticReport.",
    },
    broken: (message) => unless(message.ofType("DiagnosticReport").length === 1, "Bundle.entry"),
  },
  {
    id: "HCO-report-1",
    source: "medcom-homecareReport-1",
    severity: "error",
    code: "element-required",
    says: {
      en: "The role of whoever measured is a code.",
      da: "Stillingen for den, der har målt, er en kode.",
    },
    broken: (message) =>
      unlessPerson(message, textAt(roleOf(message), "code.coding.code") !== undefined, ".code.coding.code"),
  },
  {
    id: "HCO-report-2",
    source: "medcom-homecareReport-2",
    severity: "error",
    code: "element-required",
    says: { en: "Whoever measured has a name.", da: "Den, der har målt, har et navn." },
    broken: (message) =>
      unlessPerson(
        message,
        elementAt(personOf(message), "name") !== undefined,
        ".practitioner.resolve().name",
      ),
  },
  {
    id: "HCO-report-3",
    source: "medcom-homecareReport-3",
    severity: "error",
    code: "element-required",
    says: {
      en: "Whoever measured has a telephone number.",
      da: "Den, der har målt, har et telefonnummer.",
    },
    broken: withoutPhone,
  },
  {
    id: "HCO-4",
    source: "medcom-homecareObservation-4",
    severity: "error",
    code: "element-required",
    says: {
      en: "Give the initials of whoever asked, or say that they are not known.",
      da: "Angiv rekvirentens initialer, eller at de ikke kendes.",
    },
    broken: withoutInitials,
  },
  {
    id: "HCO-result",
    source: "guide, section 7",
    severity: "warning",
    code: "element-ignored",
    says: {
      en: "The observation is not among the report's results and is not read.",
      da: "Observationen er ikke blandt rapportens resultater og bliver ikke læst.",
    },
    broken: notAmongResults,
  },
];
