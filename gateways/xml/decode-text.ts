import { isAscii, isUtf8 } from "node:buffer";

/** The encodings a document may have (guide to MedCom OIOXML, section 1): real senders use the first three. */
export type Encoding = "ISO-8859-1" | "windows-1252" | "UTF-8" | "US-ASCII" | "UTF-16";

/**
 * Bytes that are text: whole and fit for their encoding, but not yet a string, for a string of a large document would be
 * the document once more. `start` is behind a byte order mark. What came as UTF-16 is UTF-8 in `bytes`.
 */
export type Legible = { ok: true; bytes: Buffer; encoding: Encoding; start: number };
type Illegible = { ok: false; why: "unknown" | "misfit" };

/** `doubtful`: declared ISO-8859-1, but with the bytes 80-9F that only windows-1252 gives a meaning. Read as declared. */
export type Decoded = { ok: true; text: string; encoding: Encoding; doubtful: boolean } | Illegible;

const encodingOfName: Readonly<Record<string, Encoding>> = {
  "iso-8859-1": "ISO-8859-1",
  "iso8859-1": "ISO-8859-1",
  "iso_8859-1": "ISO-8859-1",
  latin1: "ISO-8859-1",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
  "utf-8": "UTF-8",
  utf8: "UTF-8",
  "us-ascii": "US-ASCII",
  ascii: "US-ASCII",
  // Bytes that can be read as far as this name are none of UTF-16: programs that write a string leave it there.
  "utf-16": "UTF-8",
};

/** windows-1252, bytes 80-9F; the five it leaves open stay control characters (WHATWG Encoding, windows-1252). */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const highControls = /[\u0080-\u009f]/;
const declaration = /^<\?xml\s[^>]*?\bencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;

const declaredIn = (head: string): string | undefined => {
  const match = declaration.exec(head);
  return match === null ? undefined : (match[1] ?? match[2]);
};

const fits = (bytes: Buffer, encoding: Encoding): boolean => {
  if (encoding === "UTF-8") return isUtf8(bytes);
  return encoding === "US-ASCII" ? isAscii(bytes) : true;
};

const encodingIn = (buffer: Buffer): Encoding | undefined => {
  const name = declaredIn(buffer.toString("latin1", 0, Math.min(buffer.length, 512))) ?? "utf-8";
  return Object.hasOwn(encodingOfName, name.toLowerCase()) ? encodingOfName[name.toLowerCase()] : undefined;
};

/** The two orders of UTF-16 by their byte order marks. */
const utf16Of = ([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined => {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
};

/** UTF-16 as the UTF-8 that the same text is; half a character is none. */
const fromUtf16 = (bytes: Buffer, name: "utf-16le" | "utf-16be"): Legible | Illegible => {
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(bytes);
    return { ok: true, bytes: Buffer.from(text), encoding: "UTF-16", start: 0 };
  } catch {
    return { ok: false, why: "misfit" };
  }
};

/**
 * The encoding of a document, by byte order mark, else by XML declaration, else UTF-8 (XML 1.0, appendix F). The mark wins
 * over the declaration: it is part of the bytes, the declaration is often left from another program. No known sender writes
 * UTF-16, which every reader of XML reads (section 4.3.3): it is turned into UTF-8 first.
 */
export const openText = (document: Uint8Array): Legible | Illegible => {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return fromUtf16(bytes, utf16);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const encoding = marked ? "UTF-8" : encodingIn(bytes);
  if (encoding === undefined) return { ok: false, why: "unknown" };
  return fits(bytes, encoding)
    ? { ok: true, bytes, encoding, start: marked ? 3 : 0 }
    : { ok: false, why: "misfit" };
};

const isUtf = (encoding: Encoding): boolean => encoding === "UTF-8" || encoding === "UTF-16";

/** Where a piece of text may end: `at`, or before the character or the line break of two that `at` would cut through. */
export const cutAt = ({ bytes, encoding }: Legible, at: number): number => {
  let cut = at;
  if (isUtf(encoding)) while (((bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
  return bytes[cut] === 0x0a && bytes[cut - 1] === 0x0d ? cut - 1 : cut;
};

/** A piece of text, between two places where it may be cut. */
export const textBetween = ({ bytes, encoding }: Legible, from: number, to: number): string => {
  if (isUtf(encoding)) return bytes.toString("utf8", from, to);
  const text = bytes.toString("latin1", from, to);
  return encoding === "windows-1252" && highControls.test(text)
    ? text.replace(/[\u0080-\u009f]/g, (char) => windows1252.charAt(char.charCodeAt(0) - 0x80))
    : text;
};

export const isDoubtful = (encoding: Encoding, text: string): boolean =>
  encoding === "ISO-8859-1" && highControls.test(text);

/** A whole document as one string. */
export const decodeText = (document: Uint8Array): Decoded => {
  const legible = openText(document);
  if (!legible.ok) return legible;
  const { bytes, encoding, start } = legible;
  const text = textBetween(legible, start, bytes.length);
  return { ok: true, text, encoding, doubtful: isDoubtful(encoding, text) };
};
