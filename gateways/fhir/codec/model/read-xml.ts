import { type DocumentLimits, defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { decodeBase64, endBase64 } from "../../../xml/base64.ts";
import { childrenOf, readXml as readTree, type XmlElement } from "../../../xml/read-xml.ts";
import type { XmlAttribute } from "../../../xml/xml-tree.ts";
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
  markSparse,
} from "./growth.ts";
import { narrativeOf, xhtmlUri } from "./narrative.ts";
import { readPlainXml } from "./plain-xml.ts";
import type { Primitive } from "./primitives.ts";
import {
  beginReading,
  bytesOf,
  countAttachment,
  enter,
  type FhirReading,
  leave,
  narrativeIn,
  primitiveOf,
  type Reading,
  report,
  root,
  runReading,
  type Single,
  stop,
} from "./reading.ts";
import type { FhirElement, FhirResource } from "./resource.ts";
import { base64Elements, fhirUri } from "./xml-names.ts";

const isUnqualified = ({ uri, local }: XmlAttribute, name: string): boolean => uri === "" && local === name;

/** A value and nothing else, as most primitives are. */
const isPlain = ({ attributes: [first, second], content }: XmlElement): boolean =>
  first !== undefined && second === undefined && content.length === 0 && isUnqualified(first, "value");

const writtenValue = ({ attributes }: XmlElement): string | undefined => {
  for (const attribute of attributes) if (isUnqualified(attribute, "value")) return attribute.value;
  return undefined;
};

const bytesIn = (reading: Reading, source: XmlElement): Uint8Array | undefined => {
  if (source.base64 !== undefined) return bytesOf(reading, endBase64(source.base64));
  const text = writtenValue(source);
  if (text === undefined) return undefined;
  countAttachment(reading);
  return bytesOf(reading, decodeBase64(text));
};

/** The value of a primitive; `undefined` when it has none, and when it is wrong, which is told. */
const primitiveIn = (reading: Reading, primitive: Primitive, source: XmlElement): Single | undefined => {
  if (primitive.form === "bytes") return bytesIn(reading, source);
  const text = writtenValue(source);
  if (text !== undefined) return primitiveOf(reading, primitive, text);
  // Long text of an element that has the name of one that holds base64, and is no string any more.
  if (source.base64 !== undefined) report(reading, "value-too-long");
  return undefined;
};

/** What an attribute is: an id of any element, the URL of an extension, the value of a primitive; else nothing of FHIR's. */
const readAttribute = ({ reading, type, element }: Growth, attribute: XmlAttribute): void => {
  const { local, uri, value } = attribute;
  const property = uri === "" ? type.properties.get(local) : undefined;
  if (property?.primitive !== undefined && property.isAttribute) {
    enter(reading, local, -1);
    element[local] = primitiveOf(reading, property.primitive, value);
    leave(reading);
  } else if (type !== elementType() || !isUnqualified(attribute, "value"))
    report(reading, "attribute-unknown", `@${local}`);
};

const isAgain = (element: Growing, { name, beside, repeats }: FhirProperty): boolean =>
  !repeats && (Object.hasOwn(element, name) || Object.hasOwn(element, beside));

const checkPlace = (growth: Growth, property: FhirProperty, { uri }: XmlElement): void => {
  const { reading, element, order } = growth;
  if (uri !== fhirUri && (property.kind !== "xhtml" || uri !== xhtmlUri)) report(reading, "namespace-wrong");
  growth.order = Math.max(order, property.order);
  // What comes later than all before it cannot be among them.
  if (property.order > order) return;
  if (property.order < order) report(reading, "element-order");
  if (isAgain(element, property)) report(reading, "element-repeated");
};

const readChild = (growth: Growth, child: XmlElement): void => {
  const { reading, type, element } = growth;
  const property = type.properties.get(child.local);
  if (property === undefined || property.isAttribute) {
    report(reading, child.uri === fhirUri ? "element-unknown" : "namespace-wrong", child.local);
    return;
  }
  const before = property.repeats ? element[property.name] : undefined;
  const index = isList(before) ? before.length : 0;
  checkChoice(growth, property);
  enter(reading, property.name, property.repeats ? index : -1);
  checkPlace(growth, property, child);
  if (property.primitive === undefined) putValue(element, property, readComplex(reading, property, child));
  else readPrimitive(growth, { property, primitive: property.primitive, index }, child);
  leave(reading);
};

/** Puts a value in its place, among others where the element may repeat. */
const putValue = (element: Growing, { name, repeats }: FhirProperty, value: Single | undefined): void => {
  const before = element[name];
  if (!repeats) element[name] = value;
  else if (isList(before)) {
    if (value !== undefined) before.push(value);
  } else element[name] = value === undefined ? undefined : [value];
};

const readComplex = (reading: Reading, property: FhirProperty, child: XmlElement): Single | undefined => {
  if (property.kind === "xhtml") return narrativeIn(reading, narrativeOf(child));
  return property.kind === "resource"
    ? readWrapped(reading, child)
    : readElement(reading, child, contentOf(property));
};

interface PrimitivePlace {
  readonly property: FhirProperty;
  readonly primitive: Primitive;
  /** How many come before it. */
  readonly index: number;
}

const readPrimitive = (growth: Growth, place: PrimitivePlace, child: XmlElement): void => {
  const { reading, element } = growth;
  const { property, primitive } = place;
  const { errors } = reading;
  const value = primitiveIn(reading, primitive, child);
  const beside = isPlain(child) ? undefined : readKnown(reading, child, elementType());
  const isWrong = reading.errors !== errors;
  if (value === undefined && beside === undefined && !isWrong) report(reading, "element-empty");
  if (property.repeats) {
    putPlaces(growth, place, [value, beside]);
    return;
  }
  // What is wrong is there, and not missing.
  if (value !== undefined || isWrong) element[property.name] = value;
  if (beside !== undefined) element[property.beside] = beside;
};

/** A value and its extensions at the same place of two arrays; there is no second array while nothing is in it. */
const putPlaces = (
  growth: Growth,
  { property, index }: PrimitivePlace,
  [value, beside]: readonly [Single | undefined, FhirElement | undefined],
): void => {
  const { element } = growth;
  const values = element[property.name];
  const besides = element[property.beside];
  if (isList(values)) values.push(value ?? null);
  else element[property.name] = [value ?? null];
  if (isList(besides)) besides.push(beside ?? null);
  else if (beside !== undefined) element[property.beside] = [...Array<null>(index).fill(null), beside];
  if (value === undefined) markSparse(growth, property);
};

/** No character below the blank is in a document but those that are blank too. */
const isBlank = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x20) return false;
  return true;
};

const readContents = (growth: Growth, { attributes, content }: XmlElement): void => {
  for (const attribute of attributes) readAttribute(growth, attribute);
  for (const part of content)
    if (typeof part !== "string") readChild(growth, part);
    else if (!isBlank(part)) report(growth.reading, "text-unexpected");
  endGrowth(growth);
};

/** What is known of an element; nothing when nothing is. */
const readKnown = (reading: Reading, source: XmlElement, type: FhirType): FhirElement | undefined => {
  const element: Growing = {};
  readContents(beginGrowth(reading, type, element), source);
  return hasGrown(element) ? element : undefined;
};

const readElement = (reading: Reading, source: XmlElement, type: FhirType): FhirElement | undefined => {
  if (source.attributes.length === 0 && !source.content.some((part) => typeof part !== "string"))
    report(reading, "element-empty");
  return readKnown(reading, source, type);
};

/** The one resource in an entry, or contained. */
const readWrapped = (reading: Reading, wrapper: XmlElement): FhirResource | undefined => {
  for (const { local } of wrapper.attributes) report(reading, "attribute-unknown", `@${local}`);
  if (wrapper.content.some((part) => typeof part === "string" && !isBlank(part)))
    report(reading, "text-unexpected");
  const [first, second] = childrenOf(wrapper);
  if (second !== undefined) report(reading, "element-repeated");
  if (first === undefined) report(reading, "element-empty");
  return first === undefined ? undefined : readResource(reading, first);
};

const readResource = (reading: Reading, source: XmlElement): FhirResource | undefined => {
  const type = resourceTypeNamed(source.local);
  if (source.uri !== fhirUri || type === undefined) {
    report(reading, source.uri === fhirUri ? "resource-type-unknown" : "namespace-wrong");
    return undefined;
  }
  if (reading.depth === 1) reading.names[0] = type.name;
  const resource = { resourceType: type.name };
  readContents(beginGrowth(reading, type, resource), source);
  return resource;
};

/** FHIR's XML (R4, xml.html) as a resource, which is the same value that its JSON is, or everything that is wrong with it. */
export const readWholeXml = (
  bytes: Uint8Array,
  limits: DocumentLimits = defaultDocumentLimits,
): FhirReading => {
  const reading = beginReading(limits);
  return runReading(reading, () => {
    const tree = readTree(bytes, limits, base64Elements);
    if (!tree.ok) return stop(reading, tree.code === "xml-too-deep" ? "document-too-deep" : tree.code);
    if (tree.encoding !== "UTF-8" && tree.encoding !== "US-ASCII") return stop(reading, "encoding-unknown");
    enter(reading, root, -1);
    return readResource(reading, tree.root);
  });
};

/** The same, in less time for the most of them. */
export const readXml = (bytes: Uint8Array, limits: DocumentLimits = defaultDocumentLimits): FhirReading => {
  const resource = readPlainXml(bytes, limits);
  return resource === undefined ? readWholeXml(bytes, limits) : { ok: true, resource, warnings: [] };
};
