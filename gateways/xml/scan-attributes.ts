import { countName, countText } from "./build-tree.ts";
import { endOfName, startsName } from "./names.ts";
import { mayDeclare, type Scope, type SplitName, scopeWith, splitName, uriOf } from "./namespaces.ts";
import { endOfReference, withoutReferences } from "./references.ts";
import { blanksEnd, cut, malformed, noAttributes, type Scan, type WrittenAttribute } from "./scan.ts";
import type { Base64Holder, XmlAttribute } from "./xml-tree.ts";

const xmlnsUri = "http://www.w3.org/2000/xmlns/";
const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

const tab = 0x09;
const lineFeed = 0x0a;
const doubleQuote = 0x22;
const ampersand = 0x26;
const singleQuote = 0x27;
const slash = 0x2f;
const less = 0x3c;
const equals = 0x3d;
const greater = 0x3e;

const nameOf = (scan: Scan, from: number, end: number): SplitName => {
  const { text, lastName } = scan;
  // In some formats nearly every attribute has the same name.
  if (lastName?.written.length === end - from && text.startsWith(lastName.written, from)) return lastName;
  const written = text.slice(from, end);
  const name = scan.names.get(written) ?? splitName(written);
  scan.names.set(written, name);
  scan.lastName = name;
  return name;
};

/** The quote that ends a value with something in it that is not plain. */
const endOfOddValue = (scan: Scan, from: number, quote: number): number => {
  const { text } = scan;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === less) return malformed(scan, at + 1);
    if (code === ampersand) {
      at = endOfReference(scan, at);
      if (at === cut) return cut;
    }
  }
  return cut;
};

/** XML 1.0, section 3.3.3: a line break or tab is a blank, one written as a reference is itself. */
export const normalized = (value: string): string => withoutReferences(value.replace(/[\t\n]/g, " "));

/** A plain value in one go: no reference, no blank but spaces. @returns where it stops being plain. */
const endOfPlain = (text: string, from: number, quote: number): number => {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote || code === ampersand || code === less || code === lineFeed || code === tab) return at;
    if (Number.isNaN(code)) return at;
    at += 1;
  }
};

/** An attribute whose value begins at a place. @returns where it ends. */
const readValue = (scan: Scan, from: number, name: SplitName): number => {
  const { text } = scan;
  const quote = text.charCodeAt(from - 1);
  const plainEnd = endOfPlain(text, from, quote);
  const isPlain = text.charCodeAt(plainEnd) === quote;
  const close = isPlain ? plainEnd : endOfOddValue(scan, plainEnd, quote);
  if (close === cut) return cut;
  const value = text.slice(from, close);
  const end = close + 1;
  if (!name.sound || (name.declares !== undefined && !mayDeclare(name.declares, value.trim())))
    return malformed(scan, end);
  const attribute = { name, value: isPlain ? value : normalized(value), end };
  // Most tags have one: an array that is made of it has no room for more, which would be most of the memory of a document.
  if (scan.attributes.length === 0) scan.attributes = [attribute];
  else scan.attributes.push(attribute);
  return end;
};

const readAttribute = (scan: Scan, from: number): number => {
  const { text } = scan;
  if (!startsName(text, from)) return malformed(scan, from + 1);
  const nameEnd = endOfName(text, from);
  const sign = blanksEnd(text, nameEnd);
  if (sign >= text.length) return cut;
  if (text.charCodeAt(sign) !== equals) return malformed(scan, sign + 1);
  const quote = blanksEnd(text, sign + 1);
  if (quote >= text.length) return cut;
  const code = text.charCodeAt(quote);
  if (code !== doubleQuote && code !== singleQuote) return malformed(scan, quote + 1);
  return readValue(scan, quote + 1, nameOf(scan, from, nameEnd));
};

const none: WrittenAttribute[] = [];

/** The attributes behind a tag's name, into `scan.attributes`. @returns where the tag's own end begins: at `>` or `/`. */
export const readAttributes = (scan: Scan, from: number): number => {
  const { text } = scan;
  scan.attributes = none;
  let at = from;
  for (;;) {
    const begin = blanksEnd(text, at);
    if (begin >= text.length) return cut;
    const code = text.charCodeAt(begin);
    if (code === greater || code === slash) return begin;
    if (begin === at) return malformed(scan, begin + 1);
    at = readAttribute(scan, begin);
    if (at === cut) return cut;
  }
};

/** The scope inside a tag. */
export const scopeOf = (scope: Scope, written: readonly WrittenAttribute[]): Scope => {
  let declared: Map<string, string> | undefined;
  for (const { name, value } of written) {
    if (name.declares === undefined) continue;
    declared ??= new Map();
    declared.set(name.declares, value.trim());
  }
  return declared === undefined ? scope : scopeWith(scope, declared);
};

/** Namespaces in XML, section 6.2: the default namespace is not that of an attribute. */
const uriOfAttribute = (scope: Scope, { prefix, declares }: SplitName): string | undefined => {
  if (declares !== undefined) return xmlnsUri;
  return prefix === "" ? "" : uriOf(scope, prefix);
};

const isOfReader = (uri: string): boolean => uri === xmlnsUri || uri === schemaInstance;

const onlyAttribute = (
  scan: Scan,
  written: WrittenAttribute | undefined,
  end: number,
): readonly XmlAttribute[] => {
  if (written === undefined) return noAttributes;
  const { name, value } = written;
  const uri = uriOfAttribute(scan.scope, name) ?? malformed(scan, end);
  return isOfReader(uri) ? noAttributes : [{ uri, local: name.local, value }];
};

/** The attributes by what their names stand for; no two are the same, whatever their prefixes. */
export const resolveAttributes = (
  scan: Scan,
  written: readonly WrittenAttribute[],
  end: number,
): readonly XmlAttribute[] => {
  if (written.length === 1) return onlyAttribute(scan, written[0], end);
  const found: XmlAttribute[] = [];
  const seen = new Set<string>();
  for (const { name, value } of written) {
    const uri = uriOfAttribute(scan.scope, name) ?? malformed(scan, end);
    const { local } = name;
    seen.add(name.prefix === "" ? local : `{${uri}}${local}`);
    if (!isOfReader(uri)) found.push({ uri, local, value });
  }
  if (seen.size < written.length) return malformed(scan, end);
  return found.length === 0 ? noAttributes : found;
};

/** Attributes are counted with the elements, and their values as text, but for one that holds base64. */
export const countAttributes = (
  scan: Scan,
  written: readonly WrittenAttribute[],
  holder: Base64Holder | undefined,
): void => {
  for (const { name, value, end } of written) {
    scan.at = end;
    countName(scan.building, name.written);
    if (holder?.attribute !== name.written) countText(scan.building, value.length);
  }
};
