import { encodeBase64 } from "../xml/base64.ts";
import { bytesHere } from "./print-table.ts";

/** Base64 has so many bytes to a line of 76 characters (`encodeBase64`), and is written so many at a time. */
const lineBytes = 57;
const pieceBytes = lineBytes * 1024;
const lineFeed = 0x0a;

const base64Length = ({ byteLength }: Uint8Array): number =>
  Math.ceil(byteLength / 3) * 4 + Math.max(0, Math.ceil(byteLength / lineBytes) - 1);

/** Writes bytes as base64 where a document has room for them. @returns where it goes on */
const writeBase64 = (bytes: Uint8Array, document: Buffer, from: number): number => {
  let to = from;
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    if (at > 0) document[to++] = lineFeed;
    to += document.write(encodeBase64(bytes.subarray(at, at + pieceBytes)), to, "latin1");
  }
  return to;
};

/**
 * Printed XML in its encoding, with bytes in base64 where they are to stand. An attachment is never a string: it would be
 * on the heap three times over. The memory is the document's own, so that it can change threads.
 */
export const joinDocument = (
  xml: string,
  bytes: readonly Uint8Array[],
  encoding: "latin1" | "utf8",
): Uint8Array => {
  if (bytes.length === 0) return Buffer.from(xml, encoding);
  const texts = xml.split(bytesHere);
  const length =
    texts.reduce((sum, text) => sum + Buffer.byteLength(text, encoding), 0) +
    bytes.reduce((sum, one) => sum + base64Length(one), 0);
  const document = Buffer.from(new ArrayBuffer(length));
  let at = 0;
  for (const [n, text] of texts.entries()) {
    at += document.write(text, at, encoding);
    const here = bytes[n];
    if (here !== undefined) at = writeBase64(here, document, at);
  }
  return document;
};
