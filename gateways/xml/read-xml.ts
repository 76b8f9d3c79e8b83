import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { beginBase64, readBase64 } from "./base64.ts";
import { cutAt, type Encoding, isDoubtful, type Legible, openText, textBetween } from "./decode-text.ts";
import {
  type Base64Elements,
  type Building,
  beginTree,
  parserFor,
  stop,
  type XmlElement,
  type XmlFault,
} from "./xml-tree.ts";

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

/** The parser is given this much at once: a string of all would be a large document once more. */
const pieceBytes = 64 * 1024;
/** Text without markup that is longer than this is looked at by itself: in large documents it is mostly base64. */
const longRunBytes = 4 * 1024;
/** A character is at most this many bytes. */
const maxCharacterBytes = 4;
const opening = 0x3c;
const closing = 0x3e;

/** A document on its way into the parser. `fed`: characters so far; `piece`: the text that the parser has now. */
interface Feeding {
  readonly parser: ReturnType<typeof parserFor>;
  readonly building: Building;
  readonly legible: Legible;
  readonly limits: XmlLimits;
  fed: number;
  piece: { readonly at: number; readonly text: string; readonly before: number };
  doubtful: boolean;
}

interface Span {
  readonly at: number;
  readonly end: number;
}

const feedPiece = (feeding: Feeding, { at, end }: Span): void => {
  const { legible, parser } = feeding;
  const text = textBetween(legible, at, end);
  feeding.piece = { at, text, before: feeding.fed };
  feeding.doubtful ||= isDoubtful(legible.encoding, text);
  parser.write(text);
  feeding.fed += text.length;
};

const feedPieces = (feeding: Feeding, { at, end }: Span): void => {
  let from = at;
  while (from < end) {
    const to = end - from <= pieceBytes ? end : cutAt(feeding.legible, from + pieceBytes);
    feedPiece(feeding, { at: from, end: to });
    from = to;
  }
};

/**
 * The next long run of text without markup, or an empty one where a piece ends. `at` is behind the tag that comes before it;
 * a run that does not follow a tag is in a comment or the like, or is a tag itself.
 */
const nextRun = ({ bytes }: Legible, from: number): Span => {
  let mark = from;
  while (mark - from < pieceBytes) {
    const found = bytes.indexOf(opening, mark + 1);
    const end = found === -1 ? bytes.length : found;
    if (end - mark > longRunBytes) {
      const tagEnd = bytes.indexOf(closing, mark) + 1;
      return { at: tagEnd > 0 && tagEnd < end ? tagEnd : mark, end };
    }
    if (end === bytes.length) return { at: end, end };
    mark = end;
  }
  return { at: mark, end: mark };
};

/**
 * Base64 directly behind its opening tag goes past the parser, which would make a string of it, and is decoded where it
 * stands. What is no base64 of it makes the value malformed, as it would have been.
 */
const takesBase64 = ({ building, fed, legible }: Feeding, run: Span): boolean => {
  const { current, tagEnd } = building;
  if (current === undefined || tagEnd !== fed || current.content.length > 0) return false;
  const text = legible.bytes.subarray(run.at, run.end);
  return building.base64.has(current.local) && text[0] !== opening && !text.includes("&");
};

const feedRun = (feeding: Feeding, run: Span): void => {
  const { building, legible, limits } = feeding;
  if (takesBase64(feeding, run)) {
    const { current } = building;
    if (current === undefined) return;
    current.base64 = beginBase64();
    readBase64(current.base64, legible.bytes, { start: run.at, end: run.end });
    return;
  }
  feeding.piece = { at: run.at, text: "", before: feeding.fed };
  if (run.end - run.at > limits.maxTextLength * maxCharacterBytes) stop(building, "document-too-large");
  feedPieces(feeding, run);
};

/** What comes before the first element is a line or two. More than a piece of it is a DOCTYPE, or nothing anybody sends. */
const checkProlog = ({ building, legible }: Feeding, at: number): void => {
  if (building.root !== undefined || at < pieceBytes) return;
  const hasDoctype = legible.bytes.subarray(0, pieceBytes).includes("<!DOCTYPE");
  stop(building, hasDoctype ? "xml-forbidden" : "document-too-large");
};

const feedAll = (feeding: Feeding): void => {
  const { bytes, start } = feeding.legible;
  if (bytes.length <= pieceBytes) {
    feedPiece(feeding, { at: start, end: bytes.length });
    return;
  }
  let at = start;
  while (at < bytes.length) {
    const run = nextRun(feeding.legible, at);
    feedPieces(feeding, { at, end: run.at });
    checkProlog(feeding, run.at);
    feedRun(feeding, run);
    at = run.end;
  }
};

const linesIn = (bytes: Buffer, end: number): number => {
  let lines = 0;
  for (let at = bytes.indexOf("\n"); at !== -1 && at < end; at = bytes.indexOf("\n", at + 1)) lines += 1;
  return lines;
};

const lineOfFault = ({ parser, legible, piece }: Feeding): number => {
  const { at, text, before } = piece;
  const read = Buffer.from(text.slice(0, Math.max(0, parser.position - before)));
  return 1 + linesIn(legible.bytes, at) + linesIn(read, read.length);
};

/** An unclosed element may have half a value: a cut-off number must not name anyone. */
const withoutHalfValues = (building: Building): XmlElement | undefined => {
  for (const element of building.open) {
    const whole = element.content.filter((part) => typeof part !== "string");
    element.content.splice(0, element.content.length, ...whole);
  }
  return building.root;
};

const readTree = (legible: Legible, limits: XmlLimits, base64: Base64Elements): XmlReading => {
  const building = beginTree(base64);
  const parser = parserFor(building, limits);
  const piece = { at: 0, text: "", before: 0 };
  const feeding: Feeding = { parser, building, legible, limits, fed: 0, piece, doubtful: false };
  try {
    feedAll(feeding);
    parser.close();
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
