import type { FhirElement, FhirResource, FhirValue, Numeral } from "./resource.ts";

/** What stands at a place: a value, the `null` of an array that only holds a place, or nothing. */
type Place = FhirValue | null | undefined;

const isObject = (value: Place): value is Exclude<FhirValue, string | boolean> =>
  typeof value === "object" && value !== null;

/** No element of R4 has the name. It is asked of nearly every value there is, which `in` takes longer for. */
const hasNumeral = (value: Numeral | FhirElement): boolean => typeof value["numeral"] === "string";

export const isNumeral = (value: Place): value is Numeral =>
  isObject(value) && !isList(value) && !isBytes(value) && hasNumeral(value);

export const isBytes = (value: Place): value is Uint8Array => value instanceof Uint8Array;

export const isList = (value: Place): value is readonly (FhirValue | null)[] => Array.isArray(value);

export const isElement = (value: Place): value is FhirElement =>
  isObject(value) && !isList(value) && !isBytes(value) && !hasNumeral(value);

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
  const first = isList(value) ? value.find((one) => one !== null) : value;
  if (typeof first === "string") return first;
  return isNumeral(first) ? first.numeral : undefined;
};

/** Paths are few, and asked of every message. */
const known = new Map<string, readonly string[]>();
const stepsOf = (path: string): readonly string[] => {
  const before = known.get(path);
  if (before !== undefined) return before;
  const steps = path.split(".");
  known.set(path, steps);
  return steps;
};

const stepFrom = (element: FhirElement, steps: readonly string[], step: number): FhirValue | undefined =>
  element[steps[step] ?? ""];

interface Way {
  readonly steps: readonly string[];
  readonly found: FhirValue[];
}

const addAlong = (element: FhirElement, way: Way, step: number): void => {
  const { steps, found } = way;
  const value = stepFrom(element, steps, step);
  const isLast = step === steps.length - 1;
  for (const one of isList(value) ? value : [value])
    if (one === null || one === undefined) continue;
    else if (isLast) found.push(one);
    else if (isElement(one)) addAlong(one, way, step + 1);
};

/** Every value along a path of names as JSON has them, `"destination.receiver.reference"`, in document order. */
export const all = (element: FhirElement | undefined, path: string): readonly FhirValue[] => {
  const found: FhirValue[] = [];
  if (element !== undefined) addAlong(element, { steps: stepsOf(path), found }, 0);
  return found;
};

/** Most of what is asked for is one thing: no list is made on the way to it. */
const firstAlong = (element: FhirElement, steps: readonly string[], step: number): FhirValue | undefined => {
  const value = stepFrom(element, steps, step);
  if (!isList(value)) return firstOn(value, steps, step + 1);
  for (const one of value) {
    const found = firstOn(one, steps, step + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

const firstOn = (value: Place, steps: readonly string[], step: number): FhirValue | undefined => {
  if (value === null || value === undefined || step === steps.length) return value ?? undefined;
  return isElement(value) ? firstAlong(value, steps, step) : undefined;
};

/** The first value along a path: the first that the whole path leads to, and not the first of each step. */
export const at = (element: FhirElement | undefined, path: string): FhirValue | undefined =>
  element === undefined ? undefined : firstAlong(element, stepsOf(path), 0);

const onlyElements = (values: readonly (FhirValue | null)[]): readonly FhirElement[] =>
  values.every(isElement) ? values : values.filter(isElement);

const none: readonly FhirElement[] = [];

/** Those of a value that is one or an array. */
const elementsIn = (value: Place): readonly FhirElement[] => {
  if (isList(value)) return onlyElements(value);
  return isElement(value) ? [value] : none;
};

/** Every element along a path. Most paths are of one step, and the list that is there is theirs. */
export const elementsAt = (element: FhirElement | undefined, path: string): readonly FhirElement[] => {
  if (element === undefined) return none;
  const steps = stepsOf(path);
  return steps.length === 1 ? elementsIn(stepFrom(element, steps, 0)) : onlyElements(all(element, path));
};

/** The first element along a path. */
export const elementAt = (element: FhirElement | undefined, path: string): FhirElement | undefined => {
  const found = at(element, path);
  return isElement(found) ? found : undefined;
};

/** The first text along a path. */
export const textAt = (element: FhirElement | undefined, path: string): string | undefined =>
  textOf(at(element, path));

/** Every text along a path. */
export const textsAt = (element: FhirElement | undefined, path: string): readonly string[] =>
  all(element, path).flatMap((value) => textOf(value) ?? []);

/** The first extension of an element that has this URL. */
export const extensionOf = (element: FhirElement | undefined, url: string): FhirElement | undefined => {
  for (const extension of elementsIn(element?.["extension"])) if (extension["url"] === url) return extension;
  return undefined;
};

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
