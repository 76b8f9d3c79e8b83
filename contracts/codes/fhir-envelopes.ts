import type { FhirMessageKind } from "../fhir/fhir-message.ts";

/** How an envelope names a message of a kind: its event code, and its version as each envelope writes it. */
export interface EnvelopeName {
  readonly event: string;
  readonly vansVersion: string;
  readonly sbdhVersion: string;
}

/**
 * Guide to MedCom FHIR, sections 10.1 and 10.2. MedCom names no version of a HomeCareObservation in a VANSEnvelope, nor of anything but a
 * HomeCareObservation and an Acknowledgement in EHMI's: there they are the versions that the other envelope, or the message, has.
 */
export const envelopeNames: Readonly<Record<FhirMessageKind, EnvelopeName>> = {
  CareCommunication: { event: "care-communication-message", vansVersion: "5.0", sbdhVersion: "5.0" },
  HospitalNotification: { event: "hospital-notification-message", vansVersion: "3.0.0", sbdhVersion: "3.0" },
  HomeCareObservation: { event: "homecareobservation-message", vansVersion: "1.2", sbdhVersion: "1.2" },
  Acknowledgement: { event: "acknowledgement-message", vansVersion: "2.0.0", sbdhVersion: "2.0" },
};
