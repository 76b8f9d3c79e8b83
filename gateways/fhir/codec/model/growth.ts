import type { FhirProperty, FhirType } from "./definitions.ts";
import { type Reading, report, type Single } from "./reading.ts";
import type { FhirValue } from "./resource.ts";

export type List = (FhirValue | null)[];

/** An element while it grows. A value that is wrong is there as `undefined`, so that it is not missing as well. */
export interface Growing {
  [name: string]: Single | List | undefined;
}

/** An element being read, and what must be said of it when it is whole. */
export interface Growth {
  readonly reading: Reading;
  readonly type: FhirType;
  readonly element: Growing;
  /** How many errors there were before it. */
  readonly errors: number;
  /** The choices it has; few elements have any. */
  choices: FhirProperty[] | undefined;
  /** The primitives of which an array may keep places with `null`. */
  sparse: Set<FhirProperty> | undefined;
  /** How far in the order of the definition. */
  order: number;
}

export const beginGrowth = (reading: Reading, type: FhirType, element: Growing): Growth => ({
  reading,
  type,
  element,
  errors: reading.errors,
  choices: undefined,
  sparse: undefined,
  order: 0,
});

export const isList = (value: Single | List | undefined): value is List => Array.isArray(value);

/** A choice is made once: of two types that are both there, neither can be told to be meant. */
export const checkChoice = (growth: Growth, property: FhirProperty): void => {
  if (property.choice === undefined) return;
  growth.choices ??= [];
  const other = growth.choices.find(({ choice }) => choice === property.choice);
  if (other === undefined) growth.choices.push(property);
  else if (other !== property) report(growth.reading, "choice-repeated", property.name);
};

export const markSparse = (growth: Growth, property: FhirProperty): void => {
  growth.sparse ??= new Set();
  growth.sparse.add(property);
};

const isThere = (element: Growing, { name, beside }: FhirProperty): boolean =>
  Object.hasOwn(element, name) || Object.hasOwn(element, beside);

const isAnyThere = (element: Growing, choice: readonly FhirProperty[]): boolean => {
  for (const property of choice) if (isThere(element, property)) return true;
  return false;
};

/** Whether an element has all that FHIR requires. */
export const hasRequired = ({ required }: FhirType, element: Growing): boolean => {
  for (const choice of required) if (!isAnyThere(element, choice)) return false;
  return true;
};

/** Says of what FHIR requires that it is missing. */
const checkRequired = ({ reading, type, element }: Growth): void => {
  for (const choice of type.required)
    if (!isAnyThere(element, choice))
      report(reading, "element-missing", choice[0]?.choice ?? choice[0]?.name);
};

const isNull = (value: unknown): boolean => value === null;

const fill = (list: List, length: number): void => {
  while (list.length < length) list.push(null);
};

const dropIfEmpty = (element: Growing, name: string, list: List): void => {
  if (list.every(isNull)) Reflect.deleteProperty(element, name);
};

/** Both arrays of a primitive that repeats are made of one length; one that holds nothing but places is left out. */
const align = ({ reading, element, errors }: Growth, { name, beside }: FhirProperty): void => {
  const [values, extensions] = [element[name] ?? [], element[beside] ?? []];
  if (!isList(values) || !isList(extensions)) return;
  const length = Math.max(values.length, extensions.length);
  const isUneven = values.length !== extensions.length && values.length > 0 && extensions.length > 0;
  if (isUneven) report(reading, "arrays-differ", name);
  fill(values, length);
  fill(extensions, length);
  // A wrong value is a null too, and has been told.
  const isBare = (value: FhirValue | null, i: number): boolean => value === null && extensions[i] === null;
  if (reading.errors === errors && values.some(isBare)) report(reading, "element-empty", name);
  dropIfEmpty(element, name, values);
  dropIfEmpty(element, beside, extensions);
};

/** What can only be said of an element that is whole. */
export const endGrowth = (growth: Growth): void => {
  if (growth.type.required.length > 0) checkRequired(growth);
  for (const property of growth.sparse ?? []) align(growth, property);
};

/** Whether anything was found that is to be kept. */
export const hasGrown = (element: Growing): boolean => {
  for (const name in element) if (element[name] !== undefined) return true;
  return false;
};
