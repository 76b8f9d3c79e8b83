/** A document being printed: text that is still a string, and the bytes before it. */
export interface PrintedBytes {
  text: string;
  readonly pieces: Uint8Array[];
}

export const beginBytes = (): PrintedBytes => ({ text: "", pieces: [] });

export const putText = (out: PrintedBytes, text: string): void => {
  out.text += text;
};

/** Shorter base64 goes with the text around it. A multiple of three, so that pieces join without padding. */
const pieceBytes = 48 * 1024;

const flush = (out: PrintedBytes): void => {
  if (out.text !== "") out.pieces.push(Buffer.from(out.text));
  out.text = "";
};

const base64Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

/** Base64 (RFC 4648, section 4) without line breaks. That of an attachment is never one string. */
export const putBase64 = (out: PrintedBytes, bytes: Uint8Array): void => {
  if (bytes.length <= pieceBytes) {
    out.text += base64Of(bytes);
    return;
  }
  flush(out);
  const encoded = Buffer.allocUnsafe(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let at = 0; at < bytes.length; at += pieceBytes)
    to += encoded.write(base64Of(bytes.subarray(at, at + pieceBytes)), to, "latin1");
  out.pieces.push(encoded);
};

export const endBytes = (out: PrintedBytes): Uint8Array => {
  flush(out);
  const [first, ...rest] = out.pieces;
  return first !== undefined && rest.length === 0 ? first : Buffer.concat(out.pieces);
};
