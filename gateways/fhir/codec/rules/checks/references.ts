import { elementsAt, isElement, resourceOf } from "../../model/navigate.ts";
import { beginPlace, type Place, pathOf, stepInto, stepOut } from "../../model/place.ts";
import type { FhirElement, FhirResource, FhirValue } from "../../model/resource.ts";
import { isBeside, linksOf } from "../../parts/links.ts";
import { targetOf } from "../../parts/open-message.ts";
import type { Checked, Rule } from "../rule.ts";

/** A walk through a resource for the references in it that lead to nothing. */
interface Walk {
  readonly message: Checked;
  readonly resource: FhirResource;
  readonly place: Place;
  readonly dangling: string[];
}

/** An earlier message is not in this one (G5), only its Provenance. */
const isEarlierMessage = (reference: string): boolean => /(?:^|\/)MessageHeader\/[^/]+$/.test(reference);

const walkReference = ({ message, resource, place, dangling }: Walk, element: FhirElement): void => {
  const { reference } = element;
  if (typeof reference !== "string" || targetOf(message, resource, element) !== undefined) return;
  if (!isEarlierMessage(reference)) dangling.push(`${pathOf(place)}.reference`);
};

const walk = (walking: Walk, element: FhirElement): void => {
  walkReference(walking, element);
  for (const name in element) if (!isBeside(name)) walkValue(walking, name, element[name]);
};

const walkValue = (walking: Walk, name: string, value: FhirValue | undefined): void => {
  if (typeof value !== "object") return;
  const isArray = Array.isArray(value);
  const values: readonly (FhirValue | null)[] = isArray ? value : [value];
  for (let at = 0; at < values.length; at++) {
    const one = values[at];
    if (!isElement(one)) continue;
    stepInto(walking.place, name, isArray ? at : -1);
    walk(walking, one);
    stepOut(walking.place);
  }
};

const areAllThere = (message: Checked, resource: FhirResource): boolean =>
  linksOf(message, resource).every(
    ({ target, isBeside, reference }) => target !== undefined || isBeside || isEarlierMessage(reference),
  );

/** Most resources are walked through for their links alone. */
const danglingIn = (message: Checked, resource: FhirResource): readonly string[] => {
  if (areAllThere(message, resource)) return [];
  const dangling: string[] = [];
  walk({ message, resource, place: beginPlace(message.placeOf(resource)), dangling }, resource);
  return dangling;
};

/** A step of the past whose organisation is no more in the message (HN_MORS_L), and what is not read. */
const isOfThePast = (message: Checked, resource: FhirResource): boolean =>
  resource.resourceType === "Provenance"
    ? !message.current.includes(resource)
    : !message.known.has(resource.resourceType);

const dangling = (message: Checked, beside: boolean): readonly string[] =>
  message.resources
    .filter((resource) => isOfThePast(message, resource) === beside)
    .flatMap((resource) => danglingIn(message, resource));

/** `fullUrl` ends with the `Type/id` of its resource, absolute or not (G12), or is a urn. */
const isOwnUrl = (entry: FhirElement): boolean => {
  const { fullUrl } = entry;
  const resource = resourceOf(entry);
  if (typeof fullUrl !== "string" || resource === undefined) return fullUrl !== undefined;
  const { id, resourceType } = resource;
  const own = typeof id === "string" ? `${resourceType}/${id}` : resourceType;
  return fullUrl === own || fullUrl.endsWith(`/${own}`) || fullUrl.startsWith("urn:");
};

/** A reference leads to the first of two; the other is found by nobody. */
const repeatedIds = (message: Checked): readonly string[] =>
  message.resources.flatMap((resource) => {
    const { id, resourceType } = resource;
    const { length } = message.ofType(resourceType);
    if (length === 1 || typeof id !== "string") return [];
    if (message.byReference.get(`${resourceType}/${id}`) === resource) return [];
    return [`${message.placeOf(resource)}.id`];
  });

export const referenceRules: readonly Rule[] = [
  {
    id: "G5",
    source: "MedCom messaging; guide to MedCom FHIR, section 3",
    severity: "error",
    code: "reference-unresolved",
    says: {
      en: "The reference points at nothing in the message; only earlier messages may be elsewhere.",
      da: "Henvisningen peger ikke på noget i meddelelsen; kun tidligere meddelelser må være et andet sted.",
    },
    broken: (message) => dangling(message, false),
  },
  {
    id: "G5-history",
    source: "HN_MORS_L of the receive protocol; guide, section 13",
    severity: "warning",
    code: "reference-unresolved",
    says: {
      en: "An earlier step, or a resource that is not read, points at nothing in the message.",
      da: "Et tidligere trin, eller en ressource, der ikke læses, henviser til noget uden for meddelelsen.",
    },
    broken: (message) => dangling(message, true),
  },
  {
    id: "G12",
    source: "Flow2 and Flow4 of the conversion service; guide, section 3",
    severity: "warning",
    code: "identifier-unusual",
    says: {
      en: "The fullUrl is not that of its resource; the resource's own type and id are used.",
      da: "Feltet fullUrl er ikke ressourcens egen; ressourcens type og id bruges.",
    },
    broken: ({ bundle }) =>
      elementsAt(bundle, "entry").flatMap((entry, at) =>
        isOwnUrl(entry) ? [] : [`Bundle.entry[${at}].fullUrl`],
      ),
  },
  {
    id: "id-repeated",
    source: "HN_SLHJ_I of the receive protocol; guide, section 13",
    severity: "warning",
    code: "id-repeated",
    says: {
      en: "Two resources of one type have the same id; references lead to the first.",
      da: "To ressourcer af samme type har samme id; henvisninger går til den første.",
    },
    broken: repeatedIds,
  },
];
