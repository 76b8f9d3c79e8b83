import type { FhirElement, FhirResource, FhirValue } from "../../gateways/fhir/codec/model/resource.ts";

/**
 * Edits of a bundle for tests. A place is `Type.path`, as FHIRPath writes it: `Encounter.class.code`,
 * `Organization[1].identifier[0].value`, `Bundle.timestamp`; a type alone is its whole entry. A place that is not there is
 * made by `withValue`, and an error for `without`, which would otherwise change nothing.
 */
type Step = string | number;

const stepsOf = (path: string): Step[] =>
  path
    .split(/[.[]/)
    .filter((part) => part !== "")
    .map((part) => (part.endsWith("]") ? Number(part.slice(0, -1)) : part));

const isElement = (value: unknown): value is FhirElement =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const entriesOf = (bundle: FhirResource): FhirElement[] => bundle["entry"] as FhirElement[];

/** Where in the bundle the place is. */
const placeOf = (bundle: FhirResource, path: string): Step[] => {
  const [type, ...rest] = stepsOf(path);
  if (type === "Bundle") return rest;
  const nth = typeof rest[0] === "number" ? rest[0] : 0;
  const found = entriesOf(bundle).flatMap((entry, at) =>
    (entry["resource"] as FhirResource | undefined)?.resourceType === type ? [at] : [],
  );
  const at = found[nth];
  if (at === undefined) throw new Error(`no ${path} in the bundle`);
  const within = typeof rest[0] === "number" ? rest.slice(1) : rest;
  return within.length === 0 ? ["entry", at] : ["entry", at, "resource", ...within];
};

const changed = (value: unknown, [step, ...rest]: readonly Step[], to: FhirValue | undefined): unknown => {
  if (step === undefined) return to;
  if (typeof step === "number") {
    const list: unknown[] = Array.isArray(value) ? value : [];
    if (to === undefined && rest.length === 0) return list.filter((_, at) => at !== step);
    return Object.assign([...list], { [step]: changed(list[step], rest, to) });
  }
  const element = isElement(value) ? value : {};
  if (to === undefined && rest.length === 0) {
    if (!(step in element)) throw new Error(`nothing at ${step} to take away`);
    return Object.fromEntries(Object.entries(element).filter(([name]) => name !== step));
  }
  return { ...element, [step]: changed(element[step], rest, to) };
};

/** The bundle with a value at the place, in place of what is there. */
export const withValue = (bundle: FhirResource, path: string, value: FhirValue): FhirResource =>
  changed(bundle, placeOf(bundle, path), value) as FhirResource;

/** The bundle without what is at the place. */
export const without = (bundle: FhirResource, path: string): FhirResource =>
  changed(bundle, placeOf(bundle, path), undefined) as FhirResource;

/** The bundle with one more resource, last. */
export const withEntry = (bundle: FhirResource, resource: FhirResource): FhirResource => ({
  ...bundle,
  entry: [
    ...entriesOf(bundle),
    { fullUrl: `https://medcomfhir.dk/ig/x/${resource.resourceType}/${resource["id"] as string}`, resource },
  ],
});

/** What is at the place. */
export const valueAt = (bundle: FhirResource, path: string): FhirValue | undefined =>
  placeOf(bundle, path).reduce<unknown>(
    (value, step) =>
      Array.isArray(value) ? (value as unknown[])[Number(step)] : isElement(value) ? value[step] : undefined,
    bundle,
  ) as FhirValue | undefined;
