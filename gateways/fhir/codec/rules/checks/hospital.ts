import { identifierSystems, structure } from "../../../../../contracts/codes/fhir-code.ts";
import { type HospitalForm, hospitalForms } from "../../../../../contracts/codes/fhir-hospital-codes.ts";
import {
  reportedActivities,
  toleratedStatuses,
} from "../../../../../contracts/codes/fhir-hospital-notification.ts";
import { elementsAt, extensionOf, textAt } from "../../model/navigate.ts";
import type { FhirResource } from "../../model/resource.ts";
import type { Checked, Rule } from "../rule.ts";
import { activityOf, firstOf, unless, where } from "./find.ts";

const leavePeriod = structure("hospitalnotification", "medcom-hospitalnotifiation-leave-period-extension");
const flag = structure("hospitalnotification", "medcom-messaging-reportOfAdmissionExtension");
const recipient = structure("hospitalnotification", "medcom-messaging-reportOfAdmissionRecipientExtension");

const statusOf = (encounter: FhirResource | undefined): string | undefined => textAt(encounter, "status");
const isDead = (message: Checked): boolean => firstOf(message, "Patient")?.["deceasedBoolean"] === true;
const formOf = (message: Checked): HospitalForm | undefined => {
  const activity = activityOf(message);
  return activity === undefined ? undefined : hospitalForms.find((form) => form.activity === activity);
};
const deceasedStatus = hospitalForms.find(({ code }) => code === "MORS")?.status;

type Fit = "exact" | "tolerated" | "none";

/** How the status goes with what the message says was done (guide, 4.1). */
const statusFit = (message: Checked): Fit => {
  const [form, status] = [formOf(message), statusOf(firstOf(message, "Encounter"))];
  if (form?.activity === undefined || status === undefined) return "exact";
  // The positive file HN_MORS_J has died and is still in-progress: of the dead any other status is only unusual.
  if (isDead(message)) return status === deceasedStatus ? "exact" : "tolerated";
  if (status === form.status) return "exact";
  return toleratedStatuses.get(form.activity)?.includes(status) === true ? "tolerated" : "none";
};

/** Of a plain step the class must be its own; of a correction, a cancellation or a death it is that of the stay so far. */
const classFit = (message: Checked): Fit => {
  const form = formOf(message);
  const said = textAt(firstOf(message, "Encounter"), "class.code");
  if (form === undefined || said === undefined || said === form.class) return "exact";
  return isDead(message) || form.act !== "report" ? "tolerated" : "none";
};

const encounterPlace = (message: Checked): string => {
  const encounter = firstOf(message, "Encounter");
  return encounter === undefined ? "Bundle.entry" : message.placeOf(encounter);
};

const isReportWanted = ({ header }: Checked): boolean => extensionOf(header, flag)?.["valueBoolean"] === true;

const instant = (text: string | undefined): number => Date.parse(text ?? "");

/** Rules of HospitalNotification 3.0 (guide to MedCom FHIR, section 4). HN-1 is the tables; HN-3 is one of them. */
export const hospitalRules: readonly Rule[] = [
  {
    id: "HN-2",
    source: "medcom-hospitalNotification-2",
    severity: "error",
    code: "resource-required",
    says: { en: "The message has exactly one Patient.", da: "Meddelelsen har netop én Patient." },
    broken: (message) => unless(message.ofType("Patient").length === 1, "Bundle.entry"),
  },
  {
    id: "HN-4",
    source: "medcom-hospitalNotification-4",
    severity: "error",
    code: "value-fixed",
    says: {
      en: "The patient has one identifier, a CPR number; replacement numbers are not allowed here.",
      da: "Patienten har én identifikation, et CPR-nummer; erstatningsnumre er ikke tilladt her.",
    },
    broken: (message) =>
      where(message, "Patient", {
        is: (patient) => {
          const identifiers = elementsAt(patient, "identifier");
          return identifiers.length !== 1 || textAt(identifiers[0], "system") !== identifierSystems.cpr;
        },
        at: ".identifier",
      }),
  },
  {
    id: "HN-4-value",
    source: "medcom-hospitalNotification-4",
    severity: "error",
    code: "element-required",
    says: { en: "The CPR number is missing.", da: "CPR-nummeret mangler." },
    broken: (message) =>
      where(message, "Patient", {
        is: (patient) => elementsAt(patient, "identifier").some(({ value }) => value === undefined),
        at: ".identifier.value",
      }),
  },
  {
    id: "HN-5",
    source: "medcom-hospitalNotification-5",
    severity: "error",
    code: "value-fixed",
    says: {
      en: "Every receiver of a HospitalNotification is the primary one.",
      da: "Modtageren af et advis er altid den primære.",
    },
    broken: ({ header, placeOf }) =>
      unless(
        elementsAt(header, "destination").every(
          (one) => textAt(one, "extension.valueCoding.code") === "primary",
        ),
        `${placeOf(header)}.destination`,
      ),
  },
  {
    id: "HN-6",
    source: "medcom-hospitalNotification-6",
    severity: "error",
    code: "element-required",
    says: {
      en: "On leave the leave's start must be told.",
      da: "Ved orlov skal orlovens start oplyses.",
    },
    broken: (message) =>
      where(message, "Encounter", {
        is: (encounter) =>
          statusOf(encounter) === "onleave" &&
          textAt(extensionOf(encounter, leavePeriod), "valuePeriod.start") === undefined,
        at: `.extension('${leavePeriod}').valuePeriod.start`,
      }),
  },
  {
    id: "HN-encounter",
    source: "guide, section 4: one focus, one stay",
    severity: "error",
    code: "resource-required",
    says: { en: "The message has exactly one Encounter.", da: "Meddelelsen har netop én Encounter." },
    broken: (message) => unless(message.ofType("Encounter").length === 1, "Bundle.entry"),
  },
  {
    id: "HN-status",
    source: "code table of HospitalNotification; guide, section 4.1",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "The stay's status does not go with what the message says has happened.",
      da: "Opholdets status passer ikke med det, meddelelsen siger er sket.",
    },
    broken: (message) => unless(statusFit(message) !== "none", `${encounterPlace(message)}.status`),
  },
  {
    id: "HN-status-unusual",
    source: "HN_SLHJ_I and HN_MORS_J of the receive protocol; guide, section 13",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "The stay's status is not the usual one for what has happened.",
      da: "Opholdets status er ikke den sædvanlige for det, der er sket.",
    },
    broken: (message) => unless(statusFit(message) !== "tolerated", `${encounterPlace(message)}.status`),
  },
  {
    id: "HN-class",
    source: "code table of HospitalNotification; guide, section 4.1",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "Emergency steps have the class EMER, inpatient ones IMP.",
      da: "Akut ambulante trin har klassen EMER, indlagte IMP.",
    },
    broken: (message) => unless(classFit(message) !== "none", `${encounterPlace(message)}.class.code`),
  },
  {
    id: "HN-class-unusual",
    source: "HN_MORS_K (EMER in JSON, IMP in XML); guide, sections 4.1 and 13",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "The class is another than that of the step which the message names.",
      da: "Klassen er en anden end den, det nævnte trin har.",
    },
    broken: (message) => unless(classFit(message) !== "tolerated", `${encounterPlace(message)}.class.code`),
  },
  {
    id: "HN-end",
    source: "guide, section 4: period.end on discharge and death",
    severity: "warning",
    code: "element-required",
    says: {
      en: "The end of the stay is not told.",
      da: "Opholdets sluttidspunkt er ikke oplyst.",
    },
    broken: (message) =>
      where(message, "Encounter", {
        is: (encounter) =>
          statusOf(encounter) === "finished" && textAt(encounter, "period.end") === undefined,
        at: ".period.end",
      }),
  },
  {
    id: "HN-period",
    source: "FHIR R4, per-1",
    severity: "warning",
    code: "values-disagree",
    says: { en: "The stay ends before it begins.", da: "Opholdet slutter, før det begynder." },
    broken: (message) =>
      where(message, "Encounter", {
        is: (one) => instant(textAt(one, "period.end")) < instant(textAt(one, "period.start")),
        at: ".period.end",
      }),
  },
  {
    id: "HN-report",
    source: "guide, section 4.1: XDIS16 goes to the recipient's GLN",
    severity: "warning",
    code: "element-required",
    says: {
      en: "A report of admission is wanted, and nobody is named to have it; the sender is.",
      da: "Der ønskes en indlæggelsesrapport, men ingen modtager er nævnt; det bliver afsenderen.",
    },
    broken: (message) =>
      unless(
        !isReportWanted(message) || extensionOf(message.header, recipient) !== undefined,
        `${message.placeOf(message.header)}.extension('${recipient}')`,
      ),
  },
  {
    id: "HN-report-activity",
    source: "guide, section 4.1: STAA and STIN alone",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "A report of admission is wanted of an admission only.",
      da: "En indlæggelsesrapport ønskes kun ved indlæggelse.",
    },
    broken: (message) =>
      unless(
        !isReportWanted(message) || reportedActivities.has(activityOf(message) ?? ""),
        `${message.placeOf(message.header)}.extension('${flag}')`,
      ),
  },
];
