import type { DocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { blanksEnd } from "../../../xml/scan.ts";
import { normalized } from "../../../xml/scan-attributes.ts";
import type { FhirProperty, FhirType } from "./definitions.ts";
import { fhirUri } from "./xml-names.ts";

/** FHIR's XML in hand. `at` is how far it is read, `depth` how many elements are open, `value` that of the primitive that is read. */
export interface PlainScan {
  readonly text: string;
  readonly limits: DocumentLimits;
  at: number;
  depth: number;
  attachments: number;
  value: string | undefined;
  isDoubtful: boolean;
}

export const beginPlain = (text: string, limits: DocumentLimits): PlainScan => ({
  text,
  limits,
  at: 0,
  depth: 0,
  attachments: 0,
  value: undefined,
  isDoubtful: false,
});

/** Any doubt ends the reading, by throwing; `isDoubtful` tells that from a defect of ours. */
export const doubt: (scan: PlainScan) => never = (scan) => {
  scan.isDoubtful = true;
  throw new Error("not plain");
};

const space = 0x20;
const doubleQuote = 0x22;
const ampersand = 0x26;
const slash = 0x2f;
const less = 0x3c;
const greater = 0x3e;
/** The first of the two behind every other character here, which are none (XML 1.0, production 2). */
const noCharacter = 0xfffe;

/** A value that is right, with line breaks, tabs and the references that are written for good reason. */
const oddValue =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not allowed
  /^[^<&\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*(?:&(?:amp|lt|gt|quot|apos|#(?:9|10|13|x[9AaDd]));[^<&\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*)*$/;

const readOddValue = (scan: PlainScan, from: number): string => {
  const { text } = scan;
  const close = text.indexOf('"', from);
  const raw = close === -1 ? "<" : text.slice(from, close);
  if (!oddValue.test(raw)) doubt(scan);
  scan.at = close + 1;
  return normalized(raw);
};

/** The value of an attribute that begins at a place, behind its quote. */
export const readValue = (scan: PlainScan, from: number): string => {
  const { text } = scan;
  let at = from;
  let code = text.charCodeAt(at);
  while (
    code > less
      ? code < noCharacter
      : code >= space && code !== doubleQuote && code !== ampersand && code !== less
  ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  if (code !== doubleQuote) return readOddValue(scan, from);
  scan.at = at + 1;
  return text.slice(from, at);
};

/** Where a name of FHIR's ends that begins at a place: before a blank, `/` or `>`. */
export const plainNameEnd = (text: string, from: number): number => {
  let at = from;
  let code = text.charCodeAt(at);
  while (code > slash && code !== greater) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
};

/** Some times the elements of a type. */
const places = 64;

/** The element of a type that is named at a place, found as it was before by a few of its letters. */
export const propertyAt = (scan: PlainScan, { met, properties }: FhirType, from: number): FhirProperty => {
  const { text } = scan;
  const end = plainNameEnd(text, from);
  const length = end - from;
  const middle = text.charCodeAt(from + (length >> 1));
  const place =
    (text.charCodeAt(from) + 5 * middle + 11 * text.charCodeAt(end - 1) + 23 * length) & (places - 1);
  const known = met[place];
  if (known?.name.length === length && text.startsWith(known.name, from)) return known;
  const property = properties.get(text.slice(from, end));
  if (property === undefined || property.isAttribute) return doubt(scan);
  met[place] = property;
  return property;
};

/** Passes over blanks to the next tag, which is all that may stand between the elements of FHIR. @returns where it begins. */
export const nextTag = (scan: PlainScan): number => {
  const tag = blanksEnd(scan.text, scan.at);
  return scan.text.charCodeAt(tag) === less ? tag : doubt(scan);
};

export const isEndTag = ({ text }: PlainScan, tag: number): boolean => text.charCodeAt(tag + 1) === slash;

/** Passes over the end tag here, which is that of the name. */
export const readEndTag = (scan: PlainScan, tag: number, name: string): void => {
  const end = tag + 2 + name.length;
  if (!scan.text.startsWith(name, tag + 2) || scan.text.charCodeAt(end) !== greater) doubt(scan);
  scan.at = end + 1;
};

/** What stands behind the value of an element that has nothing else. @returns whether it is its end, which is passed then. */
export const endsEmpty = (scan: PlainScan): boolean => {
  const { text, at } = scan;
  if (text.charCodeAt(at) !== slash || text.charCodeAt(at + 1) !== greater) return false;
  scan.at = at + 2;
  return true;
};

/**
 * The attributes of a tag, each given to `take`, and the end of the tag. @returns whether the tag is the element's end as well.
 */
export const readAttributes = (scan: PlainScan, take: (name: string, value: string) => void): boolean => {
  const { text } = scan;
  for (;;) {
    const begin = blanksEnd(text, scan.at);
    if (text.charCodeAt(begin) === greater) {
      scan.at = begin + 1;
      return false;
    }
    if (text.charCodeAt(begin) === slash) {
      scan.at = begin;
      return endsEmpty(scan) || doubt(scan);
    }
    const equals = begin === scan.at ? -1 : text.indexOf('="', begin);
    if (equals === -1) doubt(scan);
    take(text.slice(begin, equals), readValue(scan, equals + 2));
  }
};

const declaration = ` xmlns="${fhirUri}"`;

/** Passes over FHIR's namespace, where it is declared. @returns whether it is. */
export const declaresFhir = (scan: PlainScan): boolean => {
  const isHere = scan.text.startsWith(declaration, scan.at);
  if (isHere) scan.at += declaration.length;
  return isHere;
};
