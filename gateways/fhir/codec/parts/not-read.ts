import { endpointOf } from "../../../../contracts/codes/fhir-code.ts";
import {
  elementAt,
  elementsAt,
  isElement,
  isList,
  isResource,
  textAt,
  textOf,
  valuesOf,
} from "../model/navigate.ts";
import { beginPlace, type Place, pathOf, stepInto, stepOut } from "../model/place.ts";
import type { FhirElement, FhirResource, FhirValue } from "../model/resource.ts";
import { destinationOf } from "./head.ts";
import { linksOf } from "./links.ts";
import type { OpenMessage } from "./open-message.ts";
import { organisationAt } from "./organisations.ts";
import { many, type Said, type SaidElements, value } from "./said.ts";

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

/** A walk through what a message says. */
interface Walk {
  readonly place: Place;
  readonly notes: NotRead[];
}

const note = ({ place, notes }: Walk, text: string): void => {
  notes.push({ path: pathOf(place), text });
};

type Alternatives = Said | readonly Said[];

const none: readonly Said[] = [];
const areSeveral = (known: Alternatives): known is readonly Said[] => Array.isArray(known);
const matchOf = (known: Alternatives, one: FhirValue): Said | undefined => {
  if (areSeveral(known)) return known.find((candidate) => fits(candidate, one));
  return fits(known, one) ? known : undefined;
};

const walkValue = (walking: Walk, matching: Said | undefined, one: FhirValue): void => {
  if (matching === undefined || !isUnderstood(matching, one)) note(walking, texts.element);
  else if (matching.kind === "element" && isElement(one)) walk(walking, one, matching.elements);
};

/** What does not repeat is read once: whatever is there again is not. */
const walkList = (
  walking: Walk,
  { name, known }: { name: string; known: Alternatives },
  list: readonly (FhirValue | null)[],
): void => {
  const seen: Said[] = [];
  list.forEach((one, at) => {
    if (one === null) return;
    const matching = matchOf(known, one);
    const isOnce = matching?.many === false;
    const isAgain = isOnce && seen.includes(matching);
    stepInto(walking.place, name, at);
    walkValue(walking, isAgain ? undefined : matching, one);
    stepOut(walking.place);
    if (isOnce && !isAgain) seen.push(matching);
  });
};

const walk = (walking: Walk, element: FhirElement, said: SaidElements): void => {
  const isOfResource = element["resourceType"] !== undefined;
  for (const name in element) {
    const stands = element[name];
    if (stands === undefined || name === "id" || (isOfResource && ofTheResource.has(name))) continue;
    // Only names of R4's definitions are in what was read.
    const known = said[name] ?? none;
    if (isList(stands)) walkList(walking, { name, known }, stands);
    else {
      stepInto(walking.place, name, -1);
      walkValue(walking, matchOf(known, stands), stands);
      stepOut(walking.place);
    }
  }
};

const walkResource = (walking: Walk, resource: FhirResource, said: SaidOf): void => {
  const elements = Object.hasOwn(said, resource.resourceType) ? said[resource.resourceType] : undefined;
  if (elements === undefined) note(walking, texts.element);
  else walk(walking, resource, elements);
  valuesOf(resource["contained"]).forEach((contained, at) => {
    if (!isResource(contained)) return;
    stepInto(walking.place, "contained", at);
    walkResource(walking, contained, said);
    stepOut(walking.place);
  });
};

const roots: ReadonlySet<string> = new Set(["MessageHeader", "Patient", "Provenance"]);

/** The resources that the message is made of: what its header, its citizen and its history lead to. */
const usedIn = (message: OpenMessage): ReadonlySet<FhirResource> => {
  const used = new Set(message.resources.filter(({ resourceType }) => roots.has(resourceType)));
  // A set that grows while it is walked is walked to its end.
  for (const resource of used)
    for (const { target } of linksOf(message, resource)) if (target !== undefined) used.add(target);
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
  const walking = { place: beginPlace("Bundle"), notes };
  walk(walking, message.bundle, bundleSaid);
  const used = usedIn(message);
  for (const resource of message.resources) {
    const place = beginPlace(message.placeOf(resource));
    if (used.has(resource)) walkResource({ place, notes }, resource, said);
    else note({ place, notes }, texts.unused);
  }
  return [...notes, ...otherEndpoints(message)];
};
