import { isUtf8 } from "node:buffer";

/** The encodings a document may have (guide to MedCom OIOXML, section 1): real senders use the first three. */
export type Encoding = "ISO-8859-1" | "windows-1252" | "UTF-8" | "US-ASCII";

/** `doubtful`: declared ISO-8859-1, but with the bytes 80-9F that only windows-1252 gives a meaning. Read as declared. */
export type Decoded =
  | { ok: true; text: string; encoding: Encoding; doubtful: boolean }
  | { ok: false; why: "unknown" | "misfit" };

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
};

/** windows-1252, bytes 80-9F; the five it leaves open stay control characters (WHATWG Encoding, windows-1252). */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const highControls = /[\u0080-\u009f]/;
const declaration = /^<\?xml\s[^>]*?\bencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;

const declaredIn = (head: string): string | undefined => {
  const match = declaration.exec(head);
  return match === null ? undefined : (match[1] ?? match[2]);
};

const decodeUtf8 = (bytes: Buffer): Decoded =>
  isUtf8(bytes)
    ? { ok: true, text: bytes.toString("utf8"), encoding: "UTF-8", doubtful: false }
    : { ok: false, why: "misfit" };

const decodeSingleByte = (bytes: Buffer, encoding: Encoding): Decoded => {
  const text = bytes.toString("latin1");
  if (encoding === "US-ASCII") {
    return /[\u0080-\u00ff]/.test(text)
      ? { ok: false, why: "misfit" }
      : { ok: true, text, encoding, doubtful: false };
  }
  const high = highControls.test(text);
  if (encoding === "ISO-8859-1" || !high) return { ok: true, text, encoding, doubtful: high };
  const mapped = text.replace(/[\u0080-\u009f]/g, (char) => windows1252.charAt(char.charCodeAt(0) - 0x80));
  return { ok: true, text: mapped, encoding, doubtful: false };
};

/**
 * Bytes as text, by byte order mark, else by XML declaration, else UTF-8 (XML 1.0, appendix F). The mark wins over the
 * declaration: it is part of the bytes, the declaration is often left from another program. UTF-16 is not received.
 */
export const decodeText = (bytes: Uint8Array): Decoded => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return decodeUtf8(buffer.subarray(3));
  const name = declaredIn(buffer.toString("latin1", 0, Math.min(buffer.length, 512))) ?? "utf-8";
  const encoding = Object.hasOwn(encodingOfName, name.toLowerCase())
    ? encodingOfName[name.toLowerCase()]
    : undefined;
  if (encoding === undefined) return { ok: false, why: "unknown" };
  return encoding === "UTF-8" ? decodeUtf8(buffer) : decodeSingleByte(buffer, encoding);
};
