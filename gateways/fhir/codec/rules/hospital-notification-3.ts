import { stayClasses, stayStatuses } from "../../../../contracts/codes/fhir-hospital-notification.ts";
import { hospitalActivities } from "../../../../contracts/codes/fhir-messaging.ts";
import { hospitalRules } from "./checks/hospital.ts";
import { sharedRules } from "./checks/shared.ts";
import { zonedTime } from "./forms.ts";
import type { ElementRow, MessageRules, Profile } from "./rule.ts";
import {
  coreEncounterRows,
  corePatient,
  extension,
  messagingOrganization,
  noCopies,
  sharedProfiles,
} from "./shared.ts";

const release = "hospitalnotification 3.0.2";

const header: Profile = {
  name: "medcom-hospitalNotification-messageHeader",
  release,
  rows: [
    { at: "extension:reportOfAdmissionFlag", max: 1 },
    ...extension("extension:reportOfAdmissionFlag", "valueBoolean"),
    { at: "extension:reportOfAdmissionRecipient", max: 1 },
    ...extension("extension:reportOfAdmissionRecipient", "valueReference", { at: "", to: ["Organization"] }),
    noCopies,
    { at: "focus", min: 1, max: 1, to: ["Encounter"] },
  ],
};

/** What an Encounter may have in FHIR and not here. */
const forbidden = [
  "type",
  "serviceType",
  "priority",
  "basedOn",
  "participant",
  "appointment",
  "length",
  "reasonCode",
  "reasonReference",
  "diagnosis",
  "hospitalization",
  "location",
  "partOf",
].map((at): ElementRow => ({ at, max: 0 }));

const encounter: Profile = {
  name: "medcom-hospitalNotification-encounter",
  release,
  rows: [
    ...coreEncounterRows,
    { at: "extension:leavePeriod", max: 1 },
    { at: "extension:leavePeriod.extension", max: 0 },
    { at: "extension:leavePeriod.valuePeriod.start", min: 1, form: zonedTime },
    { at: "extension:leavePeriod.valuePeriod.end", form: zonedTime },
    { at: "status", in: stayStatuses },
    { at: "class", in: stayClasses },
    ...forbidden,
    { at: "episodeOfCare", min: 1 },
    { at: "episodeOfCare.identifier", min: 1 },
    { at: "episodeOfCare.reference", max: 0 },
    { at: "episodeOfCare:lpr3identifier.reference", max: 0 },
    { at: "period", min: 1 },
    { at: "period.start", min: 1, form: zonedTime },
    { at: "period.end", form: zonedTime },
    { at: "serviceProvider", min: 1, to: ["Organization"] },
  ],
};

/** HN-3, whose published expression looks at nothing: `entry.ofType(Provenance)` are entries, never resources. */
const provenance: Profile = {
  name: "medcom-hospitalNotification-messageActivities",
  release,
  rows: [{ at: "activity.coding", in: hospitalActivities }],
};

/** HospitalNotification 3.0 (guide to MedCom FHIR, section 4). */
export const hospitalNotification3: MessageRules = {
  kind: "HospitalNotification",
  version: "3.0",
  profiles: [
    ...sharedProfiles,
    ["header", header],
    ["report recipient", messagingOrganization],
    [{ type: "Patient" }, corePatient],
    [{ type: "Encounter" }, encounter],
    [{ type: "Provenance" }, provenance],
  ],
  rules: [...sharedRules, ...hospitalRules],
  resources: new Set(["MessageHeader", "Patient", "Encounter", "Organization", "Provenance"]),
};
