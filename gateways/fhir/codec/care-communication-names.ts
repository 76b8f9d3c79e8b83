import { structure } from "../../../contracts/codes/fhir-code.ts";

/** The names of CareCommunication 5.0 (medcom-carecommunication 5.0.2; guide to MedCom FHIR, section 5). */
export const event = "care-communication-message";
export const definition =
  "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComCareCommunicationMessageDefinition|5.0";

const core = (name: string): string => structure("core", name);

export const extensions = {
  date: core("medcom-core-datetime-extension"),
  identifier: core("medcom-core-identifier-extension"),
  author: core("medcom-core-practitioner-extension"),
  contact: core("medcom-core-contact-extension"),
  sender: core("medcom-core-sender-extension"),
} as const;

export const profiles = {
  communication: structure("carecommunication", "medcom-careCommunication-communication"),
  provenance: structure("carecommunication", "medcom-careCommunication-provenance"),
  encounter: core("medcom-core-encounter"),
  careTeam: core("medcom-core-careteam"),
} as const;
