import {
  addElement,
  closeElement,
  countAttachment,
  countText,
  liftBase64,
  type OpenElement,
} from "./build-tree.ts";
import { endOfName, startsName } from "./names.ts";
import { type ElementName, elementName, type NameInText } from "./namespaces.ts";
import { blanksEnd, cut, isOdd, malformed, noAttributes, type Scan, type WrittenAttribute } from "./scan.ts";
import { countAttributes, readAttributes, resolveAttributes, scopeOf } from "./scan-attributes.ts";
import type { XmlAttribute, XmlElement } from "./xml-tree.ts";

const slash = 0x2f;
const greater = 0x3e;

/** An element and what its tag says of it. */
const makeElement = (scan: Scan, name: ElementName, attributes: readonly XmlAttribute[]): XmlElement => {
  const { building, held } = scan;
  const holder = name.base64;
  if (holder === undefined) return addElement(building, name, { attributes, content: [] });
  const lifted = liftBase64(holder, attributes, held);
  scan.held = undefined;
  const element = addElement(building, name, { attributes: lifted.attributes, content: [] });
  countAttachment(building, holder);
  if (lifted.base64 !== undefined) element.base64 = lifted.base64;
  return element;
};

const open = ({ building }: Scan, opened: OpenElement): void => {
  building.open = opened;
  building.depth += 1;
};

/** Ends the innermost element. What its tag declared is out of force. */
const close = (scan: Scan, opened: OpenElement): void => {
  closeElement(scan.building, opened);
  scan.scope = opened.scope;
};

/**
 * The element of a tag without attributes. Most hold text and nothing else, so their end is looked for at once.
 * @returns where its tag ends, or the whole element.
 */
const readPlain = (scan: Scan, name: ElementName, at: number): number => {
  const { text, building } = scan;
  const { written } = name;
  const tag = text.indexOf("<", at);
  const end = tag + written.length + 2;
  scan.tag = tag;
  const isLeaf = tag !== -1 && text.charCodeAt(end) === greater && text.startsWith(`/${written}`, tag + 1);
  if (!isLeaf || name.base64 !== undefined || isOdd(scan, at, tag)) {
    const element = makeElement(scan, name, noAttributes);
    open(scan, { element, name, outer: building.open, scope: scan.scope });
    return at;
  }
  addElement(building, name, { attributes: noAttributes, content: tag === at ? [] : [text.slice(at, tag)] });
  countText(building, tag - at);
  return end + 1;
};

/** The element of a tag whose attributes are read, which ends with the sign at a place. */
const readWhole = (
  scan: Scan,
  tagName: NameInText,
  tag: { readonly attributes: readonly WrittenAttribute[]; readonly sign: number },
): number => {
  const { building, text, scope } = scan;
  const isEmpty = text.charCodeAt(tag.sign) === slash;
  const end = tag.sign + (isEmpty ? 2 : 1);
  scan.scope = scopeOf(scope, tag.attributes);
  const name = elementName(scan.scope, tagName, scan.base64) ?? malformed(scan, end);
  const attributes = resolveAttributes(scan, tag.attributes, end);
  countAttributes(scan, tag.attributes, name.base64);
  scan.at = end;
  const element = makeElement(scan, name, attributes);
  if (isEmpty && name.base64 === undefined) scan.scope = scope;
  else {
    const opened = { element, name, outer: building.open, scope };
    open(scan, opened);
    if (isEmpty) close(scan, opened);
  }
  return end;
};

/** Everything of a tag behind its name. */
const readTagBody = (scan: Scan, name: NameInText): number => {
  const { text } = scan;
  const sign = readAttributes(scan, name.end);
  if (sign === cut) return cut;
  if (text.charCodeAt(sign) === slash) {
    if (sign + 1 >= text.length) return cut;
    if (text.charCodeAt(sign + 1) !== greater) return malformed(scan, sign + 2);
  }
  return readWhole(scan, name, { attributes: scan.attributes, sign });
};

/** A start tag. @returns where it ends, or where its element does. */
export const readStartTag = (scan: Scan, tag: number): number => {
  const { text, building } = scan;
  const from = tag + 1;
  if (from >= text.length) return cut;
  if (!startsName(text, from)) return malformed(scan, from + 1);
  const end = endOfName(text, from);
  if (end >= text.length) return cut;
  if (building.open === undefined && building.root !== undefined) return malformed(scan, end + 1);
  const written = { text, from, end };
  if (text.charCodeAt(end) !== greater) return readTagBody(scan, written);
  return readPlain(scan, elementName(scan.scope, written, scan.base64) ?? malformed(scan, end + 1), end + 1);
};

/** An end tag that is not simply the name of the innermost element. */
const readOddEndTag = (scan: Scan, tag: number): number => {
  const { text } = scan;
  const { open: opened } = scan.building;
  const nameEnd = endOfName(text, tag + 2);
  const end = blanksEnd(text, nameEnd);
  if (end >= text.length) return cut;
  if (text.charCodeAt(end) !== greater || text.slice(tag + 2, nameEnd) !== opened?.name.written)
    return malformed(scan, end + 1);
  close(scan, opened);
  return end + 1;
};

export const readEndTag = (scan: Scan, tag: number): number => {
  const { text } = scan;
  const { open: opened } = scan.building;
  if (opened === undefined) return readOddEndTag(scan, tag);
  const { written } = opened.name;
  const end = tag + 2 + written.length;
  if (text.charCodeAt(end) !== greater || !text.startsWith(written, tag + 2)) return readOddEndTag(scan, tag);
  scan.at = end + 1;
  close(scan, opened);
  return end + 1;
};
