import { type DocumentLimits, defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import {
  contentOf,
  elementType,
  type FhirProperty,
  type FhirType,
  resourceTypeNamed,
} from "./definitions.ts";
import {
  beginGrowth,
  checkChoice,
  endGrowth,
  type Growing,
  type Growth,
  hasGrown,
  isList,
  type List,
  markSparse,
} from "./growth.ts";
import { openJson, peek, readName, readString } from "./json-text.ts";
import {
  another,
  closeArray,
  closeObject,
  expectEnd,
  type JsonReading,
  letterN,
  openArray,
  openObject,
  opens,
  quote,
  readNarrative,
  readPrimitive,
  refuseValue,
  skipValue,
} from "./json-values.ts";
import {
  beginReading,
  enter,
  type FhirReading,
  leave,
  report,
  root,
  runReading,
  type Single,
  stop,
} from "./reading.ts";
import type { FhirElement, FhirResource } from "./resource.ts";

/** An object being read, and the names in it that its definition does not have. */
interface Members {
  readonly growth: Growth;
  strangers: Set<string> | undefined;
}

/** @returns whether an object is here; what is not one is told of and passed over. */
const isObject = (reading: JsonReading): boolean => {
  if (peek(reading.json) === openObject) return true;
  refuseValue(reading, "object-expected");
  return false;
};

const readOne = (reading: JsonReading, property: FhirProperty): Single | undefined => {
  if (property.primitive !== undefined) return readPrimitive(reading, property.primitive);
  if (property.kind === "xhtml") return readNarrative(reading);
  if (!isObject(reading)) return undefined;
  return property.kind === "resource" ? readResource(reading) : readObject(reading, contentOf(property));
};

const readBeside = (reading: JsonReading): FhirElement | undefined =>
  isObject(reading) ? readObject(reading, elementType()) : undefined;

type ReadOne = (reading: JsonReading, property: FhirProperty) => Single | undefined;

const skipNull = (reading: JsonReading): null => {
  skipValue(reading);
  return null;
};

const readItem = (
  reading: JsonReading,
  property: FhirProperty,
  readOneOf: ReadOne,
): Single | null | undefined => {
  if (property.primitive === undefined) return readOneOf(reading, property);
  // One that is wrong keeps its place, for the sake of what is said of the others.
  return peek(reading.json) === letterN ? skipNull(reading) : (readOneOf(reading, property) ?? null);
};

/** An array. Only those of primitives and of their extensions keep places with `null` (R4, json.html#primitive). */
const readArray = (reading: JsonReading, property: FhirProperty, readOneOf: ReadOne): List | undefined => {
  const list: List = [];
  let index = 0;
  if (!opens(reading.json, closeArray)) {
    report(reading, "element-empty", property.name);
    return undefined;
  }
  do {
    enter(reading, property.name, index++);
    const value = readItem(reading, property, readOneOf);
    if (value !== undefined) list.push(value);
    leave(reading);
  } while (another(reading.json, closeArray));
  return list.length === 0 ? undefined : list;
};

/** One or many, as the definition says; what is the other is told, and read as far as it can be. */
const readMember = (
  reading: JsonReading,
  property: FhirProperty,
  readOneOf: ReadOne,
): Single | List | undefined => {
  const isArray = peek(reading.json) === openArray;
  if (property.repeats && isArray) return readArray(reading, property, readOneOf);
  enter(reading, property.name, -1);
  if (property.repeats) report(reading, "array-expected");
  if (isArray) refuseValue(reading, "array-unexpected");
  const value = isArray ? undefined : readOneOf(reading, property);
  leave(reading);
  return property.repeats && value !== undefined ? [value] : value;
};

/** What no definition has here: the type of a resource, which is read before the rest of it, or nothing of FHIR's. */
const readStranger = (members: Members, name: string): void => {
  const { reading, type } = members.growth;
  members.strangers ??= new Set();
  if (members.strangers.has(name)) report(reading, "name-repeated", name);
  else if (!type.isResource || name !== "resourceType") report(reading, "element-unknown", name);
  members.strangers.add(name);
};

/** @returns whether the name is new here, and of the definition. */
const isKnown = (
  members: Members,
  name: string,
  property: FhirProperty | undefined,
): property is FhirProperty => {
  const isBeside = name.startsWith("_");
  const isMember =
    property !== undefined && !(isBeside && (property.primitive === undefined || property.isAttribute));
  if (!isMember) readStranger(members, name);
  else if (Object.hasOwn(members.growth.element, name)) report(members.growth.reading, "name-repeated", name);
  else return true;
  return false;
};

const readNamed = (reading: JsonReading, members: Members, name: string): void => {
  const { growth } = members;
  const isBeside = name.startsWith("_");
  const property = growth.type.properties.get(isBeside ? name.slice(1) : name);
  if (!isKnown(members, name, property)) {
    skipValue(reading);
    return;
  }
  const value = readMember(reading, property, isBeside ? readBeside : readOne);
  checkChoice(growth, property);
  if (property.primitive !== undefined && isList(value) && (isBeside || value.includes(null)))
    markSparse(growth, property);
  growth.element[isBeside ? property.beside : property.name] = value;
};

const readMembers = (reading: JsonReading, type: FhirType, element: Growing): void => {
  const members: Members = { growth: beginGrowth(reading, type, element), strangers: undefined };
  if (opens(reading.json, closeObject))
    do readNamed(reading, members, readName(reading.json));
    while (another(reading.json, closeObject));
  else report(reading, "element-empty");
  endGrowth(members.growth);
};

/** An element; nothing when there is nothing in it that FHIR knows. */
const readObject = (reading: JsonReading, type: FhirType): FhirElement | undefined => {
  const element: Growing = {};
  readMembers(reading, type, element);
  return hasGrown(element) ? element : undefined;
};

/** What the member `resourceType` of this object says, wherever in it; the reading then stands where it stood. */
const resourceTypeHere = (reading: JsonReading): string | undefined => {
  const { json } = reading;
  const start = json.at;
  let found: string | undefined;
  if (opens(json, closeObject))
    do {
      if (readName(json) === "resourceType" && peek(json) === quote) {
        const string = readString(json);
        found = string.kind === "text" ? string.text : undefined;
        break;
      }
      skipValue(reading);
    } while (another(json, closeObject));
  json.at = start;
  return found;
};

const readResource = (reading: JsonReading): FhirResource | undefined => {
  const name = resourceTypeHere(reading);
  const type = name === undefined ? undefined : resourceTypeNamed(name);
  if (type === undefined) {
    refuseValue(reading, name === undefined ? "resource-type-missing" : "resource-type-unknown");
    return undefined;
  }
  const { depth, names } = reading;
  if (depth === 1) names[0] = type.name;
  const element = { resourceType: type.name };
  readMembers(reading, type, element);
  return element;
};

const readDocument = (reading: JsonReading): FhirResource | undefined => {
  enter(reading, root, -1);
  const resource = isObject(reading) ? readResource(reading) : undefined;
  expectEnd(reading.json);
  return resource;
};

/** What is not JSON is thrown as a SyntaxError, from wherever it is found. */
const readOrStop = (reading: JsonReading): FhirResource | undefined => {
  try {
    return readDocument(reading);
  } catch (error) {
    if (error instanceof SyntaxError) stop(reading, "json-malformed");
    throw error;
  }
};

/** Signs of JSON, blanks and escapes to a character of text; more than that is nothing anybody sends. */
const signsPerCharacter = 8;

/** FHIR's JSON (R4, json.html) as a resource: strict in its syntax, with every number as it was written. */
export const readJson = (bytes: Uint8Array, limits: DocumentLimits = defaultDocumentLimits): FhirReading => {
  const reading = beginReading(limits);
  return runReading(reading, () => {
    if (bytes.byteLength > limits.maxBytes) return stop(reading, "document-too-large");
    const json = openJson(bytes, limits.maxTextLength * signsPerCharacter);
    return typeof json === "string" ? stop(reading, json) : readOrStop(Object.assign(reading, { json }));
  });
};
