import {
  attachmentTypes,
  careCategorySet,
  carePriorities,
} from "../../../../contracts/codes/fhir-care-communication.ts";
import {
  encounterClasses,
  encounterStatuses,
} from "../../../../contracts/codes/fhir-hospital-notification.ts";
import { careActivities } from "../../../../contracts/codes/fhir-messaging.ts";
import { careRules } from "./checks/care.ts";
import { paperRules } from "./checks/care-payloads.ts";
import { peopleRules } from "./checks/people.ts";
import { sharedRules } from "./checks/shared.ts";
import { phone, uuidUrn, zonedTime } from "./forms.ts";
import type { ElementRow, MessageRules, Profile } from "./rule.ts";
import {
  coreCareTeam,
  coreEncounterRows,
  corePatient,
  corePractitioner,
  corePractitionerRole,
  described,
  extension,
  noCopies,
  sharedProfiles,
} from "./shared.ts";

const release = "carecommunication 5.0.2";

const header: Profile = {
  name: "medcom-careCommunication-messageHeader",
  release,
  rows: [noCopies, { at: "focus", min: 1, max: 1, to: ["Communication"] }, { at: "definition", min: 1 }],
};

/** The extensions of a payload: when it was written, its id, who wrote it and where to ring. */
const extensionsOf = (payload: string, { author }: { author: 0 | 1 }): readonly ElementRow[] => {
  const at = (name: string): string => `${payload}.extension:${name}`;
  return [
    { at: at("date"), min: 1, max: 1 },
    ...extension(at("date"), "valueDateTime", { at: "", form: zonedTime }),
    { at: at("identifier"), min: 1, max: 1 },
    ...extension(
      at("identifier"),
      "valueIdentifier",
      { at: "value", min: 1, form: uuidUrn },
      { at: "assigner", min: 1, to: ["Organization"] },
    ),
    { at: at("author"), min: author, max: 1 },
    ...extension(at("author"), "valueReference", { at: "", to: ["PractitionerRole"] }),
    { at: at("authorContact"), min: author, max: 1 },
    ...extension(
      at("authorContact"),
      "valueContactPoint",
      { at: "system", is: "phone" },
      { at: "value", min: 1, form: phone },
    ),
  ];
};

const communication: Profile = {
  name: "medcom-careCommunication-communication",
  release,
  rows: [
    ...described,
    { at: "extension:sender", max: 1 },
    { at: "extension:sender.extension", max: 0 },
    { at: "extension:sender.valueReference", to: ["PractitionerRole", "CareTeam"] },
    { at: "identifier", min: 1, max: 1 },
    { at: "identifier.value", min: 1, form: uuidUrn },
    { at: "status", min: 1, is: "unknown" },
    { at: "category", min: 1, max: 1 },
    { at: "category.coding", min: 1, max: 1, in: careCategorySet },
    { at: "category.coding.system", min: 1 },
    { at: "category.coding.code", min: 1 },
    { at: "priority", in: carePriorities },
    { at: "subject", min: 1, to: ["Patient"] },
    { at: "topic.text", min: 1 },
    { at: "encounter", to: ["Encounter"] },
    { at: "recipient", max: 1, to: ["PractitionerRole", "CareTeam"] },
    {
      at: "payload:string",
      min: 1,
      says: { en: "A message has at least one text.", da: "En meddelelse har mindst én tekst." },
    },
    ...extensionsOf("payload:string", { author: 1 }),
    ...extensionsOf("payload:attachment", { author: 0 }),
    { at: "payload:attachment.contentAttachment.contentType", min: 1, in: attachmentTypes },
    { at: "payload:attachment.contentAttachment.title", min: 1 },
    { at: "payload:attachment.contentAttachment.creation", form: zonedTime, severity: "warning" },
  ],
};

const provenance: Profile = {
  name: "medcom-careCommunication-provenance",
  release,
  rows: [
    { at: "activity.coding", in: careActivities },
    { at: "entity:preceedingMessage", max: 1 },
    {
      at: "entity:payload",
      min: 1,
      says: {
        en: "The Provenance names no text or attachment that its message added.",
        da: "Provenance nævner ingen tekst eller noget bilag, som dens meddelelse tilføjede.",
      },
    },
    { at: "entity:payload.what.identifier", min: 1 },
    { at: "entity:payload.what.identifier.value", min: 1 },
  ],
};

const encounter: Profile = {
  name: "medcom-core-encounter",
  release: "core 4.0.0",
  rows: [
    ...coreEncounterRows,
    { at: "status", in: encounterStatuses },
    { at: "class", in: encounterClasses },
  ],
};

/** CareCommunication 5.0 (guide to MedCom FHIR, section 5). */
export const careCommunication5: MessageRules = {
  kind: "CareCommunication",
  version: "5.0",
  profiles: [
    ...sharedProfiles,
    ["header", header],
    [{ type: "Patient" }, corePatient],
    [{ type: "Communication" }, communication],
    [{ type: "Encounter" }, encounter],
    [{ type: "Practitioner" }, corePractitioner],
    [{ type: "PractitionerRole" }, corePractitionerRole],
    [{ type: "CareTeam" }, coreCareTeam],
    [{ type: "Provenance" }, provenance],
  ],
  rules: [...sharedRules, ...careRules, ...paperRules, ...peopleRules],
  resources: new Set([
    "MessageHeader",
    "Patient",
    "Communication",
    "Encounter",
    "Practitioner",
    "PractitionerRole",
    "CareTeam",
    "Organization",
    "Provenance",
  ]),
};
