const backslash = 0x5c;
const letterU = 0x75;
/** What a byte becomes that no base64 has. */
const alien = 0xff;

const escapes: ReadonlyMap<number, number> = new Map([
  [0x22, 0x22],
  [backslash, backslash],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

const codeUnit = (bytes: Uint8Array, at: number): number => {
  const hex = String.fromCharCode(...bytes.subarray(at, at + 4));
  const code = /^[0-9a-fA-F]{4}$/.test(hex) ? Number.parseInt(hex, 16) : alien;
  return code < 0x80 ? code : alien;
};

/**
 * The bytes of a JSON string without its escapes, of one that should be base64: some senders write `\/` and `\u002B` for
 * its signs. What is no ASCII, and what is no escape, is a byte that no base64 has.
 */
export const withoutEscapes = (bytes: Uint8Array): Uint8Array => {
  let from = bytes.indexOf(backslash);
  if (from === -1) return bytes;
  const out = new Uint8Array(bytes.length);
  let to = 0;
  let at = 0;
  for (; from !== -1; from = bytes.indexOf(backslash, at)) {
    out.set(bytes.subarray(at, from), to);
    to += from - at;
    const code = bytes[from + 1] ?? alien;
    out[to++] = code === letterU ? codeUnit(bytes, from + 2) : (escapes.get(code) ?? alien);
    at = from + (code === letterU ? 6 : 2);
  }
  out.set(bytes.subarray(at), to);
  return out.subarray(0, to + Math.max(0, bytes.length - at));
};
