import {
  interpretationCodes,
  observationStatuses,
  producerCodeSet,
  reportCodeSet,
} from "../../../../contracts/codes/fhir-home-care.ts";
import { homeCareActivities } from "../../../../contracts/codes/fhir-messaging.ts";
import { homeCareRules } from "./checks/home-care.ts";
import { measurementRules } from "./checks/measurements.ts";
import { peopleRules } from "./checks/people.ts";
import { sharedRules } from "./checks/shared.ts";
import { atMost, atMostBytes, ydernummer, zonedTime } from "./forms.ts";
import type { MessageRules, Profile } from "./rule.ts";
import {
  core,
  corePatient,
  corePractitioner,
  corePractitionerRole,
  described,
  messagingOrganization,
  noCopies,
  sharedProfiles,
} from "./shared.ts";

const release = "homecareobservation 1.2.1";

const header: Profile = {
  name: "medcom-homecareobservation-messageheader",
  release,
  rows: [noCopies, { at: "focus", min: 1, max: 1, to: ["DiagnosticReport"] }, { at: "definition", min: 1 }],
};

const producer: Profile = {
  name: "medcom-producer-organization",
  release: "messaging 4.0.2",
  rows: [
    ...messagingOrganization.rows,
    {
      at: "identifier:ProducentID",
      min: 1,
      says: { en: "The producer's id is missing.", da: "Producentens id mangler." },
    },
    { at: "identifier:ProducentID.value", min: 1, in: producerCodeSet },
  ],
};

const requester: Profile = {
  name: "medcom-requesterorganization",
  release: "messaging 4.0.2",
  rows: [
    ...messagingOrganization.rows,
    {
      at: "identifier:Ydernummer",
      min: 1,
      code: "receiver-identifier-missing",
      says: { en: "The practice lacks its ydernummer.", da: "Lægepraksissens ydernummer mangler." },
    },
    { at: "identifier:Ydernummer.value", min: 1, form: ydernummer },
    { at: "contact", min: 1, max: 1 },
    { at: "contact.extension:InitialsNotKnown", max: 1 },
    // Where the initials are said not to be known there is no name (homecareObservation-4): of a name that is there.
    { at: "contact.name.given", min: 1, max: 1 },
  ],
};

const report: Profile = {
  name: "medcom-homecareobservation-diagnosticreport",
  release,
  rows: [
    ...described,
    { at: "meta.security", max: 1 },
    {
      at: "meta.security.system",
      min: 1,
      is: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
      code: "code-system-wrong",
    },
    { at: "meta.security.code", min: 1, is: "R" },
    { at: "status", min: 1, is: "final" },
    { at: "code", min: 1 },
    { at: "code.coding", min: 1, in: reportCodeSet },
    { at: "subject", min: 1, to: ["Patient"] },
    { at: "issued", min: 1, form: zonedTime },
    { at: "performer", max: 2 },
    { at: "performer:ProducerOrganization", min: 1, max: 1 },
    { at: "performer:PractitionerRole", min: 1, max: 1 },
    { at: "result", min: 1, to: ["Observation"] },
    { at: "media.link", to: ["Media"] },
    { at: "conclusion", form: atMostBytes(1_000_000) },
  ],
};

const observation: Profile = {
  name: "medcom-homecare-observation",
  release,
  rows: [
    ...described,
    { at: "status", min: 1, in: observationStatuses },
    { at: "code", min: 1 },
    { at: "code.coding", min: 1 },
    { at: "code.coding.system", min: 1 },
    { at: "code.coding.code", min: 1 },
    { at: "subject", to: ["Patient"] },
    { at: "effectiveDateTime", min: 1, form: zonedTime },
    { at: "valueString", form: atMost(12) },
    { at: "interpretation", max: 1 },
    {
      at: "interpretation.coding",
      in: { url: "medcom-core-interpretation-codes", codes: interpretationCodes },
    },
    { at: "interpretation.coding.code", is: "NI" },
  ],
};

const media: Profile = core("medcom-core-media", { at: "status", min: 1 }, { at: "content", min: 1 });

const provenance: Profile = {
  name: "medcom-HomeCareObservation-messagingActivities",
  release,
  rows: [{ at: "activity.coding", in: homeCareActivities }],
};

/** HomeCareObservation 1.x (guide to MedCom FHIR, section 7). Every published file says 1.1. */
export const homeCareObservation1: MessageRules = {
  kind: "HomeCareObservation",
  version: "1.1",
  profiles: [
    ...sharedProfiles,
    ["header", header],
    ["sender", producer],
    ["receiver", requester],
    [{ type: "Patient" }, corePatient],
    [{ type: "DiagnosticReport" }, report],
    [{ type: "Observation" }, observation],
    [{ type: "Media" }, media],
    [{ type: "Practitioner" }, corePractitioner],
    [{ type: "PractitionerRole" }, corePractitionerRole],
    [{ type: "Provenance" }, provenance],
  ],
  rules: [...sharedRules, ...homeCareRules, ...measurementRules, ...peopleRules],
  resources: new Set([
    "MessageHeader",
    "Patient",
    "DiagnosticReport",
    "Observation",
    "Media",
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "Provenance",
  ]),
};
