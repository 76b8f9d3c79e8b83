import type { Base64Reading } from "./base64.ts";
import { type Building, beginTree, stop } from "./build-tree.ts";
import { outermostScope, type Scope, type SplitName } from "./namespaces.ts";
import type { Base64Elements, XmlAttribute, XmlFault } from "./xml-tree.ts";

/** An attribute as it was written; `end` is behind its value. */
export interface WrittenAttribute {
  readonly name: SplitName;
  readonly value: string;
  readonly end: number;
}

/**
 * A document being read. `text` is what is in hand of it, from the first thing that is not read whole; `at` is how far it is
 * read, and after a fault where that is. The places of the next things that are looked for stay true until they are passed.
 */
export interface Scan {
  readonly building: Building;
  readonly base64: Base64Elements;
  readonly names: Map<string, SplitName>;
  /** That of the attribute before. */
  lastName: SplitName | undefined;
  /** Those of the tag in hand. */
  attributes: WrittenAttribute[];
  scope: Scope;
  text: string;
  at: number;
  /** Where an XML declaration may still stand; -1 once there is anything before it. */
  start: number;
  /** The last piece has a character that XML forbids, or one of 80-9F, which few mean. */
  strange: boolean;
  /** What comes after a character that XML does not allow, which ends the document. */
  behind: string | undefined;
  /** Not before there is this much text in hand is it worth reading on. */
  wanted: number;
  /** The next `<`, `&` and `]]>`, or a place that is passed. */
  tag: number;
  ampersand: number;
  mark: number;
  /** Base64 of the attribute that is being read, decoded past the reader. */
  held: Base64Reading | undefined;
}

/** What stands at the end of the text in hand is not all there: it is read again with what follows. */
export const cut = -1;
export const noAttributes: readonly XmlAttribute[] = [];

export const beginScan = (limits: Building["limits"], base64: Base64Elements): Scan => ({
  building: beginTree(limits),
  base64,
  names: new Map(),
  lastName: undefined,
  attributes: [],
  scope: outermostScope(),
  text: "",
  at: 0,
  start: 0,
  strange: false,
  behind: undefined,
  wanted: 0,
  tag: cut,
  ampersand: cut,
  mark: cut,
  held: undefined,
});

/** Ends the reading at a place. */
export const stopAt: (scan: Scan, at: number, fault: XmlFault) => never = (scan, at, fault) => {
  scan.at = Math.min(at, scan.text.length);
  return stop(scan.building, fault);
};
export const malformed: (scan: Scan, at: number) => never = (scan, at) => stopAt(scan, at, "xml-malformed");

export const blanksEnd = (text: string, from: number): number => {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return at;
    at += 1;
  }
};

/** The place of something at or behind another, or the end of the text. */
const next = (text: string, sought: string, from: number): number => {
  const found = text.indexOf(sought, from);
  return found === -1 ? text.length : found;
};

/** Something in a text must be looked at: a reference, or `]]>`. Each is looked for once, however many texts it is behind. */
export const isOdd = (scan: Scan, from: number, end: number): boolean => {
  if (scan.ampersand < from) scan.ampersand = next(scan.text, "&", from);
  if (scan.mark < from) scan.mark = next(scan.text, "]]>", from);
  return scan.ampersand < end || scan.mark < end;
};
