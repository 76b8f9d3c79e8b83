import type { FhirElement, FhirResource, FhirValue, Numeral } from "./resource.ts";

/** What stands at a place: a value, the `null` of an array that only holds a place, or nothing. */
type Place = FhirValue | null | undefined;

export const isNumeral = (value: Place): value is Numeral =>
  typeof value === "object" && value !== null && "numeral" in value && typeof value.numeral === "string";

export const isBytes = (value: Place): value is Uint8Array => value instanceof Uint8Array;

const isList = (value: Place): value is readonly (FhirValue | null)[] => Array.isArray(value);

export const isElement = (value: Place): value is FhirElement =>
  typeof value === "object" && value !== null && !isList(value) && !isBytes(value) && !isNumeral(value);

export const isResource = (value: Place): value is FhirResource =>
  isElement(value) && typeof value["resourceType"] === "string";

/** One or many as many; the places that an array keeps for an extension alone are left out. */
export const valuesOf = (value: Place): readonly FhirValue[] => {
  if (value === undefined || value === null) return [];
  return isList(value) ? value.filter((one) => one !== null) : [value];
};

/** The elements of a value that is one or an array; a primitive is none. */
export const elementsOf = (value: Place): readonly FhirElement[] => valuesOf(value).filter(isElement);

/** A string, or the text of a number. Of an array, of its first value. */
export const textOf = (value: Place): string | undefined => {
  const [first] = valuesOf(value);
  if (typeof first === "string") return first;
  return isNumeral(first) ? first.numeral : undefined;
};

const addAlong = (element: FhirElement, path: readonly string[], found: FhirValue[]): void => {
  const [name = "", ...rest] = path;
  if (!Object.hasOwn(element, name)) return;
  const values = valuesOf(element[name]);
  if (rest.length === 0) found.push(...values);
  else for (const value of values) if (isElement(value)) addAlong(value, rest, found);
};

/** Every value along a path of names as JSON has them, `"destination.receiver.reference"`, in document order. */
export const all = (element: FhirElement | undefined, path: string): readonly FhirValue[] => {
  const found: FhirValue[] = [];
  if (element !== undefined) addAlong(element, path.split("."), found);
  return found;
};

/** The first value along a path: the first that the whole path leads to, and not the first of each step. */
export const at = (element: FhirElement | undefined, path: string): FhirValue | undefined =>
  all(element, path)[0];

/** Every element along a path. */
export const elementsAt = (element: FhirElement | undefined, path: string): readonly FhirElement[] =>
  all(element, path).filter(isElement);

/** The first element along a path. */
export const elementAt = (element: FhirElement | undefined, path: string): FhirElement | undefined =>
  elementsAt(element, path)[0];

/** The first text along a path. */
export const textAt = (element: FhirElement | undefined, path: string): string | undefined =>
  textOf(at(element, path));

/** Every text along a path. */
export const textsAt = (element: FhirElement | undefined, path: string): readonly string[] =>
  all(element, path).flatMap((value) => textOf(value) ?? []);

/** The first extension of an element that has this URL. */
export const extensionOf = (element: FhirElement | undefined, url: string): FhirElement | undefined =>
  elementsAt(element, "extension").find((extension) => extension["url"] === url);

/** The resource of an entry of a Bundle. */
export const resourceOf = (entry: FhirElement | undefined): FhirResource | undefined => {
  const resource = entry?.["resource"];
  return isResource(resource) ? resource : undefined;
};

/** The resources of a Bundle in the order of its entries; those of one type where a type is named. */
export const resourcesOf = (bundle: FhirElement | undefined, type?: string): readonly FhirResource[] =>
  elementsAt(bundle, "entry").flatMap((entry) => {
    const resource = resourceOf(entry);
    return resource === undefined || (type !== undefined && resource.resourceType !== type) ? [] : [resource];
  });
