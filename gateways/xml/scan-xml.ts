import { addText, stop } from "./build-tree.ts";
import { endOfReference, withoutReferences } from "./references.ts";
import { blanksEnd, cut, isOdd, malformed, type Scan } from "./scan.ts";
import { readExclamation, readInstruction } from "./scan-markup.ts";
import { readEndTag, readStartTag } from "./scan-tag.ts";

const slash = 0x2f;
const exclamation = 0x21;
const question = 0x3f;
const byteOrderMark = 0xfeff;
/** A character is at most this many bytes; what is no text of the tree may be as long as the longest text is in bytes. */
const maxCharacterBytes = 4;

/** XML 1.0, production 2: no control character but blanks, and neither of the two that are none. No string here has half a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is sought
const strange = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is sought
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** How far a piece is to be read: as far as it is worth it, as far as it goes, or to the end of the document. */
export type Extent = "worthwhile" | "all" | "document";

/** Text whose references are known, up to a place: `]]>` does not stand in it. */
const checkText = (scan: Scan, from: number, end: number): void => {
  for (let at = from; isOdd(scan, at, end); at += 1) {
    if (scan.mark < scan.ampersand) malformed(scan, scan.mark + 3);
    at = endOfReference(scan, scan.ampersand);
    if (at === cut) malformed(scan, end);
  }
};

/** Text outside the root is blank. */
const checkOutside = (scan: Scan, from: number, end: number): void => {
  if (blanksEnd(scan.text, from) >= end) return;
  isOdd(scan, from, end);
  malformed(scan, Math.min(scan.ampersand, end));
};

const readText = (scan: Scan, from: number, end: number): void => {
  const { building, text } = scan;
  const { open } = building;
  if (open === undefined) {
    checkOutside(scan, from, end);
    return;
  }
  const raw = text.slice(from, end);
  if (!isOdd(scan, from, end)) {
    addText(building, open, raw);
    return;
  }
  checkText(scan, from, end);
  addText(building, open, withoutReferences(raw));
};

const readMarkup = (scan: Scan, tag: number): number => {
  switch (scan.text.charCodeAt(tag + 1)) {
    case slash:
      return readEndTag(scan, tag);
    case exclamation:
      return readExclamation(scan, tag);
    case question:
      return readInstruction(scan, tag);
    default:
      return readStartTag(scan, tag);
  }
};

/** Whole texts and whole markup, one after another; `scan.at` is where it stops. */
const readTokens = (scan: Scan): void => {
  const { text } = scan;
  let { at } = scan;
  while (at < text.length) {
    const tag = scan.tag >= at ? scan.tag : text.indexOf("<", at);
    if (tag === -1) return;
    scan.at = tag;
    if (tag > at) readText(scan, at, tag);
    at = readMarkup(scan, tag);
    if (at === cut) return;
    scan.at = at;
  }
};

/** Where a document is told to end too early: an XML declaration, of which one line is all there should be, where it begins. */
const earlyEnd = ({ text, at, start }: Scan): number =>
  at === start && text.startsWith("<?xml", at) ? at : text.length;

/** What is left at the end of a document: text, or markup that is not all there. */
const readEnd = (scan: Scan): void => {
  const { text, building } = scan;
  const end = text.length;
  if (!text.includes("<", scan.at)) readText(scan, scan.at, end);
  else malformed(scan, earlyEnd(scan));
  if (building.open !== undefined || building.root === undefined || scan.behind !== undefined)
    malformed(scan, end);
  scan.at = end;
};

/** A piece as far as XML allows its characters, with its line breaks made one (XML 1.0, section 2.11). */
const soundPart = (scan: Scan, piece: string): string => {
  scan.strange = strange.test(piece);
  const at = scan.strange ? piece.search(forbidden) : -1;
  if (at !== -1) scan.behind = piece.slice(at);
  const sound = at === -1 ? piece : piece.slice(0, at);
  return sound.includes("\r") ? sound.replace(/\r\n?/g, "\n") : sound;
};

const takeInHand = (scan: Scan, piece: string): void => {
  const { text, at, start } = scan;
  const isFirst = text === "" && start === 0;
  scan.text = at === text.length ? piece : text.slice(at) + piece;
  scan.at = isFirst && piece.charCodeAt(0) === byteOrderMark ? 1 : 0;
  scan.start = isFirst ? scan.at : at === start ? 0 : -1;
  scan.tag = cut;
  scan.ampersand = cut;
  scan.mark = cut;
};

/**
 * Reads on with a piece of the document, which must not end between the two halves of a character or of a line break.
 * What is not all there waits; as it grows it is looked at again each time it has doubled, and when it is asked for.
 */
export const readOn = (scan: Scan, piece: string, extent: Extent): void => {
  const { building } = scan;
  takeInHand(scan, soundPart(scan, piece));
  if (extent === "worthwhile" && scan.text.length < scan.wanted && scan.behind === undefined) return;
  readTokens(scan);
  if (extent === "document" || scan.behind !== undefined) {
    readEnd(scan);
    return;
  }
  const left = scan.text.length - scan.at;
  if (left > building.limits.maxTextLength * maxCharacterBytes) stop(building, "document-too-large");
  scan.wanted = 2 * left;
};
