import { SaxesParser, type SaxesTagNS } from "saxes";
import { type Decoded, decodeText, type Encoding } from "./decode-text.ts";

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
}

export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
}

/** 100 MB is what VANS allows for a whole message (MedCom governance for the network layer). */
export const defaultLimits: XmlLimits = { maxBytes: 100_000_000, maxDepth: 64, maxElements: 200_000 };

type XmlFault =
  | "document-too-large"
  | "encoding-unknown"
  | "xml-malformed"
  | "xml-forbidden"
  | "xml-too-deep";

/**
 * `partial`: what was whole before the fault, for saying to whom a refusal is owed and nothing else. Text of elements that
 * were not closed is left out of it. `line` is 1 for the first.
 */
export type XmlReading =
  | { ok: true; root: XmlElement; encoding: Encoding; doubtful: boolean }
  | { ok: false; code: XmlFault; line?: number; partial?: XmlElement };

const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
const xmlnsUri = "http://www.w3.org/2000/xmlns/";
const none: readonly XmlAttribute[] = [];

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

interface Building {
  root: XmlElement | undefined;
  current: XmlElement | undefined;
  readonly open: XmlElement[];
  elements: number;
  fault: XmlFault | undefined;
}

/** saxes is stopped by throwing out of its handlers; `building.fault` tells such a stop from a defect of ours. */
const stop = (building: Building, fault: XmlFault): never => {
  building.fault = fault;
  throw new Error(fault);
};

const openElement = (building: Building, tag: SaxesTagNS, limits: XmlLimits): void => {
  building.elements += 1;
  if (building.elements > limits.maxElements || building.open.length >= limits.maxDepth)
    stop(building, "xml-too-deep");
  const element = { uri: tag.uri, local: tag.local, attributes: attributesOf(tag), content: [] };
  building.current?.content.push(element);
  building.root ??= element;
  building.open.push(element);
  building.current = element;
};

const addText = (building: Building, text: string): void => {
  const content = building.current?.content;
  if (content === undefined) return;
  const last = content.at(-1);
  if (typeof last === "string") content[content.length - 1] = last + text;
  else content.push(text);
};

const parserFor = (building: Building, limits: XmlLimits): SaxesParser<{ xmlns: true }> => {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: "1.0",
    forceXMLVersion: true,
  });
  parser.on("opentag", (tag) => {
    openElement(building, tag, limits);
  });
  parser.on("closetag", () => {
    building.open.pop();
    building.current = building.open.at(-1);
  });
  const onText = (text: string): void => {
    addText(building, text);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("doctype", () => stop(building, "xml-forbidden"));
  parser.on("error", () => stop(building, "xml-malformed"));
  return parser;
};

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
};

/** An unclosed element may have half a value: a cut-off number must not name anyone. */
const withoutHalfValues = (building: Building): XmlElement | undefined => {
  for (const element of building.open) {
    const whole = element.content.filter((part) => typeof part !== "string");
    element.content.splice(0, element.content.length, ...whole);
  }
  return building.root;
};

const readTree = (decoded: Decoded & { ok: true }, limits: XmlLimits): XmlReading => {
  const building: Building = { root: undefined, current: undefined, open: [], elements: 0, fault: undefined };
  const parser = parserFor(building, limits);
  try {
    parser.write(decoded.text).close();
  } catch (error) {
    if (building.fault === undefined) throw error;
    const partial = withoutHalfValues(building);
    const line = lineAt(decoded.text, parser.position);
    return { ok: false, code: building.fault, line, ...(partial === undefined ? {} : { partial }) };
  }
  if (building.root === undefined) return { ok: false, code: "xml-malformed" };
  return { ok: true, root: building.root, encoding: decoded.encoding, doubtful: decoded.doubtful };
};

/**
 * Bytes as a namespace-aware tree. Strict XML 1.0; a DOCTYPE of any kind is refused, so there are no entities but XML's
 * own five, and nothing outside the document is ever read.
 */
export const readXml = (bytes: Uint8Array, limits: XmlLimits = defaultLimits): XmlReading => {
  if (bytes.byteLength > limits.maxBytes) return { ok: false, code: "document-too-large" };
  const decoded = decodeText(bytes);
  return decoded.ok ? readTree(decoded, limits) : { ok: false, code: "encoding-unknown" };
};

export const childrenOf = (element: XmlElement): XmlElement[] =>
  element.content.filter((part) => typeof part !== "string");

/** The text of a leaf along a path of local names, whatever their namespace; `undefined` when absent, blank or too long. */
export const textAlong = (
  element: XmlElement | undefined,
  path: readonly string[],
  max: number,
): string | undefined => {
  let at = element;
  for (const name of path) at = at === undefined ? undefined : childrenOf(at).find((c) => c.local === name);
  const text = at?.content.length === 1 && typeof at.content[0] === "string" ? at.content[0].trim() : "";
  return text === "" || text.length > max ? undefined : text;
};
