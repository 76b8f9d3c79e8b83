/** Whether the text up to `end` holds exactly `digits` characters that are not blank, counted without copying it. */
const holdsDigits = (text: string, end: number, digits: number): boolean => {
  let count = 0;
  for (let at = 0; at < end; at++) if (text.charCodeAt(at) > 32) count += 1;
  return count === digits;
};

/**
 * Base64 as MedCom's binary letters carry it: line breaks and blanks anywhere, padding only at the end
 * (RFC 4648, section 4). `undefined` when it is anything else; Node's own decoder drops what it does not know.
 */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  if (/[^A-Za-z0-9+/=\s]/.test(text)) return undefined;
  const padding = text.indexOf("=");
  if (padding !== -1 && !/^=\s{0,80}(=\s{0,80})?$/.test(text.slice(padding))) return undefined;
  const bytes = Buffer.from(text, "base64");
  // A single digit left over is six bits and no byte: something was cut off.
  return holdsDigits(text, padding === -1 ? text.length : padding, Math.ceil((bytes.length * 4) / 3))
    ? bytes
    : undefined;
};

/** 76 characters a line, as MIME and MedCom's own examples write it; the last line has no break after it. */
export const encodeBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("base64")
    .replace(/.{76}(?=.)/g, "$&\n");
