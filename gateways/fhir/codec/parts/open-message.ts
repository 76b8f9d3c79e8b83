import { elementsAt, isResource, resourceOf, textAt, valuesOf } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";

/** A Bundle whose resources are found by what points at them. */
export interface OpenMessage {
  readonly bundle: FhirResource;
  /** The first entry; of a message without one, an empty MessageHeader. */
  readonly header: FhirResource;
  /** By `Type/id`, and by the whole `fullUrl`. */
  readonly byReference: ReadonlyMap<string, FhirResource>;
}

const version = /\/_history\/[^/]*$/;

/** Messages write the same reference as a whole URL or as `Type/id`: its last two steps tell (guide to MedCom FHIR, G12). */
const trailing = (reference: string): string => reference.replace(version, "").split("/").slice(-2).join("/");

/** The id at the end of a reference. */
export const idIn = (reference: string): string => trailing(reference).split("/").at(-1) ?? "";

/** The bundle of a message, once for all its readers. */
export const openMessage = (bundle: FhirResource): OpenMessage => {
  const byReference = new Map<string, FhirResource>();
  // The first of two with the same id, as the rules tell of the second.
  const put = (reference: string | undefined, resource: FhirResource): void => {
    if (reference !== undefined && !byReference.has(reference)) byReference.set(reference, resource);
  };
  let header: FhirResource | undefined;
  for (const entry of elementsAt(bundle, "entry")) {
    const resource = resourceOf(entry);
    if (resource === undefined) continue;
    const fullUrl = textAt(entry, "fullUrl");
    const id = textAt(resource, "id");
    put(id === undefined ? undefined : `${resource.resourceType}/${id}`, resource);
    put(fullUrl, resource);
    put(fullUrl === undefined ? undefined : trailing(fullUrl), resource);
    if (header === undefined && resource.resourceType === "MessageHeader") header = resource;
  }
  return { bundle, header: header ?? { resourceType: "MessageHeader" }, byReference };
};

/** The resource that a Reference of `from` points at: in the message, or contained in `from` itself. */
export const targetOf = (
  { byReference }: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): FhirResource | undefined => {
  const text = textAt(reference, "reference");
  if (text === undefined) return undefined;
  if (text.startsWith("#"))
    return valuesOf(from["contained"])
      .filter(isResource)
      .find((one) => one["id"] === text.slice(1));
  return byReference.get(text) ?? byReference.get(trailing(text));
};
