import fc from "fast-check";
import {
  contentOf,
  type FhirProperty,
  type FhirType,
  resourceTypeNamed,
} from "../../gateways/fhir/codec/model/definitions.ts";
import { narrativeOfText } from "../../gateways/fhir/codec/model/narrative-text.ts";
import type { FhirElement, FhirResource, FhirValue } from "../../gateways/fhir/codec/model/resource.ts";

/** Numbers from a seed (mulberry32): a resource has thousands of choices, too many for as many arbitraries. */
const randomFrom = (seed: number) => {
  let state = seed;
  /** A whole number below `end`. */
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error("nothing to pick");
    return value;
  };
  return { below, pick, isUnder: (percent: number): boolean => below(10_000) < percent * 100 };
};
type Random = ReturnType<typeof randomFrom>;

/** Text that both formats must carry to the last sign: markup, quotes, every line break, what is beyond the first plane. */
const signs = [
  ...Array.from("aåÆzZ09 <>&\"'\\/{}[]\n\r\t:;,."),
  ...["\u00a0", "\u0085", "\u2028", "\ud7ff", "\ufffd", "😀"],
];
const wordSigns = Array.from("AZaz09æøå#:/.|-");
const idSigns = Array.from("AZaz09.-");
const join = ({ below, pick }: Random, from: readonly string[]): string =>
  Array.from({ length: 1 + below(12) }, () => pick(from)).join("");
const word = (random: Random): string => join(random, wordSigns);

const padded = (value: number): string => String(value).padStart(2, "0");
const day = ({ below }: Random): string =>
  [1900 + below(200), padded(1 + below(12)), padded(1 + below(28))].join("-");
const clock = ({ below, pick }: Random): string =>
  `${padded(below(24))}:${padded(below(60))}:${padded(below(61))}${pick(["", ".5", ".120"])}`;
const instant = (random: Random): string =>
  `${day(random)}T${clock(random)}${random.pick(["Z", "+01:00", "-11:30", "+14:00"])}`;
const partOfDay = (random: Random): string => day(random).slice(0, random.pick([4, 7, 10]));
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.pick(Array.from("0123456789abcdef"))).join("");

/** The values of each primitive type, as text; bytes and booleans apart. */
const texts: Readonly<Record<string, (random: Random) => string>> = {
  string: (random) => join(random, signs),
  markdown: (random) => join(random, signs),
  code: (random) => `${word(random)} ${word(random)}`,
  id: (random) => join(random, idSigns),
  uri: word,
  url: word,
  canonical: word,
  oid: ({ pick }) => pick(["urn:oid:1.2.208.176.1.2", "urn:oid:2.0"]),
  uuid: (random) => `urn:uuid:${[8, 4, 4, 4, 12].map((length) => hex(random, length)).join("-")}`,
  date: partOfDay,
  dateTime: (random) => (random.isUnder(50) ? instant(random) : partOfDay(random)),
  instant,
  time: clock,
  integer: ({ below }) => String(below(4_294_967_295) - 2_147_483_648),
  unsignedInt: ({ below }) => String(below(2_147_483_647)),
  positiveInt: ({ below }) => String(1 + below(2_147_483_646)),
  decimal: ({ pick }) => pick(["0", "-0.00", "1.10", "38.70", "1e5", "2E-400", "123456789012345678.90"]),
};
const textOf = (random: Random, type: string): string => {
  const write = texts[type];
  if (write === undefined) throw new Error(`no values of ${type}`);
  return write(random);
};

const escaped = (plain: string): string =>
  plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");

/** A narrative as the reading leaves it. */
const narrative = (random: Random): string => {
  const inner = Array.from({ length: 1 + random.below(3) }, () => {
    const tag = random.pick(["p", "b", "pre", "td"]);
    const attribute = random.pick(["", ' class="x"', ' title="a&amp;b&#10;"']);
    return `<${tag}${attribute}>.${escaped(join(random, signs))}</${tag}><br/>`;
  });
  const read = narrativeOfText(`<div xmlns="http://www.w3.org/1999/xhtml">${inner.join("")}</div>`);
  if (!read.ok) throw new Error(read.code);
  return read.xhtml;
};

const primitiveOf = (random: Random, { type, primitive }: FhirProperty): FhirValue => {
  if (primitive?.form === "boolean") return random.isUnder(50);
  if (primitive?.form === "bytes")
    return Buffer.from(Array.from({ length: 1 + random.below(20) }, () => random.below(256)));
  const written = textOf(random, type);
  return primitive?.form === "numeral" ? { numeral: written } : written;
};

const anyValue = (random: Random, property: FhirProperty, depth: number): FhirValue => {
  if (property.primitive !== undefined) return primitiveOf(random, property);
  if (property.kind === "xhtml") return narrative(random);
  if (property.kind === "resource")
    return resourceOf(random, random.pick(["Patient", "Organization", "Basic"]), depth + 1);
  const element: Growing = {};
  fill(random, element, [contentOf(property), depth + 1]);
  return Object.keys(element).length === 0 ? { id: "x" } : element;
};

const besideOf = (random: Random): FhirElement => {
  const extension = [{ url: word(random), valueDecimal: { numeral: textOf(random, "decimal") } }];
  return random.isUnder(50) ? { id: word(random) } : { id: word(random), extension };
};

type Growing = Record<string, FhirValue>;

/** A primitive that repeats, with places that only an extension fills. */
const fillPlaces = (random: Random, element: Growing, property: FhirProperty): void => {
  const values: (FhirValue | null)[] = [];
  const besides: (FhirValue | null)[] = [];
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const hasValue = random.isUnder(85);
    values.push(hasValue ? primitiveOf(random, property) : null);
    besides.push(hasValue && random.isUnder(80) ? null : besideOf(random));
  }
  if (values.some((value) => value !== null)) element[property.name] = values;
  if (besides.some((value) => value !== null)) element[property.beside] = besides;
};

const fillPrimitive = (random: Random, element: Growing, property: FhirProperty): void => {
  const hasValue = property.isAttribute || random.isUnder(95);
  if (hasValue) element[property.name] = primitiveOf(random, property);
  if (!property.isAttribute && (!hasValue || random.isUnder(10))) element[property.beside] = besideOf(random);
};

const fillOne = (random: Random, element: Growing, [property, depth]: [FhirProperty, number]): void => {
  if (property.primitive !== undefined)
    (property.repeats ? fillPlaces : fillPrimitive)(random, element, property);
  else {
    const one = anyValue(random, property, depth);
    element[property.name] = property.repeats ? [one] : one;
    if (property.repeats && random.isUnder(30))
      element[property.name] = [one, anyValue(random, property, depth)];
  }
};

/** The properties by their place, more than one where there is a choice; those that are attributes in XML come first there. */
const placesOf = ({ properties }: FhirType): FhirProperty[][] => {
  const places: FhirProperty[][] = [];
  for (const property of properties.values()) {
    places[property.order] ??= [];
    places[property.order]?.push(property);
  }
  const isLater = ([property]: FhirProperty[]): number => (property?.isAttribute === true ? 0 : 1);
  return places.toSorted((one, other) => isLater(one) - isLater(other));
};

/** Of each element and choice one, or none where it is not required; less of them the deeper they are. */
const fill = (random: Random, element: Growing, [type, depth]: [FhirType, number]): void => {
  for (const choices of placesOf(type)) {
    const property = random.pick(choices);
    if (property.required || random.isUnder(40 / 4 ** depth)) fillOne(random, element, [property, depth]);
  }
};

const resourceOf = (random: Random, name: string, depth: number): FhirResource => {
  const type = resourceTypeNamed(name);
  if (type === undefined) throw new Error(name);
  const element: Growing & { resourceType: string } = { resourceType: name };
  fill(random, element, [type, depth]);
  return element;
};

/** Resources of a type with anything that its definition allows, in the order of the definition. */
export const resourcesOfType = (name: string): fc.Arbitrary<FhirResource> =>
  fc.noShrink(fc.integer({ min: 0, max: 0x7fff_ffff })).map((seed) => resourceOf(randomFrom(seed), name, 0));
