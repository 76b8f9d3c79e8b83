import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { beginBase64, readBase64 } from "./base64.ts";
import { type Building, stop } from "./build-tree.ts";
import { cutAt, type Encoding, isDoubtful, type Legible, openText, textBetween } from "./decode-text.ts";
import { longValue, nextRun, pieceBytes, type Span } from "./long-runs.ts";
import { beginScan, type Scan } from "./scan.ts";
import { type Extent, readOn } from "./scan-xml.ts";
import type { Base64Elements, XmlElement, XmlFault } from "./xml-tree.ts";

export type { XmlElement } from "./xml-tree.ts";
export type XmlLimits = DocumentLimits;
export const defaultLimits = defaultDocumentLimits;

/**
 * `partial`: what was whole before the fault, for saying to whom a refusal is owed and nothing else. Text of elements that
 * were not closed is left out of it. `line` is 1 for the first.
 */
export type XmlReading =
  | { ok: true; root: XmlElement; encoding: Encoding; doubtful: boolean }
  | { ok: false; code: XmlFault; line?: number; partial?: XmlElement };

const noBase64: Base64Elements = new Map();

/** A character is at most this many bytes. */
const maxCharacterBytes = 4;
const opening = 0x3c;

/** A document on its way into the reader. `fed`: bytes so far. */
interface Feeding {
  readonly scan: Scan;
  readonly legible: Legible;
  readonly limits: XmlLimits;
  fed: number;
  doubtful: boolean;
}

const feedPiece = (feeding: Feeding, { at, end }: Span, extent: Extent): void => {
  const { legible } = feeding;
  const text = textBetween(legible, at, end);
  feeding.fed = end;
  readOn(feeding.scan, text, extent);
  feeding.doubtful ||= feeding.scan.strange && isDoubtful(legible.encoding, text);
};

/** A part of the document, a piece at a time: a string of all would be a large document once more. */
const feedPieces = (feeding: Feeding, { at, end }: Span): void => {
  let from = at;
  while (from < end) {
    const to = end - from <= pieceBytes ? end : cutAt(feeding.legible, from + pieceBytes);
    feedPiece(feeding, { at: from, end: to }, to === end ? "all" : "worthwhile");
    from = to;
  }
};

const isAllRead = ({ scan }: Feeding): boolean => scan.at === scan.text.length;

/** The value of an attribute that holds base64, in a tag that the reader comes to next: but for text, all before it is read. */
const runInTag = ({ scan, legible }: Feeding, run: Span & { readonly tag: number }): Span | undefined => {
  if (scan.text.includes("<", scan.at)) return undefined;
  const value = longValue(legible.bytes, run, scan.base64);
  const isPlain = value !== undefined && !legible.bytes.subarray(value.at, value.end).includes("&");
  return isPlain ? value : undefined;
};

/** The text of the element that holds base64 and was just opened, without anything in it that must be read first. */
const isBase64Text = (feeding: Feeding, run: Span): boolean => {
  const { open } = feeding.scan.building;
  if (open === undefined || !isAllRead(feeding) || open.element.base64 !== undefined) return false;
  const holdsText = open.name.base64 !== undefined && open.name.base64.attribute === undefined;
  if (!holdsText || open.element.content.length > 0) return false;
  const text = feeding.legible.bytes.subarray(run.at, run.end);
  return text[0] !== opening && !text.includes("&");
};

/**
 * Base64 goes past the reader, which would make a string of it, and is decoded where it stands. What is no base64 of it
 * makes the value malformed, as it would have been.
 */
const decodeRun = (feeding: Feeding, run: Span): ReturnType<typeof beginBase64> => {
  const base64 = beginBase64();
  readBase64(base64, feeding.legible.bytes, { start: run.at, end: run.end });
  feeding.fed = run.end;
  return base64;
};

const feedRun = (feeding: Feeding, run: Span): void => {
  const { building } = feeding.scan;
  if (building.open !== undefined && isBase64Text(feeding, run)) {
    building.open.element.base64 = decodeRun(feeding, run);
    return;
  }
  if (run.end - run.at > feeding.limits.maxTextLength * maxCharacterBytes)
    stop(building, "document-too-large");
  feedPieces(feeding, run);
};

/** What comes before the first element is a line or two. More than a piece of it is a DOCTYPE, or nothing anybody sends. */
const checkProlog = ({ scan: { building }, legible }: Feeding, at: number): void => {
  if (building.root !== undefined || at < pieceBytes) return;
  const hasDoctype = legible.bytes.subarray(0, pieceBytes).includes("<!DOCTYPE");
  stop(building, hasDoctype ? "xml-forbidden" : "document-too-large");
};

const feedAll = (feeding: Feeding): void => {
  const { bytes, start } = feeding.legible;
  let at = start;
  while (at < bytes.length) {
    const run = nextRun(bytes, at);
    feedPieces(feeding, { at, end: run.tag });
    const value = runInTag(feeding, run);
    const long = value ?? run;
    feedPieces(feeding, { at: run.tag, end: long.at });
    if (value === undefined) {
      checkProlog(feeding, run.at);
      feedRun(feeding, run);
    } else feeding.scan.held = decodeRun(feeding, value);
    at = long.end;
  }
  readOn(feeding.scan, "", "document");
};

/** XML 1.0, section 2.11: a line ends at a line feed, a carriage return, or both. */
const linesIn = (text: Buffer): number => {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1))
    if (text[at + 1] !== 0x0a) lines += 1;
  return lines;
};

const lineOfFault = ({ scan, legible, fed }: Feeding): number =>
  1 +
  linesIn(legible.bytes.subarray(0, fed)) -
  linesIn(Buffer.from(scan.text.slice(scan.at))) -
  linesIn(Buffer.from(scan.behind ?? ""));

/** An unclosed element may have half a value: a cut-off number must not name anyone. */
const withoutHalfValues = ({ open, root }: Building): XmlElement | undefined => {
  for (let at = open; at !== undefined; at = at.outer) {
    const { content } = at.element;
    const whole = content.filter((part) => typeof part !== "string");
    content.splice(0, content.length, ...whole);
  }
  return root;
};

const readAll = (feeding: Feeding): void => {
  const { start, bytes } = feeding.legible;
  if (bytes.length > pieceBytes) feedAll(feeding);
  else feedPiece(feeding, { at: start, end: bytes.length }, "document");
};

const readTree = (legible: Legible, limits: XmlLimits, base64: Base64Elements): XmlReading => {
  const scan = beginScan(limits, base64);
  const feeding: Feeding = { scan, legible, limits, fed: legible.start, doubtful: false };
  const { building } = scan;
  try {
    readAll(feeding);
  } catch (error) {
    if (building.fault === undefined) throw error;
    const partial = withoutHalfValues(building);
    const line = lineOfFault(feeding);
    return { ok: false, code: building.fault, line, ...(partial === undefined ? {} : { partial }) };
  }
  if (building.root === undefined) return { ok: false, code: "xml-malformed" };
  return { ok: true, root: building.root, encoding: legible.encoding, doubtful: feeding.doubtful };
};

/**
 * Bytes as a namespace-aware tree. Strict XML 1.0; a DOCTYPE of any kind is refused, so there are no entities but XML's
 * own five, and nothing outside the document is ever read.
 */
export const readXml = (
  bytes: Uint8Array,
  limits: XmlLimits = defaultLimits,
  base64: Base64Elements = noBase64,
): XmlReading => {
  if (bytes.byteLength > limits.maxBytes) return { ok: false, code: "document-too-large" };
  const legible = openText(bytes);
  return legible.ok ? readTree(legible, limits, base64) : { ok: false, code: "encoding-unknown" };
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
