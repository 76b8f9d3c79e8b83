import type { FhirMessage, FhirMessageKind } from "../../../contracts/fhir/fhir-message.ts";
import { printAcknowledgement, readAcknowledgement } from "./acknowledgement.ts";
import { printCareCommunication, readCareCommunication } from "./care-communication.ts";
import { printHomeCareObservation, readHomeCareObservation } from "./home-care-observation.ts";
import { printHospitalNotification, readHospitalNotification } from "./hospital-notification.ts";
import type { FhirResource } from "./model/resource.ts";
import type { NotRead } from "./parts/not-read.ts";

/** A message as it is typed, the bytes of its attachments by their ids, and what it says beyond. */
export interface TypedMessage {
  readonly message: FhirMessage;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly notRead: readonly NotRead[];
}

const readers: Readonly<Record<FhirMessageKind, (bundle: FhirResource) => TypedMessage>> = {
  Acknowledgement: readAcknowledgement,
  CareCommunication: readCareCommunication,
  HomeCareObservation: readHomeCareObservation,
  HospitalNotification: readHospitalNotification,
};

/**
 * A bundle by the reader of its kind. Total; of a message that breaks a rule, what is missing is empty and what is unknown is the
 * reader's usual, so that nothing may be decided by it.
 */
export const typedMessage = (kind: FhirMessageKind, bundle: FhirResource): TypedMessage =>
  readers[kind](bundle);

/** A typed message as the Bundle that it is sent as: of the same message, contents and `idFor` the same for ever. */
export const bundleOf = (
  message: FhirMessage,
  printing: {
    readonly idFor: (name: string) => string;
    readonly contents: ReadonlyMap<string, Uint8Array>;
  },
): FhirResource => {
  switch (message.kind) {
    case "CareCommunication":
      return printCareCommunication(message, printing);
    case "HospitalNotification":
      return printHospitalNotification(message, printing);
    case "HomeCareObservation":
      return printHomeCareObservation(message, printing);
    case "Acknowledgement":
      return printAcknowledgement(message, printing);
  }
};
