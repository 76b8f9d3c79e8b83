import type { FhirOrganisation, FhirPractitioner } from "../../../../contracts/fhir/parts.ts";
import { elementsAt, isResource, resourceOf, textOf, valuesOf } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";

/** A Reference somewhere in a resource, and what it points at in the message. */
export interface Link {
  readonly reference: string;
  readonly target: FhirResource | undefined;
  /** In what people read, or in what profiles say: there it holds nothing together. */
  readonly isBeside: boolean;
}

/** A Bundle whose resources are found by their type, and by what points at them. Places are FHIRPaths: `Bundle.entry[2].resource`. */
export interface OpenMessage {
  readonly bundle: FhirResource;
  /** The resources of the entries, in their order. */
  readonly resources: readonly FhirResource[];
  readonly ofType: (type: string) => readonly FhirResource[];
  readonly placeOf: (resource: FhirResource) => string;
  /** The first entry; of a message without one, an empty MessageHeader. */
  readonly header: FhirResource;
  /** By `Type/id`, and by the whole `fullUrl`. */
  readonly byReference: ReadonlyMap<string, FhirResource>;
  /** Organisations that were read: many places of a message point at the same. */
  readonly organisations: Map<FhirResource, FhirOrganisation>;
  /** People that were read, and the references in each resource that were followed, likewise. */
  readonly practitioners: Map<FhirResource, FhirPractitioner>;
  readonly links: Map<FhirResource, readonly Link[]>;
}

const version = /\/_history\/[^/]*$/;

/** Messages write the same reference as a whole URL or as `Type/id`: its last two steps tell (guide to MedCom FHIR, G12). */
const trailing = (reference: string): string => {
  const text = reference.includes("/_history/") ? reference.replace(version, "") : reference;
  const last = text.lastIndexOf("/");
  return last <= 0 ? text : text.slice(text.lastIndexOf("/", last - 1) + 1);
};

/** The id at the end of a reference, or all of one that is a URN: `urn:uuid:` and the id (R4, bundle.html#references). */
export const idIn = (reference: string): string => {
  const text = trailing(reference);
  return text.slice(text.lastIndexOf("/") + 1).replace(/^urn:uuid:/i, "");
};

const none: readonly FhirResource[] = [];

/** The resources of the entries, by type and place. */
const shelved = (inEntries: readonly (FhirResource | undefined)[]) => {
  const resources: FhirResource[] = [];
  const entries = new Map<FhirResource, number>();
  const types = new Map<string, FhirResource[]>();
  inEntries.forEach((resource, at) => {
    if (resource === undefined) return;
    resources.push(resource);
    entries.set(resource, at);
    const same = types.get(resource.resourceType);
    if (same === undefined) types.set(resource.resourceType, [resource]);
    else same.push(resource);
  });
  const ofType = (type: string): readonly FhirResource[] => types.get(type) ?? none;
  const placeOf = (resource: FhirResource): string => `Bundle.entry[${entries.get(resource) ?? 0}].resource`;
  return { resources, ofType, placeOf };
};

const openBundle = (bundle: FhirResource): OpenMessage => {
  const byReference = new Map<string, FhirResource>();
  // The first of two with the same id, as the rules tell of the second.
  const put = (reference: string | undefined, resource: FhirResource): void => {
    if (reference !== undefined && !byReference.has(reference)) byReference.set(reference, resource);
  };
  const entries = elementsAt(bundle, "entry");
  const inEntries = entries.map(resourceOf);
  inEntries.forEach((resource, at) => {
    if (resource === undefined) return;
    const fullUrl = textOf(entries[at]?.["fullUrl"]);
    const id = textOf(resource["id"]);
    const own = id === undefined ? undefined : `${resource.resourceType}/${id}`;
    const end = fullUrl === undefined ? undefined : trailing(fullUrl);
    put(own, resource);
    put(fullUrl, resource);
    if (end !== own) put(end, resource);
  });
  const shelves = shelved(inEntries);
  const header = shelves.ofType("MessageHeader")[0] ?? { resourceType: "MessageHeader" };
  const read = { organisations: new Map(), practitioners: new Map(), links: new Map() };
  return { bundle, ...shelves, header, byReference, ...read };
};

/** A message is checked and then read: the last that was opened is still open. */
let last: OpenMessage | undefined;

/** The bundle of a message, once for all its readers. */
export const openMessage = (bundle: FhirResource): OpenMessage => {
  if (last?.bundle !== bundle) last = openBundle(bundle);
  return last;
};

/** The resource that a Reference of `from` points at: in the message, or contained in `from` itself. */
export const targetOf = (
  { byReference }: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): FhirResource | undefined => {
  const text = textOf(reference?.["reference"]);
  if (text === undefined) return undefined;
  if (text.startsWith("#"))
    return valuesOf(from["contained"])
      .filter(isResource)
      .find((one) => one["id"] === text.slice(1));
  return byReference.get(text) ?? byReference.get(trailing(text));
};
