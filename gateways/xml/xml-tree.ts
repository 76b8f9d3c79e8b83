import { SaxesParser, type SaxesTagNS } from "saxes";
import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import { type Base64Reading, beginBase64, decodeBase64, readBase64Text } from "./base64.ts";

interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** An element as it was written: comments and processing instructions are gone, CDATA is text, adjacent text is one string. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** Without namespace declarations and `xsi:` hints, which say nothing. */
  readonly attributes: readonly XmlAttribute[];
  readonly content: (XmlElement | string)[];
  /** The text of an element of large base64, which is in no string. */
  base64?: Base64Reading;
}

export type XmlFault =
  | "document-too-large"
  | "encoding-unknown"
  | "xml-malformed"
  | "xml-forbidden"
  | "xml-too-deep";

/** The elements, by local name, that hold base64, and whether each holds an attachment or a whole document. */
export type Base64Elements = ReadonlyMap<string, "attachment" | "document">;

const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
const xmlnsUri = "http://www.w3.org/2000/xmlns/";
const none: readonly XmlAttribute[] = [];
/** No name of MedCom's is longer; a longer one counts as text. */
const nameLength = 64;
const shortText = 64 * 1024;

const attributesOf = (tag: SaxesTagNS): readonly XmlAttribute[] => {
  let found: XmlAttribute[] | undefined;
  for (const name in tag.attributes) {
    const attribute = tag.attributes[name];
    if (attribute === undefined || attribute.uri === xmlnsUri || attribute.uri === schemaInstance) continue;
    found ??= [];
    found.push({ uri: attribute.uri, local: attribute.local, value: attribute.value });
  }
  return found ?? none;
};

/** A tree being built, and how much of what is allowed has been used. */
export interface Building {
  root: XmlElement | undefined;
  current: XmlElement | undefined;
  readonly open: XmlElement[];
  elements: number;
  attachments: number;
  textLength: number;
  /** Where the last tag ended, as the parser counts. */
  tagEnd: number;
  fault: XmlFault | undefined;
  readonly base64: Base64Elements;
}

export const beginTree = (base64: Base64Elements): Building => ({
  base64,
  root: undefined,
  current: undefined,
  open: [],
  elements: 0,
  attachments: 0,
  textLength: 0,
  tagEnd: -1,
  fault: undefined,
});

/** saxes is stopped by throwing out of its handlers; `building.fault` tells such a stop from a defect of ours. */
export const stop = (building: Building, fault: XmlFault): never => {
  building.fault = fault;
  throw new Error(fault);
};

const countText = (building: Building, length: number, limits: DocumentLimits): void => {
  building.textLength += length;
  if (building.textLength > limits.maxTextLength) stop(building, "document-too-large");
};

const countElement = (building: Building, name: string, limits: DocumentLimits): void => {
  building.elements += 1;
  if (building.elements > limits.maxElements) stop(building, "xml-too-deep");
  if (name.length > nameLength) countText(building, name.length, limits);
};

const openElement = (building: Building, tag: SaxesTagNS, limits: DocumentLimits): void => {
  countElement(building, tag.name, limits);
  if (building.open.length >= limits.maxDepth) stop(building, "xml-too-deep");
  if (building.base64.get(tag.local) === "attachment" && ++building.attachments > limits.maxAttachments)
    stop(building, "document-too-large");
  const element = { uri: tag.uri, local: tag.local, attributes: attributesOf(tag), content: [] };
  building.current?.content.push(element);
  building.root ??= element;
  building.open.push(element);
  building.current = element;
};

/** The size is counted only where it can be too much. */
const isTooLarge = (
  { content, base64 }: XmlElement,
  { maxAttachmentBytes: max }: DocumentLimits,
): boolean => {
  if (base64 !== undefined) return base64.length + Math.max(0, base64.held - 1) > max;
  const text = content.filter((part) => typeof part === "string").join("");
  return (text.length / 4) * 3 > max && (decodeBase64(text)?.length ?? 0) > max;
};

const closeElement = (building: Building, limits: DocumentLimits): void => {
  const element = building.open.pop();
  if (
    element !== undefined &&
    building.base64.get(element.local) === "attachment" &&
    isTooLarge(element, limits)
  )
    stop(building, "document-too-large");
  building.current = building.open.at(-1);
};

/** Base64 that is long, or in several pieces, is decoded as it comes. */
const addBase64 = (element: XmlElement, text: string): void => {
  if (element.base64 === undefined && element.content.length === 0 && text.length <= shortText) {
    element.content.push(text);
    return;
  }
  if (element.base64 === undefined) {
    element.base64 = beginBase64();
    for (const part of element.content) if (typeof part === "string") readBase64Text(element.base64, part);
    const children = element.content.filter((part) => typeof part !== "string");
    element.content.splice(0, element.content.length, ...children);
  }
  readBase64Text(element.base64, text);
};

const addText = (building: Building, text: string, limits: DocumentLimits): void => {
  const { current } = building;
  if (current === undefined) return;
  if (building.base64.has(current.local)) {
    addBase64(current, text);
    return;
  }
  countText(building, text.length, limits);
  const { content } = current;
  const last = content.at(-1);
  if (typeof last === "string") content[content.length - 1] = last + text;
  else content.push(text);
};

/** A parser that builds the tree. It throws at the first fault, and at the first limit that is passed. */
export const parserFor = (building: Building, limits: DocumentLimits): SaxesParser<{ xmlns: true }> => {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: "1.0",
    forceXMLVersion: true,
  });
  parser.on("attribute", ({ name, value }) => {
    countElement(building, name, limits);
    countText(building, value.length, limits);
  });
  parser.on("opentag", (tag) => {
    openElement(building, tag, limits);
    building.tagEnd = parser.position;
  });
  parser.on("closetag", () => {
    closeElement(building, limits);
    building.tagEnd = parser.position;
  });
  const onText = (text: string): void => {
    addText(building, text, limits);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("doctype", () => stop(building, "xml-forbidden"));
  parser.on("error", () => stop(building, "xml-malformed"));
  return parser;
};
