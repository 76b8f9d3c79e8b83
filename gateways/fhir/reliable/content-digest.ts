import { hash } from "node:crypto";
import { elementsAt, isBytes, isElement, isNumeral, resourceOf } from "../codec/model/navigate.ts";
import type { FhirElement, FhirResource, FhirValue } from "../codec/model/resource.ts";

const sha256 = (data: string | Uint8Array): string => hash("sha256", data, "hex");

/**
 * Of any resource: how it reads aloud says nothing that its elements do not, and which profile it follows is written in one format
 * and not in the other. What else is in `meta` counts: that a citizen refuses sharing is a security label.
 */
const besides: ReadonlySet<string> = new Set(["text", "meta"]);
const ofMeta: ReadonlySet<string> = new Set(["security", "tag"]);
/** Renewed whenever a message is sent again (guide to FHIR, G10 and section 3.1). */
const renewed: ReadonlySet<string> = new Set(["occurredDateTime", "recorded"]);

const isLeftOut = (resourceType: unknown, name: string): boolean => {
  if (resourceType === undefined) return false;
  return besides.has(name) || (resourceType === "Provenance" && renewed.has(name));
};

/** What of `meta` is said: nothing, where it says nothing but how the resource was made. */
const saidOfMeta = (resource: FhirElement): string => {
  const { meta } = resource;
  if (!isElement(meta) || resource["resourceType"] === undefined) return "";
  return Object.keys(meta)
    .filter((name) => ofMeta.has(name))
    .sort()
    .map((name) => `${name}:${written(meta[name])}`)
    .join();
};

/** Names in order, so that equal content is equal text; an attachment's own times are part of what it is. */
const written = (value: FhirValue | null | undefined): string => {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (isNumeral(value)) return value.numeral;
  if (isBytes(value)) return sha256(value);
  return isElement(value) ? writtenElement(value) : `[${value.map(written).join()}]`;
};

const writtenElement = (element: FhirElement): string => {
  const type = element["resourceType"];
  const names = Object.keys(element).filter((name) => !isLeftOut(type, name));
  const said = names.sort().map((name) => `${name}:${written(element[name])}`);
  return `{${[saidOfMeta(element), ...said].join()}}`;
};

/**
 * What a message says, whichever bundle, time and format it is sent in: the same for a resent message, another for one that was
 * changed under the same id, whether or not it keeps the rules. sha256 in hex: what was said is clinical.
 */
export const contentDigestOf = (message: FhirResource): string => {
  const resources = elementsAt(message, "entry").map((entry) => {
    const resource = resourceOf(entry);
    // The order of all entries but the first is free.
    return sha256(resource === undefined ? written(entry) : writtenElement(resource));
  });
  return sha256([message.resourceType, ...resources.sort()].join());
};
