/**
 * Base64 being read, a piece at a time and from bytes, for most of a large document is one value of it: it never is a
 * string. In every encoding that is received its alphabet is that of ASCII.
 */
export interface Base64Reading {
  bytes: Uint8Array;
  length: number;
  /** Digits since the last whole quad, six bits each, and how many. */
  bits: number;
  held: number;
  /** Signs of padding so far, and the blanks since the last of them. */
  padding: number;
  blanks: number;
  ok: boolean;
}

const blank = 64;
const pad = 65;
const alien = 66;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** What each byte is: a digit below 64, a blank, padding, or none of base64's. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = alphabet.indexOf(String.fromCharCode(byte));
  if (digit !== -1) return digit;
  if (byte === 0x3d) return pad;
  return [0x20, 0x09, 0x0a, 0x0d].includes(byte) ? blank : alien;
});
const kindOf = (byte: number | undefined): number => kinds[byte ?? 0] ?? alien;

/** Padding ends the value; blanks behind it have an end too. */
const maxPadding = 2;
const maxBlanks = 80;

export const beginBase64 = (): Base64Reading => ({
  bytes: new Uint8Array(),
  length: 0,
  bits: 0,
  held: 0,
  padding: 0,
  blanks: 0,
  ok: true,
});

/** Room for what `characters` more can hold. Its own memory, exact at the first asking, so that it can change threads. */
const makeRoom = (reading: Base64Reading, characters: number): void => {
  const needed = reading.length + Math.ceil((characters + reading.held) / 4) * 3;
  if (needed <= reading.bytes.length) return;
  const grown = new Uint8Array(reading.length === 0 ? needed : Math.max(needed, reading.bytes.length * 2));
  grown.set(reading.bytes.subarray(0, reading.length));
  reading.bytes = grown;
};

/** Whole quads, as long as nothing else comes. @returns where something else does. */
const readQuads = (reading: Base64Reading, source: Uint8Array, span: { at: number; end: number }): number => {
  const { bytes } = reading;
  let { at } = span;
  let to = reading.length;
  for (; at + 4 <= span.end; at += 4) {
    const a = kindOf(source[at]);
    const b = kindOf(source[at + 1]);
    const c = kindOf(source[at + 2]);
    const d = kindOf(source[at + 3]);
    if ((a | b | c | d) >= blank) break;
    bytes[to++] = (a << 2) | (b >> 4);
    bytes[to++] = (b << 4) | (c >> 2);
    bytes[to++] = (c << 6) | d;
  }
  reading.length = to;
  return at;
};

const readDigit = (reading: Base64Reading, digit: number): void => {
  if (reading.padding > 0) reading.ok = false;
  reading.bits = (reading.bits << 6) | digit;
  reading.held += 1;
  if (reading.held < 4) return;
  for (const shift of [16, 8, 0]) reading.bytes[reading.length++] = reading.bits >> shift;
  reading.bits = 0;
  reading.held = 0;
};

const readOne = (reading: Base64Reading, kind: number): void => {
  if (kind < blank) readDigit(reading, kind);
  else if (kind === alien) reading.ok = false;
  else if (kind === pad) {
    reading.padding += 1;
    reading.blanks = 0;
    if (reading.padding > maxPadding) reading.ok = false;
  } else if (reading.padding > 0 && ++reading.blanks > maxBlanks) reading.ok = false;
};

/** Reads on, from `start` to `end` of the source. After the first thing that is not base64 it reads no more. */
export const readBase64 = (
  reading: Base64Reading,
  source: Uint8Array,
  { start, end }: { start: number; end: number },
): void => {
  makeRoom(reading, end - start);
  let at = start;
  while (at < end && reading.ok) {
    if (reading.held === 0 && reading.padding === 0) at = readQuads(reading, source, { at, end });
    if (at < end) readOne(reading, kindOf(source[at++]));
  }
};

/** The same from text. What is not ASCII is not base64 either, and no byte of its UTF-8 is. */
export const readBase64Text = (reading: Base64Reading, text: string): void => {
  const source = Buffer.from(text, "utf8");
  readBase64(reading, source, { start: 0, end: source.length });
};

/** What was read, once there is no more; `undefined` when it was not base64, or is cut off: one digit alone is no byte. */
export const endBase64 = (reading: Base64Reading): Uint8Array | undefined => {
  if (!reading.ok || reading.held === 1) return undefined;
  makeRoom(reading, 0);
  const { bytes, bits, held } = reading;
  let { length } = reading;
  if (held === 2) bytes[length++] = bits >> 4;
  if (held === 3) {
    bytes[length++] = bits >> 10;
    bytes[length++] = bits >> 2;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, length);
};

/**
 * Base64 as MedCom's binary letters carry it: line breaks and blanks anywhere, padding only at the end
 * (RFC 4648, section 4). `undefined` when it is anything else; Node's own decoder drops what it does not know.
 */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  const reading = beginBase64();
  readBase64Text(reading, text);
  return endBase64(reading);
};

const digits = Uint8Array.from(alphabet, (digit) => digit.charCodeAt(0));
const lineBytes = 57;
const lineFeed = 0x0a;

/** 76 characters a line, as MIME and MedCom's own examples write it; the last line has no break after it. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  const characters = Math.ceil(bytes.length / 3) * 4;
  const out = Buffer.alloc(characters + Math.max(0, Math.ceil(bytes.length / lineBytes) - 1), "=");
  const digit = (six: number): number => digits[six & 63] ?? 0;
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    if (at > 0 && at % lineBytes === 0) out[to++] = lineFeed;
    const left = bytes.length - at;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    out[to] = digit(three >> 18);
    out[to + 1] = digit(three >> 12);
    if (left > 1) out[to + 2] = digit(three >> 6);
    if (left > 2) out[to + 3] = digit(three);
    to += 4;
  }
  return out.toString("latin1");
};
