import { activitySystem, destinationUse, eventSystem } from "../../../../contracts/codes/fhir-code.ts";
import { activities, destinationUses, messageTypes } from "../../../../contracts/codes/fhir-messaging.ts";
import {
  cpr,
  gln,
  glnCheckDigit,
  lpr3,
  nationalReplacement,
  regionalReplacement,
  sor,
  uuid,
  zonedTime,
} from "./forms.ts";
import type { ElementRow, Part, Profile, Words } from "./rule.ts";

/**
 * What every MedCom message is held to: the tables of medcom-messaging and medcom-core (guide to MedCom FHIR, sections 1-3).
 * A row with severity `warning` is a demand that MedCom's own files or the receiving protocols do not keep; the comment says which.
 */

const narrative: Words = {
  en: "Every resource is to have a text for people.",
  da: "Hver ressource skal have en tekst til mennesker.",
};
const identifierMissing = (name: string): Words => ({
  en: `The organisation lacks its ${name}.`,
  da: `Organisationens ${name} mangler.`,
});

/** G6: a narrative is demanded of the sender, and a receiver is not to fail where it is missing. */
const text: ElementRow = { at: "text", min: 1, severity: "warning", says: narrative };
const id: ElementRow = { at: "id", min: 1 };

/** What can be pointed at, with a narrative. */
export const described: readonly ElementRow[] = [id, text];

export const core = (name: string, ...rows: readonly ElementRow[]): Profile => ({
  name,
  release: "core 4.0.0",
  rows: [...described, ...rows],
});

/** An extension of the kind that has a value and no extension of its own. */
export const extension = (
  at: string,
  value: string,
  ...rows: readonly ElementRow[]
): readonly ElementRow[] => [
  { at: `${at}.extension`, max: 0 },
  { at: `${at}.${value}`, min: 1 },
  ...rows.map((row) => ({ ...row, at: `${at}.${value}${row.at === "" ? "" : `.${row.at}`}` })),
];

const messagingMessage: Profile = {
  name: "medcom-messaging-message",
  release: "messaging 4.0.2",
  rows: [
    id,
    { at: "id", form: uuid, severity: "warning" },
    { at: "type", min: 1, is: "message" },
    { at: "timestamp", min: 1, form: zonedTime },
    { at: "entry.resource", min: 1 },
  ],
};

/** A destination is the primary one by the code of this extension. */
const use = "destination:primary.extension:use";

const messagingHeader: Profile = {
  name: "medcom-messaging-messageHeader",
  release: "messaging 4.0.2",
  rows: [
    ...described,
    { at: "id", form: uuid, severity: "warning" },
    { at: "eventCoding", min: 1 },
    { at: "eventCoding.system", min: 1, is: eventSystem, code: "code-system-wrong" },
    { at: "eventCoding.code", min: 1, in: messageTypes },
    {
      at: "destination:primary",
      min: 1,
      max: 1,
      says: {
        en: "A message has exactly one primary receiver.",
        da: "En meddelelse har netop én primær modtager.",
      },
    },
    { at: use, min: 1, max: 1 },
    { at: `${use}.extension`, max: 0 },
    { at: `${use}.valueCoding.system`, min: 1, is: destinationUse, code: "code-system-wrong" },
    { at: "destination:primary.endpoint", min: 1 },
    { at: "destination:primary.receiver", min: 1, to: ["Organization"] },
    {
      at: "destination.extension:use.valueCoding.code",
      in: { url: destinationUse, codes: destinationUses },
    },
    { at: "sender", min: 1, to: ["Organization"] },
    { at: "source", min: 1 },
    { at: "source.endpoint", min: 1 },
  ],
};

/** No message may have a copy receiver, though medcom-messaging knows them. */
export const noCopies: ElementRow = { at: "destination:cc", max: 0 };

const sorRows = (severity: "error" | "warning"): readonly ElementRow[] => [
  {
    at: "identifier:SOR-ID",
    min: 1,
    max: 1,
    severity,
    code: "receiver-identifier-missing",
    says: identifierMissing("SOR"),
  },
  { at: "identifier:SOR-ID.value", min: 1, form: sor, severity },
];

/** Whoever sends, receives or is to have the report of admission. */
export const messagingOrganization: Profile = {
  name: "medcom-messaging-organization",
  release: "messaging 4.0.2",
  rows: [
    ...sorRows("error"),
    {
      at: "identifier:EAN-ID",
      min: 1,
      max: 1,
      code: "receiver-identifier-missing",
      says: identifierMissing("GLN (EAN)"),
    },
    { at: "identifier:EAN-ID.value", min: 1, form: gln },
    { at: "identifier:EAN-ID.value", form: glnCheckDigit, severity: "warning" },
  ],
};

/**
 * Any other organisation, one of the past included: nothing is sent to it, and a release before core 4.0.0 asked only for one
 * of three identifiers, which the rule dk-core-organization-mandatory-identifier does.
 */
const coreOrganization: Profile = core("medcom-core-organization", ...sorRows("warning"));

const messagingProvenance: Profile = {
  name: "medcom-messaging-provenance",
  release: "messaging 4.0.2",
  rows: [
    ...described,
    { at: "target", min: 1, max: 1 },
    { at: "target.reference", min: 1 },
    { at: "occurredDateTime", min: 1, form: zonedTime },
    { at: "recorded", min: 1, form: zonedTime },
    { at: "activity", min: 1 },
    { at: "activity.coding", min: 1, max: 1, in: activities },
    { at: "activity.coding.system", min: 1, is: activitySystem, code: "code-system-wrong" },
    { at: "activity.coding.code", min: 1 },
    { at: "agent", min: 1 },
    { at: "agent.who", min: 1, to: ["Organization"] },
    { at: "entity.role", min: 1 },
    { at: "entity.what", min: 1 },
  ],
};

const nameMissing: Words = { en: "The patient's name is missing.", da: "Patientens navn mangler." };

/** R-Tek-B: a patient without a full name is received; the number is what tells who it is. */
export const corePatient: Profile = core(
  "medcom-core-patient",
  { at: "name:official", min: 1, severity: "warning", says: nameMissing },
  { at: "name:official.family", min: 1, severity: "warning", says: nameMissing },
  { at: "identifier:cpr", max: 1 },
  { at: "identifier:cpr.value", min: 1, form: cpr },
  { at: "identifier:x-ecpr", max: 1 },
  { at: "identifier:x-ecpr.value", min: 1, form: nationalReplacement },
  { at: "identifier:d-ecpr", max: 1 },
  { at: "identifier:d-ecpr.value", min: 1, form: regionalReplacement },
);

/** MedCom's own file names a third kind `managingOrganization`; it is kept and not asked for. */
export const corePractitioner: Profile = core("medcom-core-practitioner");

export const corePractitionerRole: Profile = core(
  "medcom-core-practitionerrole",
  { at: "practitioner", to: ["Practitioner"] },
  { at: "organization", to: ["Organization"] },
  { at: "code.coding.system", min: 1 },
  { at: "code.coding.code", min: 1 },
);

export const coreCareTeam: Profile = core(
  "medcom-core-careteam",
  { at: "name", min: 1 },
  { at: "managingOrganization", min: 1, max: 1, to: ["Organization"] },
);

/** Of every Encounter: the course is what binds messages together. */
export const coreEncounterRows: readonly ElementRow[] = [
  ...described,
  { at: "status", min: 1 },
  { at: "class", min: 1 },
  { at: "class.system", min: 1 },
  { at: "class.code", min: 1 },
  { at: "subject", min: 1, to: ["Patient"] },
  { at: "episodeOfCare.identifier.system", min: 1 },
  { at: "episodeOfCare.identifier.value", min: 1 },
  { at: "episodeOfCare:lpr3identifier", max: 1 },
  { at: "episodeOfCare:lpr3identifier.identifier.value", form: lpr3, severity: "warning" },
  { at: "account", max: 0 },
];

/** The parts of every message that carries a course of Provenances between two organisations. */
export const sharedProfiles: readonly (readonly [Part, Profile])[] = [
  ["Bundle", messagingMessage],
  ["header", messagingHeader],
  ["sender", messagingOrganization],
  ["receiver", messagingOrganization],
  [{ type: "Organization" }, coreOrganization],
  [{ type: "Provenance" }, messagingProvenance],
];
