import { z } from "zod";
import { Acknowledgement } from "./acknowledgement.ts";
import { CareCommunication } from "./care-communication.ts";
import { HomeCareObservation } from "./home-care-observation.ts";
import { HospitalNotification } from "./hospital-notification.ts";

/** A MedCom FHIR message, told by its kind. */
export const FhirMessage = z
  .discriminatedUnion("kind", [HospitalNotification, CareCommunication, HomeCareObservation, Acknowledgement])
  .meta({ id: "FhirMessage" });
export type FhirMessage = z.infer<typeof FhirMessage>;
export type FhirMessageKind = FhirMessage["kind"];
