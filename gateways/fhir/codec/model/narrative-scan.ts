import { isAllowedAttribute, isAllowedElement, isEmptyElement, xhtmlUri } from "./narrative.ts";

const opening = `<div xmlns="${xhtmlUri}"`;

/** Text up to a tag, and the tag: whether it closes, its name, its attributes, whether it closes itself. */
const piece =
  /([^<>&\r]*(?:&(?:amp|lt|gt);[^<>&\r]*)*)<(\/?)([a-z][a-z0-9]*)((?: [a-z:]+="[^"<>&\t\n\r]*(?:&(?:amp|lt|gt|quot);[^"<>&\t\n\r]*)*")*)( ?\/?)>/y;
/** What is left of the first tag behind its namespace. */
const first = /((?: [a-z:]+="[^"<>&\t\n\r]*(?:&(?:amp|lt|gt|quot);[^"<>&\t\n\r]*)*")*)>/y;
const attribute = / ([a-z:]+)="([^"]*)"/y;
const everyReference = /&(amp|lt|gt|quot);/g;
const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const unescaped = (value: string): string =>
  value.includes("&") ? value.replace(everyReference, (_, name: string) => characters[name] ?? "") : value;

const areAllowed = (attributes: string): boolean => {
  const names: string[] = [];
  attribute.lastIndex = 0;
  while (attribute.lastIndex < attributes.length) {
    const [, name = "", value = ""] = attribute.exec(attributes) ?? [];
    if (names.includes(name) || !isAllowedAttribute(name, unescaped(value))) return false;
    names.push(name);
  }
  return true;
};

/** A narrative on its way. `written`: what is written already of the text before `from`. */
interface Scan {
  readonly text: string;
  readonly open: string[];
  at: number;
  from: number;
  written: string;
  hasContent: boolean;
}

/** Writes an element without content as all of them are written: `<p/>` with an end tag, `<br />` without its blank. */
const writeClosed = (scan: Scan, name: string, end: string): void => {
  const tagEnd = scan.at - end.length - 1;
  scan.written += scan.text.slice(scan.from, tagEnd) + (isEmptyElement(name) ? "/>" : `></${name}>`);
  scan.from = scan.at;
};

interface Piece {
  readonly text: string;
  readonly closes: boolean;
  readonly name: string;
  readonly attributes: string;
  readonly end: string;
}

const nextPiece = (scan: Scan): Piece | undefined => {
  piece.lastIndex = scan.at;
  const found = piece.exec(scan.text);
  if (found === null) return undefined;
  scan.at = piece.lastIndex;
  const [, text = "", slash, name = "", attributes = "", end = ""] = found;
  return { text, closes: slash === "/", name, attributes, end };
};

const isAllowed = ({ name, attributes, closes }: Piece): boolean =>
  isAllowedElement(name) && (attributes === "" || (!closes && areAllowed(attributes)));

/** @returns whether the tag is one that leaves no doubt. */
const takeTag = (scan: Scan, { name, end, closes }: Piece): boolean => {
  if (closes) return end === "" && !isEmptyElement(name) && scan.open.pop() === name;
  if (name === "img") scan.hasContent = true;
  if (end.endsWith("/")) {
    if (end !== "/" || !isEmptyElement(name)) writeClosed(scan, name, end);
    return true;
  }
  scan.open.push(name);
  return end === "" && !isEmptyElement(name);
};

const takePiece = (scan: Scan): boolean => {
  const found = nextPiece(scan);
  if (found === undefined || !isAllowed(found)) return false;
  if (!scan.hasContent && found.text !== "") scan.hasContent = /\S/.test(found.text);
  return takeTag(scan, found);
};

/**
 * Most narratives are written as the hub writes them, or nearly: of such a one that begins at a place, what the reader of XML would
 * make of it, and where it ends. `undefined` is any doubt: then that reader is to say.
 */
export const scanNarrativeAt = (
  text: string,
  from: number,
  maxDepth: number,
): { readonly xhtml: string; readonly end: number } | undefined => {
  first.lastIndex = from + opening.length;
  const found = text.startsWith(opening, from) ? first.exec(text) : null;
  if (found === null || !areAllowed(found[1] ?? "")) return undefined;
  const scan: Scan = { text, open: ["div"], at: first.lastIndex, from, written: "", hasContent: false };
  while (scan.open.length > 0) if (scan.open.length >= maxDepth || !takePiece(scan)) return undefined;
  const { at: end } = scan;
  return scan.hasContent ? { xhtml: scan.written + text.slice(scan.from, end), end } : undefined;
};

/** The same of a whole text. */
export const scanNarrative = (text: string, maxDepth: number): string | undefined => {
  const found = scanNarrativeAt(text, 0, maxDepth);
  return found?.end === text.length ? found.xhtml : undefined;
};
