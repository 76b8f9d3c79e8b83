import { type Primitive, primitiveNamed } from "./primitives.ts";
import { r4Structures } from "./r4-structures.ts";

/** `resource`: any resource, as in an entry; `xhtml`: the div of a narrative. */
type PropertyKind = "primitive" | "complex" | "resource" | "xhtml";

/** An element of a type as both formats name it: one of a choice is `valueString`, and there is one for each of its types. */
export interface FhirProperty {
  readonly name: string;
  /** Where JSON and the model have a primitive's id and extensions: `_name`. */
  readonly beside: string;
  /** The name of its data type, or where a structure stands that has no name of its own: `Bundle.entry`. */
  readonly type: string;
  readonly kind: PropertyKind;
  readonly primitive: Primitive | undefined;
  readonly repeats: boolean;
  readonly required: boolean;
  /** Its place among the elements of its type. The types of a choice share one. */
  readonly order: number;
  /** An attribute in XML, as an element's id and an extension's URL are: it can have no extensions. */
  readonly isAttribute: boolean;
  /** `value` for `valueString`. */
  readonly choice: string | undefined;
}

/** A resource type, a data type or a structure within one. */
export interface FhirType {
  readonly name: string;
  /** A resource's id is an element of its own in XML, every other id an attribute. */
  readonly isResource: boolean;
  readonly properties: ReadonlyMap<string, FhirProperty>;
  /** Properties that were met in a text, each in the place that some of its letters give it. */
  readonly met: (FhirProperty | undefined)[];
  /** What must be there (R4, the minimum of each element); one of several where it is a choice. */
  readonly required: readonly (readonly FhirProperty[])[];
}

type Base = "D" | "R" | "B" | "E";

const element = "id=string,extension*=Extension";
const resource = "id=id,meta=Meta,implicitRules=uri,language=code";
/** What a structure of each base has before its own elements (R4, resource.html, domainresource.html, element.html). */
const bases: Readonly<Record<Base, string>> = {
  E: element,
  B: `${element},modifierExtension*=Extension`,
  R: resource,
  D: `${resource},text=Narrative,contained*=Resource,extension*=Extension,modifierExtension*=Extension`,
};
const isBase = (text: string): text is Base => Object.hasOwn(bases, text);

/** Every type that Extension.value[x] may have (R4, datatypes.html#open). */
const openTypes =
  "base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta";

const types = new Map<string, FhirType>();
const lines = new Map<string, readonly [base: Base, elements: string]>();

/** Name, marks, whether it is a choice, types, and the opening of a structure within; see r4-structures.ts. */
const item = /([A-Za-z0-9]+)([*!]*)(\[x\])?(?:=#?([A-Za-z0-9.|]+))?([{(])?/y;

const kindOf = (type: string): PropertyKind => {
  if (type === "Resource" || type === "xhtml") return type === "xhtml" ? "xhtml" : "resource";
  return primitiveNamed(type) === undefined ? "complex" : "primitive";
};

interface Place {
  readonly marks: string;
  readonly order: number;
  /** The structure that the list is of. */
  readonly path: string;
  readonly base: Base;
  readonly choice: string | undefined;
}

const isAttribute = (name: string, { path, base }: Place): boolean =>
  (name === "id" && (base === "E" || base === "B")) || (name === "url" && path === "Extension");

const propertyOf = (name: string, type: string, place: Place): FhirProperty => ({
  name,
  beside: `_${name}`,
  type,
  kind: kindOf(type),
  primitive: primitiveNamed(type),
  repeats: place.marks.includes("*"),
  required: place.marks.includes("!"),
  order: place.order,
  isAttribute: isAttribute(name, place),
  choice: place.choice,
});

const choiceOf = (name: string, typeNames: string, place: Place): FhirProperty[] =>
  typeNames
    .split("|")
    .map((type) =>
      propertyOf(name + type.charAt(0).toUpperCase() + type.slice(1), type, { ...place, choice: name }),
    );

/** A list of elements being read, of which `at` is how far. */
interface Cursor {
  readonly list: string;
  at: number;
}

/** Reads one element, the structure within it too: the properties that it is, several of a choice. */
const readItem = (cursor: Cursor, { path, base, order }: Omit<Place, "marks" | "choice">): FhirProperty[] => {
  item.lastIndex = cursor.at;
  const [all = "", name = "", marks = "", isChoice, types = openTypes, opening] =
    item.exec(cursor.list) ?? [];
  cursor.at += all.length;
  const place = { marks, order, path, base, choice: undefined };
  if (isChoice !== undefined) return choiceOf(name, types, place);
  if (opening === undefined) return [propertyOf(name, types, place)];
  readStructure(cursor, `${path}.${name}`, opening === "{" ? "B" : "E");
  return [propertyOf(name, `${path}.${name}`, place)];
};

/** Reads one list of elements up to its end or the bracket that closes it. */
const readList = (cursor: Cursor, path: string, base: Base): FhirProperty[] => {
  const found: FhirProperty[] = [];
  for (let order = 0; cursor.at < cursor.list.length; order += 1) {
    found.push(...readItem(cursor, { path, base, order }));
    cursor.at += 1;
    if (cursor.list[cursor.at - 1] !== ",") break;
  }
  return found;
};

const requiredOf = (properties: readonly FhirProperty[]): (readonly FhirProperty[])[] => {
  const groups = new Map<number, FhirProperty[]>();
  for (const property of properties)
    if (property.required) groups.set(property.order, [...(groups.get(property.order) ?? []), property]);
  return [...groups.values()];
};

const readStructure = (cursor: Cursor, name: string, base: Base): void => {
  const inherited = readList({ list: bases[base], at: 0 }, name, base);
  const own = readList(cursor, name, base).map((property) => ({
    ...property,
    order: property.order + inherited.length,
  }));
  const properties = [...inherited, ...own];
  types.set(name, {
    name,
    isResource: base === "R" || base === "D",
    properties: new Map(properties.map((property) => [property.name, property])),
    met: [],
    required: requiredOf(properties),
  });
};

const lineOf = (name: string): readonly [base: Base, elements: string] | undefined => {
  if (lines.size === 0) {
    lines.set("Element", ["E", ""]);
    for (const line of r4Structures.split("\n")) {
      const [type = "", base = "", elements = ""] = line.split(":");
      if (isBase(base)) lines.set(type, [base, elements]);
    }
  }
  return lines.get(name);
};

/** A type by its name, read from the definitions when it is first asked for; `undefined` when R4 has none such. */
export const typeNamed = (name: string): FhirType | undefined => {
  const known = types.get(name);
  if (known !== undefined) return known;
  const [root = name] = name.split(".");
  const line = lineOf(root);
  if (line === undefined || types.has(root)) return undefined;
  readStructure({ list: line[1], at: 0 }, root, line[0]);
  return types.get(name);
};

/** The type of a resource; `undefined` when R4 has no such resource. */
export const resourceTypeNamed = (name: string): FhirType | undefined => {
  const type = typeNamed(name);
  return type?.isResource === true ? type : undefined;
};

const typeOf = (name: string): FhirType => {
  const type = typeNamed(name);
  if (type === undefined) throw new Error(`no such type: ${name}`);
  return type;
};

/** What a complex element holds. @throws when the definitions name a type that they do not have. */
export const contentOf = (property: FhirProperty): FhirType => typeOf(property.type);

/** What stands beside a primitive: its id and its extensions. @throws as `contentOf`. */
export const elementType = (): FhirType => typeOf("Element");

const nameOf = (line: string): string => line.slice(0, line.indexOf(":"));

/** The names of all resource and data types, in the order of the definitions. */
export const typeNames = (): readonly string[] => r4Structures.split("\n").map(nameOf);
