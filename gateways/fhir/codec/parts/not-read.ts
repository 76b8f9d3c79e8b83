import {
  elementAt,
  elementsAt,
  isElement,
  isResource,
  resourceOf,
  resourcesOf,
  textAt,
  textOf,
  valuesOf,
} from "../model/navigate.ts";
import type { FhirElement, FhirResource, FhirValue } from "../model/resource.ts";
import { destinationOf } from "./head.ts";
import { type OpenMessage, targetOf } from "./open-message.ts";
import { organisationAt } from "./organisations.ts";
import { many, type Said, type SaidElements, value } from "./said.ts";
import { endpointOf } from "./systems.ts";

/** What a message says and its typed form has no place for. `text` tells that it is so, and never what was said. */
export interface NotRead {
  /** FHIRPath, e.g. `Bundle.entry[3].resource.telecom[1]`. */
  readonly path: string;
  readonly text: string;
}

/** What is read of each type of resource. */
export type SaidOf = Readonly<Record<string, SaidElements>>;

const texts = {
  element: "What this says is not taken over. / Det, der står her, overføres ikke.",
  unused:
    "Nothing in the message refers to this, and it is not taken over. / Intet i meddelelsen henviser til dette, og det overføres ikke.",
  endpoint:
    "The organisation's own SOR code is not in this address; its identifiers are what counts. / Adressen har ikke organisationens egen SOR-kode; det er dens identifikationer, der gælder.",
} as const;

/** Names, profiles and pages of a resource say nothing of the matter. */
const ofTheResource: ReadonlySet<string> = new Set(["resourceType", "id", "meta", "text", "contained"]);
const bundleSaid: SaidElements = {
  type: value,
  timestamp: value,
  entry: many({ fullUrl: value, resource: value }),
};

const fits = (said: Said, one: FhirValue): boolean => {
  if (said.kind === "value" || said.where === undefined) return true;
  return isElement(one) && said.where(one);
};

const isUnderstood = (said: Said, one: FhirValue): boolean =>
  said.kind !== "value" || said.only === undefined || textOf(one) === said.only;

const pathTo = (path: string, name: string, at: number | undefined): string =>
  at === undefined ? `${path}.${name}` : `${path}.${name}[${String(at)}]`;

const alternatives = (said: SaidElements, name: string): readonly Said[] => {
  const found = Object.hasOwn(said, name) ? said[name] : undefined;
  if (found === undefined) return [];
  return "kind" in found ? [found] : found;
};

const walk = (element: FhirElement, said: SaidElements, found: { path: string; notes: NotRead[] }): void => {
  for (const [name, stands] of Object.entries(element)) {
    if (name === "id" || (isResource(element) && ofTheResource.has(name))) continue;
    const known = alternatives(said, name);
    const seen = new Set<Said>();
    valuesOf(stands).forEach((one, at) => {
      const path = pathTo(found.path, name, Array.isArray(stands) ? at : undefined);
      const matching = known.find((candidate) => fits(candidate, one));
      if (matching === undefined || (seen.has(matching) && !matching.many) || !isUnderstood(matching, one)) {
        found.notes.push({ path, text: texts.element });
        return;
      }
      seen.add(matching);
      if (matching.kind === "element" && isElement(one))
        walk(one, matching.elements, { path, notes: found.notes });
    });
  }
};

const walkResource = (
  resource: FhirResource,
  said: SaidOf,
  found: { path: string; notes: NotRead[] },
): void => {
  const elements = Object.hasOwn(said, resource.resourceType) ? said[resource.resourceType] : undefined;
  if (elements === undefined) found.notes.push({ path: found.path, text: texts.element });
  else walk(resource, elements, found);
  valuesOf(resource["contained"]).forEach((contained, at) => {
    if (isResource(contained))
      walkResource(contained, said, { path: pathTo(found.path, "contained", at), notes: found.notes });
  });
};

const refersTo = (element: FhirElement, found: FhirElement[]): FhirElement[] => {
  if (typeof element["reference"] === "string") found.push(element);
  for (const stands of Object.values(element))
    for (const one of valuesOf(stands)) if (isElement(one)) refersTo(one, found);
  return found;
};

const roots: ReadonlySet<string> = new Set(["MessageHeader", "Patient", "Provenance"]);

/** The resources that the message is made of: what its header, its citizen and its history lead to. */
const usedIn = (message: OpenMessage): ReadonlySet<FhirResource> => {
  const used = new Set(resourcesOf(message.bundle).filter(({ resourceType }) => roots.has(resourceType)));
  // A set that grows while it is walked is walked to its end.
  for (const resource of used)
    for (const reference of refersTo(resource, [])) {
      const target = targetOf(message, resource, reference);
      if (target !== undefined) used.add(target);
    }
  return used;
};

/** The addresses are derived from the organisations when they are printed. */
const otherEndpoints = (message: OpenMessage): NotRead[] => {
  const { header } = message;
  const destination = destinationOf(message);
  const at = destination === undefined ? 0 : elementsAt(header, "destination").indexOf(destination);
  const sides = [
    ["source.endpoint", textAt(header, "source.endpoint"), elementAt(header, "sender")],
    [
      `destination[${String(at)}].endpoint`,
      textAt(destination, "endpoint"),
      elementAt(destination, "receiver"),
    ],
  ] as const;
  return sides.flatMap(([path, endpoint, reference]) => {
    const sor = organisationAt(message, header, reference)?.sor;
    const isDerived = endpoint === undefined || (sor !== undefined && endpoint === endpointOf(sor));
    return isDerived ? [] : [{ path: `Bundle.entry[0].resource.${path}`, text: texts.endpoint }];
  });
};

/** Everything that a message says beyond its typed form, each with its path (guide to MedCom FHIR, G6: it is accepted). */
export const notReadIn = (message: OpenMessage, said: SaidOf): NotRead[] => {
  const notes: NotRead[] = [];
  walk(message.bundle, bundleSaid, { path: "Bundle", notes });
  const used = usedIn(message);
  elementsAt(message.bundle, "entry").forEach((entry, at) => {
    const resource = resourceOf(entry);
    if (resource === undefined) return;
    const path = `Bundle.entry[${String(at)}].resource`;
    if (used.has(resource)) walkResource(resource, said, { path, notes });
    else notes.push({ path, text: texts.unused });
  });
  return [...notes, ...otherEndpoints(message)];
};
