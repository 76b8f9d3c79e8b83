import { isUtf8 } from "node:buffer";
import type { DocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { decodeBase64 } from "../../../xml/base64.ts";
import {
  contentOf,
  elementType,
  type FhirProperty,
  type FhirType,
  resourceTypeNamed,
} from "./definitions.ts";
import { type Growing, hasGrown, hasRequired, isList } from "./growth.ts";
import { scanNarrativeAt } from "./narrative-scan.ts";
import {
  beginPlain,
  declaresFhir,
  doubt,
  endsEmpty,
  isEndTag,
  nextTag,
  type PlainScan,
  plainNameEnd,
  propertyAt,
  readAttributes,
  readEndTag,
  readValue,
} from "./plain-scan.ts";
import type { Primitive } from "./primitives.ts";
import { type Single, valueFrom } from "./reading.ts";
import type { FhirResource } from "./resource.ts";
import { base64Elements } from "./xml-names.ts";

/** An element whose tag is read, and the name that its end tag will have. */
interface Opened {
  readonly type: FhirType;
  readonly element: Growing;
  readonly name: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is sought
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const countAttachment = (scan: PlainScan): void => {
  scan.attachments += 1;
  if (scan.attachments > scan.limits.maxAttachments) doubt(scan);
};

const bytesOf = (scan: PlainScan, text: string): Uint8Array => {
  const bytes = decodeBase64(text);
  return bytes === undefined || bytes.length === 0 ? doubt(scan) : bytes;
};

const primitiveOf = (scan: PlainScan, primitive: Primitive, text: string): Single => {
  if (text === "") return doubt(scan);
  if (primitive.form === "bytes") return bytesOf(scan, text);
  return primitive.fits(text) ? valueFrom(primitive, text) : doubt(scan);
};

const takeAttribute = (scan: PlainScan, { type, element }: Opened, [name, text]: [string, string]): void => {
  const property = type.properties.get(name);
  if (property?.primitive !== undefined && property.isAttribute && element[name] === undefined)
    element[name] = primitiveOf(scan, property.primitive, text);
  else if (type === elementType() && name === "value" && scan.value === undefined) scan.value = text;
  else doubt(scan);
};

/** The value that was met among the attributes of a tag. */
const takeValue = (scan: PlainScan): string | undefined => {
  const { value } = scan;
  scan.value = undefined;
  return value;
};

/** The rest of an element whose tag is read up to its attributes. */
const readOpened = (scan: PlainScan, opened: Opened): void => {
  const isEmpty = readAttributes(scan, (name, text) => {
    takeAttribute(scan, opened, [name, text]);
  });
  if (!isEmpty) readContents(scan, opened);
  else if (!hasRequired(opened.type, opened.element)) doubt(scan);
};

/** A primitive with more than its value: an id or extensions. In an array they would stand at the same place of another. */
const readWholePrimitive = (scan: PlainScan, element: Growing, property: FhirProperty): void => {
  const { name, beside, primitive } = property;
  const more: Growing = {};
  const isEmpty = readAttributes(scan, (attribute, text) => {
    takeAttribute(scan, { type: elementType(), element: more, name }, [attribute, text]);
  });
  const text = takeValue(scan);
  if (!isEmpty) readContents(scan, { type: elementType(), element: more, name });
  const isMore = hasGrown(more);
  if (primitive === undefined || (text === undefined && !isMore)) doubt(scan);
  if (text !== undefined) put(element, property, primitiveOf(scan, primitive, text));
  if (!isMore) return;
  if (property.repeats) doubt(scan);
  element[beside] = more;
};

const put = (element: Growing, { name, repeats }: FhirProperty, value: Single): void => {
  const before = repeats ? element[name] : undefined;
  if (isList(before)) before.push(value);
  else element[name] = repeats ? [value] : value;
};

/** Nearly every primitive is a value and nothing else. */
const readPrimitive = (scan: PlainScan, element: Growing, property: FhirProperty): void => {
  const { primitive } = property;
  if (base64Elements.has(property.name)) countAttachment(scan);
  const { at, text } = scan;
  if (primitive !== undefined && text.startsWith(' value="', at)) {
    const value = readValue(scan, at + 8);
    if (endsEmpty(scan)) {
      put(element, property, primitiveOf(scan, primitive, value));
      return;
    }
    scan.at = at;
  }
  readWholePrimitive(scan, element, property);
};

const readComplex = (scan: PlainScan, property: FhirProperty): Growing => {
  const element: Growing = {};
  readOpened(scan, { type: contentOf(property), element, name: property.name });
  return hasGrown(element) ? element : doubt(scan);
};

/** The div of a narrative, whose name is read. */
const readNarrative = (scan: PlainScan): string => {
  const from = scan.at - "<div".length;
  const found = scanNarrativeAt(scan.text, from, scan.limits.maxDepth - scan.depth - 1);
  if (found === undefined || forbidden.test(found.xhtml)) return doubt(scan);
  scan.at = found.end;
  return found.xhtml;
};

/** The one resource in an entry, or contained. */
const readWrapped = (scan: PlainScan, name: string): FhirResource => {
  if (scan.text.charCodeAt(scan.at) !== 0x3e) doubt(scan);
  scan.at += 1;
  scan.depth += 1;
  const resource = readResource(scan);
  scan.depth -= 1;
  readEndTag(scan, nextTag(scan), name);
  return resource;
};

const readOne = (scan: PlainScan, property: FhirProperty): Single => {
  if (property.kind === "xhtml") return readNarrative(scan);
  return property.kind === "resource" ? readWrapped(scan, property.name) : readComplex(scan, property);
};

/** In the order of the definition, and again only what may be: of the types of a choice, which share an order, one. */
const checkOrder = (scan: PlainScan, property: FhirProperty, last: FhirProperty | undefined): void => {
  if (last === undefined || property.order > last.order) return;
  if (property !== last || !property.repeats) doubt(scan);
};

/** Everything of an element behind its first tag. */
const readContents = (scan: PlainScan, { type, element, name }: Opened): void => {
  scan.depth += 1;
  if (scan.depth + 1 >= scan.limits.maxDepth) doubt(scan);
  let last: FhirProperty | undefined;
  let tag = nextTag(scan);
  while (!isEndTag(scan, tag)) {
    const property = propertyAt(scan, type, tag + 1);
    checkOrder(scan, property, last);
    last = property;
    scan.at = tag + 1 + property.name.length;
    if (property.kind === "primitive") readPrimitive(scan, element, property);
    else put(element, property, readOne(scan, property));
    tag = nextTag(scan);
  }
  readEndTag(scan, tag, name);
  if (!hasRequired(type, element)) doubt(scan);
  scan.depth -= 1;
};

const readResource = (scan: PlainScan): FhirResource => {
  const tag = nextTag(scan);
  const end = plainNameEnd(scan.text, tag + 1);
  const type = resourceTypeNamed(scan.text.slice(tag + 1, end)) ?? doubt(scan);
  const element = { resourceType: type.name };
  scan.at = end;
  if (!declaresFhir(scan) && scan.depth === 0) doubt(scan);
  readOpened(scan, { type, element, name: type.name });
  return element;
};

const prolog = /^(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")? ?\?>)?/;

const readDocument = (scan: PlainScan): FhirResource => {
  scan.at = prolog.exec(scan.text)?.[0].length ?? 0;
  const resource = readResource(scan);
  return /^[ \n\t]*$/.test(scan.text.slice(scan.at)) ? resource : doubt(scan);
};

/** What is larger is read in pieces. */
const mostBytes = 64 * 1024;

/** No limit but those on depth and on the number of attachments can be met by a document of this size. */
const isSmall = ({ length }: Uint8Array, limits: DocumentLimits): boolean => {
  const { maxBytes, maxElements, maxTextLength, maxAttachmentBytes } = limits;
  return length <= Math.min(mostBytes, maxBytes, maxElements, maxTextLength, maxAttachmentBytes);
};

/**
 * FHIR's XML as nearly all of it is written, in one go: right in every way, of no other prefix or namespace than FHIR's own, with
 * blanks, elements and plain attributes and nothing else. `undefined` is any doubt: then the readers of all of XML are to say.
 */
export const readPlainXml = (bytes: Uint8Array, limits: DocumentLimits): FhirResource | undefined => {
  if (!isSmall(bytes, limits) || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const scan = beginPlain(text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text, limits);
  try {
    return readDocument(scan);
  } catch (error) {
    if (scan.isDoubtful) return undefined;
    throw error;
  }
};
