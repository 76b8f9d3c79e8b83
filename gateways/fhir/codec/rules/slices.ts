import {
  dataAbsentReason,
  destinationUseExtension,
  glnSystems,
  identifierSystems,
  structure,
} from "../../../../contracts/codes/fhir-code.ts";
import { medcomObservationSystem, npuSystem } from "../../../../contracts/codes/fhir-observations.ts";
import { textsAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { type OpenMessage, targetOf } from "../parts/open-message.ts";

/**
 * How profiles tell the repetitions of an element apart: by a value along a path, by an element that is there, or by the
 * kind of resource that a reference points at.
 */
export type Slice =
  | { readonly path: string; readonly deep: boolean; readonly is: readonly string[] }
  | { readonly has: string }
  | { readonly to: string };

const by = (path: string, ...is: readonly string[]): Slice => ({
  path,
  deep: path.includes("."),
  is,
});
const url = (ig: string, name: string): Slice => by("url", structure(ig, name));

/** National and regional replacement numbers; each region has a system of its own too (guide to MedCom FHIR, section 2). */
const regions = ["", ".177", ".179", ".181", ".183", ".187"];

/** By the profiles' own names, with the element that is sliced before the colon. */
export const slices: ReadonlyMap<string, Slice> = new Map<string, Slice>([
  ["destination:primary", by("extension.valueCoding.code", "primary")],
  ["destination:cc", by("extension.valueCoding.code", "cc")],
  ["extension:use", by("url", destinationUseExtension)],
  ["extension:date", url("core", "medcom-core-datetime-extension")],
  ["extension:identifier", url("core", "medcom-core-identifier-extension")],
  ["extension:author", url("core", "medcom-core-practitioner-extension")],
  ["extension:authorContact", url("core", "medcom-core-contact-extension")],
  ["extension:sender", url("core", "medcom-core-sender-extension")],
  ["extension:leavePeriod", url("hospitalnotification", "medcom-hospitalnotifiation-leave-period-extension")],
  [
    "extension:reportOfAdmissionFlag",
    url("hospitalnotification", "medcom-messaging-reportOfAdmissionExtension"),
  ],
  [
    "extension:reportOfAdmissionRecipient",
    url("hospitalnotification", "medcom-messaging-reportOfAdmissionRecipientExtension"),
  ],
  ["extension:InitialsNotKnown", by("url", dataAbsentReason)],
  ["identifier:SOR-ID", by("system", identifierSystems.sor)],
  ["identifier:EAN-ID", by("system", ...glnSystems)],
  ["identifier:Ydernummer", by("system", identifierSystems.ydernummer)],
  ["identifier:ProducentID", by("system", identifierSystems.producerId)],
  ["identifier:cpr", by("system", identifierSystems.cpr)],
  ["identifier:x-ecpr", by("system", identifierSystems.national)],
  ["identifier:d-ecpr", by("system", ...regions.map((region) => `${identifierSystems.regional}${region}`))],
  ["name:official", by("use", "official")],
  ["episodeOfCare:lpr3identifier", by("identifier.system", identifierSystems.lpr3)],
  ["payload:string", { has: "contentString" }],
  ["payload:attachment", { has: "contentAttachment" }],
  ["entity:preceedingMessage", by("role", "revision")],
  ["entity:payload", by("role", "source")],
  ["performer:ProducerOrganization", { to: "Organization" }],
  ["performer:PractitionerRole", { to: "PractitionerRole" }],
  ["coding:NPU", by("system", npuSystem)],
  ["coding:MedCom", by("system", medcomObservationSystem)],
]);

/** Whether an element of `from` is of the slice. */
export const isOfSlice = (
  slice: Slice,
  element: FhirElement,
  { message, from }: { message: OpenMessage; from: FhirResource },
): boolean => {
  if ("path" in slice) {
    // Most slices are told by an element's own text: url, system, role, use.
    const own = element[slice.path];
    if (typeof own === "string") return slice.is.includes(own);
    return slice.deep && textsAt(element, slice.path).some((text) => slice.is.includes(text));
  }
  if ("has" in slice) return element[slice.has] !== undefined;
  return targetOf(message, from, element)?.resourceType === slice.to;
};

/** The slice as FHIRPath names it, for one that is missing; a path or a system is no value of a patient's. */
export const sliceFilter = (slice: Slice): string => {
  if ("path" in slice) return `.where(${slice.path}='${slice.is[0] ?? ""}')`;
  return "has" in slice ? `.where(${slice.has}.exists())` : `.where(resolve() is ${slice.to})`;
};
