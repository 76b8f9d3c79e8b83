import { envelopeNames } from "../../contracts/codes/fhir-envelopes.ts";
import { statisticsOf } from "../../contracts/codes/fhir-hospital-codes.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import type { MessageLabel } from "../envelopes/close-envelope.ts";

/** What is counted of a message (MedCom, statistical codes; guide to MedCom FHIR, section 9), behind `MCM:`. */
const countedAs = (message: FhirMessage): string => {
  switch (message.kind) {
    case "CareCommunication":
      return `FDIS91#${message.category.code}`;
    case "HospitalNotification":
      return (statisticsOf(message) ?? "FDIS20").replace(/^MCM:/, "");
    case "Acknowledgement":
      return `FCTL#${message.code}`;
    // None is published: what EHMI counts it as.
    case "HomeCareObservation":
      return envelopeNames.HomeCareObservation.event;
  }
};

const patientOf = (message: FhirMessage): string | undefined => {
  if (message.kind === "Acknowledgement") return undefined;
  const { cpr, national, regional } = message.patient;
  return cpr ?? national ?? regional?.value;
};

/** What an envelope tells of a message. */
export const labelOf = (message: FhirMessage, mediaType: string): MessageLabel => {
  const { event, vansVersion, sbdhVersion } = envelopeNames[message.kind];
  const { sender, receiver, messageId, bundleId } = message;
  return {
    sender,
    receiver,
    event,
    version: sbdhVersion,
    patientId: patientOf(message),
    messageId,
    bundleId,
    mediaType,
    vans: { type: countedAs(message), version: vansVersion },
  };
};
