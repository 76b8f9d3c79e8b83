import { isUtf8 } from "node:buffer";
import { hasIllegal } from "./escape-xml.ts";

/** From the byte behind the quote that opens a string to that of the quote that closes it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * JSON (RFC 8259) as text that is read from its start, but for its longest strings: they are attachments mostly, and stay
 * bytes. Each of those is an empty string in the text, and `cuts` says where its bytes are.
 */
export interface JsonText {
  readonly text: string;
  readonly bytes: Buffer;
  readonly cuts: ReadonlyMap<number, Span>;
  /** Whether the text has a character outside of escapes that FHIR does not allow. */
  readonly suspicious: boolean;
  at: number;
}

/** A string of the document: its text, or its bytes as they were written. `illegal`: with characters that FHIR forbids. */
export type JsonString =
  | { readonly kind: "text"; readonly text: string; readonly illegal: boolean }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** What makes a document no JSON is thrown; the reader, which throws nothing else, says of what it was. */
export const malformed = (): never => {
  throw new SyntaxError("no JSON");
};

const quote = 0x22;
const backslash = 0x5c;
const blankControls = [0x09, 0x0a, 0x0d];
/** Documents to this size are one string. */
const smallBytes = 64 * 1024;
const longBytes = 4 * 1024;
const stride = longBytes / 2;

/** Base64 begins so, and nothing that may stand behind a string does. */
const beginsBase64 = (byte: number | undefined): boolean =>
  byte !== undefined && /[A-Za-z0-9+/]/.test(String.fromCharCode(byte));

/** A quote behind a backslash may be part of a string: what it bounds is then left where it is. */
const isWhole = (bytes: Buffer, { start, end }: Span): boolean =>
  bytes[start - 2] !== backslash && bytes[end - 1] !== backslash && beginsBase64(bytes[start]);

/** The strings that are long, in their order. */
const longStrings = (bytes: Buffer): Span[] => {
  const found: Span[] = [];
  for (let at = stride; at < bytes.length; at += stride) {
    const end = bytes.indexOf(quote, at);
    if (end === -1) break;
    const start = bytes.lastIndexOf(quote, at - 1) + 1;
    if (end - start <= longBytes) continue;
    if (start > 0 && isWhole(bytes, { start, end })) found.push({ start, end });
    at = end;
  }
  return found;
};

const joinAround = (
  bytes: Buffer,
  spans: readonly Span[],
  from: number,
): Omit<JsonText, "suspicious" | "at"> => {
  const cuts = new Map<number, Span>();
  let text = "";
  let last = from;
  for (const span of spans) {
    text += bytes.toString("utf8", last, span.start);
    cuts.set(text.length, span);
    last = span.end;
  }
  return { text: text + bytes.toString("utf8", last), bytes, cuts };
};

/**
 * The text of a document of JSON; a byte order mark is passed over (RFC 8259, section 8.1).
 * `maxTextBytes`: of all but its long strings.
 */
export const openJson = (
  document: Uint8Array,
  maxTextBytes: number,
): JsonText | "encoding-unknown" | "document-too-large" => {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  if (!isUtf8(bytes)) return "encoding-unknown";
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const spans = bytes.length > smallBytes ? longStrings(bytes) : [];
  const cut = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (bytes.length - cut > maxTextBytes) return "document-too-large";
  const { text, cuts } = joinAround(bytes, spans, from);
  return { text, bytes, cuts, suspicious: /[\ufffe\uffff]/.test(text), at: 0 };
};

/** The next character that is not blank, where the reading then stands; NaN at the end. */
export const peek = (json: JsonText): number => {
  for (;;) {
    const code = json.text.charCodeAt(json.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    json.at += 1;
  }
};

/** Passes over a character that must be the next. */
const expect = (json: JsonText, code: number): void => {
  if (peek(json) !== code) malformed();
  json.at += 1;
};

/** Where the string that begins at `start` has its closing quote, once it is known to have an escape at `at`. */
const endOfEscaped = (text: string, at: number): number => {
  for (let i = at; ; i += 1) {
    const code = text.charCodeAt(i);
    if (code === quote) return i;
    if (code === backslash) i += 1;
    else if (!(code >= 0x20)) malformed();
  }
};

/** The engine knows the escapes; the numbers that it would lose are elsewhere. */
const unescaped = (literal: string): string => {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : malformed();
  } catch {
    return malformed();
  }
};

/** The text of the string that begins here, with a quote; `illegal` is told to the other two who ask. */
const textHere = (json: JsonText): { text: string; illegal: boolean } => {
  const { text, at } = json;
  for (let i = at + 1; ; i += 1) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      json.at = i + 1;
      const found = text.slice(at + 1, i);
      return { text: found, illegal: json.suspicious && hasIllegal(found) };
    }
    if (code === backslash) {
      const end = endOfEscaped(text, i);
      json.at = end + 1;
      const found = unescaped(text.slice(at, end + 1));
      return { text: found, illegal: hasIllegal(found) };
    }
    if (!(code >= 0x20)) malformed();
  }
};

/** The string that begins here. */
export const readString = (json: JsonText): JsonString => {
  const cut = json.cuts.get(json.at + 1);
  if (cut === undefined) return { kind: "text", ...textHere(json) };
  json.at += 2;
  const bytes = json.bytes.subarray(cut.start, cut.end);
  // Base64 may have blanks, and no string of JSON has these in it but as escapes.
  if (blankControls.some((control) => bytes.includes(control))) malformed();
  return { kind: "bytes", bytes };
};

/** The name that begins here. A name of thousands of characters is none of anything's. */
export const readName = (json: JsonText): string => {
  if (peek(json) !== quote) malformed();
  if (json.cuts.has(json.at + 1)) malformed();
  const { text } = textHere(json);
  expect(json, 0x3a);
  return text;
};

const numeral = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** The number that begins here, as it is written. */
export const readNumeral = (json: JsonText): string => {
  numeral.lastIndex = json.at;
  const [found = malformed()] = numeral.exec(json.text) ?? [];
  json.at += found.length;
  return found;
};

/** Passes over a word that must be the next, such as `true`. */
export const readWord = (json: JsonText, word: "true" | "false" | "null"): void => {
  if (!json.text.startsWith(word, json.at)) malformed();
  json.at += word.length;
};

/** The text of a long string that is no base64, unescaped. */
export const textOfBytes = (bytes: Uint8Array): { text: string; illegal: boolean } => {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = unescaped(`"${source.toString("utf8")}"`);
  return { text, illegal: hasIllegal(text) };
};
