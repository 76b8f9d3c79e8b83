import {
  contentOf,
  elementType,
  type FhirProperty,
  type FhirType,
  resourceTypeNamed,
} from "./definitions.ts";
import { escapeAttribute, legal } from "./escape-xml.ts";
import { narrativeOfText } from "./narrative-text.ts";
import { isBytes, isElement, isNumeral, isResource } from "./navigate.ts";
import { beginBytes, endBytes, type PrintedBytes, putBase64, putText } from "./printed-bytes.ts";
import type { FhirElement, FhirResource, FhirValue } from "./resource.ts";

type Value = FhirValue | null | undefined;

/** A value that the definitions do not allow where it is has come from a mapping of ours: no partner may get it. */
const misfit = (property: FhirProperty): never => {
  throw new Error(`not of its type: ${property.name}`);
};

const textOfPrimitive = (property: FhirProperty, value: Value): string => {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return isNumeral(value) ? value.numeral : misfit(property);
};

const printPrimitive = (
  out: PrintedBytes,
  property: FhirProperty,
  [value, beside]: readonly [Value, Value],
): void => {
  if ((value === undefined || value === null) && !isElement(beside)) return;
  putText(out, `<${property.name}`);
  if (isElement(beside)) printId(out, beside);
  if (isBytes(value)) {
    putText(out, ' value="');
    putBase64(out, value);
    putText(out, '"');
  } else if (value !== undefined && value !== null)
    putText(out, ` value="${escapeAttribute(legal(textOfPrimitive(property, value)))}"`);
  if (isElement(beside) && beside["extension"] !== undefined) {
    putText(out, ">");
    printChildren(out, elementType(), beside);
    putText(out, `</${property.name}>`);
  } else putText(out, "/>");
};

const printNarrative = (out: PrintedBytes, property: FhirProperty, value: Value): void => {
  const narrative = narrativeOfText(typeof value === "string" ? legal(value) : "");
  putText(out, narrative.ok ? narrative.xhtml : misfit(property));
};

const printId = (out: PrintedBytes, { id }: FhirElement): void => {
  if (typeof id === "string") putText(out, ` id="${escapeAttribute(legal(id))}"`);
};

const printComplex = (out: PrintedBytes, property: FhirProperty, value: Value): void => {
  if (value === undefined || value === null) return;
  if (property.kind === "xhtml") printNarrative(out, property, value);
  else if (property.kind === "resource") {
    putText(out, `<${property.name}>`);
    printResource(out, isResource(value) ? value : misfit(property), "");
    putText(out, `</${property.name}>`);
  } else printElement(out, property, isElement(value) ? value : misfit(property));
};

const printElement = (out: PrintedBytes, property: FhirProperty, element: FhirElement): void => {
  const type = contentOf(property);
  putText(out, `<${property.name}`);
  printId(out, element);
  const { url } = element;
  if (type.name === "Extension" && typeof url === "string")
    putText(out, ` url="${escapeAttribute(legal(url))}"`);
  putText(out, ">");
  printChildren(out, type, element);
  putText(out, `</${property.name}>`);
};

/** The properties that an element has, in the order of their definition. */
const propertiesOf = (type: FhirType, element: FhirElement): readonly FhirProperty[] => {
  const found: FhirProperty[] = [];
  for (const name in element) {
    if (element[name] === undefined || (type.isResource && name === "resourceType")) continue;
    const property = type.properties.get(name.startsWith("_") ? name.slice(1) : name);
    if (property === undefined) throw new Error(`not of ${type.name}: ${name}`);
    if (!property.isAttribute && !found.includes(property)) found.push(property);
  }
  return found.sort((one, other) => one.order - other.order);
};

const isList = (value: Value): value is readonly (FhirValue | null)[] => Array.isArray(value);
const listOf = (value: Value): readonly Value[] => (isList(value) ? value : [value]);

const printChildren = (out: PrintedBytes, type: FhirType, element: FhirElement): void => {
  for (const property of propertiesOf(type, element)) {
    const [values, besides] = [listOf(element[property.name]), listOf(element[property.beside])];
    const count = Math.max(values.length, besides.length);
    for (let at = 0; at < count; at += 1)
      if (property.primitive === undefined) printComplex(out, property, values[at]);
      else printPrimitive(out, property, [values[at], besides[at]]);
  }
};

const printResource = (out: PrintedBytes, resource: FhirResource, namespace: string): void => {
  const type = resourceTypeNamed(resource.resourceType);
  if (type === undefined) throw new Error("no resource type of FHIR R4");
  putText(out, `<${type.name}${namespace}>`);
  printChildren(out, type, resource);
  putText(out, `</${type.name}>`);
};

/**
 * A resource as FHIR's XML: in UTF-8, its elements in the order of their definitions, without blanks between them.
 * @throws when the resource is not one of R4's definitions, or a narrative in it not one that FHIR allows.
 */
export const printXml = (resource: FhirResource): Uint8Array => {
  const out = beginBytes();
  putText(out, '<?xml version="1.0" encoding="UTF-8"?>');
  printResource(out, resource, ' xmlns="http://hl7.org/fhir"');
  return endBytes(out);
};
