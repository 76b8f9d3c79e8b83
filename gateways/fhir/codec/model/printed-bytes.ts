/** Bytes that are printed as base64. */
interface Base64 {
  readonly encode: Uint8Array;
}

/** A document being printed: text that is still a string, and what is before it. What is large is encoded once, in its place. */
export interface PrintedBytes {
  text: string;
  readonly pieces: (Uint8Array | Base64)[];
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
  out.pieces.push({ encode: bytes });
};

const lengthOf = (piece: Uint8Array | Base64): number =>
  "encode" in piece ? Math.ceil(piece.encode.length / 3) * 4 : piece.length;

const encodeInto = (whole: Buffer, from: number, bytes: Uint8Array): void => {
  let to = from;
  for (let at = 0; at < bytes.length; at += pieceBytes)
    to += whole.write(base64Of(bytes.subarray(at, at + pieceBytes)), to, "latin1");
};

export const endBytes = (out: PrintedBytes): Uint8Array => {
  flush(out);
  const { pieces } = out;
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined && !("encode" in first)) return first;
  const whole = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0));
  let to = 0;
  for (const piece of pieces) {
    if ("encode" in piece) encodeInto(whole, to, piece.encode);
    else whole.set(piece, to);
    to += lengthOf(piece);
  }
  return whole;
};
