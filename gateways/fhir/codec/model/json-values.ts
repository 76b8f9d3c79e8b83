import { beginBase64, endBase64, readBase64 } from "../../../xml/base64.ts";
import { withoutEscapes } from "./json-base64.ts";
import {
  type JsonText,
  malformed,
  peek,
  readName,
  readNumeral,
  readString,
  readWord,
  textOfBytes,
} from "./json-text.ts";
import { narrativeOfText } from "./narrative-text.ts";
import type { Primitive } from "./primitives.ts";
import type { ReadingCode } from "./problem-codes.ts";
import {
  bytesOf,
  countAttachment,
  countText,
  narrativeIn,
  primitiveOf,
  type Reading,
  report,
  type Single,
  stop,
} from "./reading.ts";

export interface JsonReading extends Reading {
  readonly json: JsonText;
}

export const quote = 0x22;
const comma = 0x2c;
export const openObject = 0x7b;
export const closeObject = 0x7d;
export const openArray = 0x5b;
export const closeArray = 0x5d;
const letterF = 0x66;
export const letterN = 0x6e;
const letterT = 0x74;
const minus = 0x2d;
const digit0 = 0x30;
const digit9 = 0x39;

/** Passes over what separates two values, or what ends them. @returns whether there is another. */
export const another = (json: JsonText, close: number): boolean => {
  const code = peek(json);
  json.at += 1;
  if (code === comma) return true;
  return code === close ? false : malformed();
};

/** Passes over the opening of an object or array. @returns whether there is anything in it. */
export const opens = (json: JsonText, close: number): boolean => {
  json.at += 1;
  if (peek(json) !== close) return true;
  json.at += 1;
  return false;
};

const skipMembers = (reading: JsonReading, close: number): void => {
  const { json } = reading;
  if (++reading.depth > reading.limits.maxDepth) stop(reading, "document-too-deep");
  if (opens(json, close))
    do {
      if (close === closeObject) readName(json);
      skipValue(reading);
    } while (another(json, close));
  reading.depth -= 1;
};

/** Passes over a value that is not read: it is JSON all the same. */
export const skipValue = (reading: JsonReading): void => {
  const { json } = reading;
  const code = peek(json);
  if (code === openObject) skipMembers(reading, closeObject);
  else if (code === openArray) skipMembers(reading, closeArray);
  else if (code === quote) readString(json);
  else if (code === letterT) readWord(json, "true");
  else if (code === letterF) readWord(json, "false");
  else if (code === letterN) readWord(json, "null");
  else readNumeral(json);
};

/** Says what is wrong with a value, and passes over it. */
export const refuseValue = (reading: JsonReading, code: ReadingCode): void => {
  report(reading, code);
  skipValue(reading);
};

/** The text of the string here; a problem, and `undefined`, when FHIR does not allow it. */
const readText = (reading: JsonReading): string | undefined => {
  const string = readString(reading.json);
  // No character is more than six signs of an escape.
  if (string.kind === "bytes" && string.bytes.length > reading.limits.maxTextLength * 6)
    stop(reading, "document-too-large");
  const { text, illegal } = string.kind === "text" ? string : textOfBytes(string.bytes);
  countText(reading, text.length);
  if (!illegal) return text;
  report(reading, "character-forbidden");
  return undefined;
};

/** Base64, decoded where it stands: most of a large message is one such value. */
const readBytes = (reading: JsonReading): Uint8Array | undefined => {
  const string = readString(reading.json);
  countAttachment(reading);
  const source = string.kind === "text" ? Buffer.from(string.text, "latin1") : withoutEscapes(string.bytes);
  if (string.kind === "text" && /[\u0080-\uffff]/.test(string.text)) return bytesOf(reading, undefined);
  const decoding = beginBase64();
  readBase64(decoding, source, { start: 0, end: source.length });
  return bytesOf(reading, endBase64(decoding));
};

const readBoolean = ({ json }: JsonReading): boolean => {
  const isTrue = peek(json) === letterT;
  readWord(json, isTrue ? "true" : "false");
  return isTrue;
};

interface JsonType {
  /** Whether a value that begins so is of it. */
  readonly begins: (code: number) => boolean;
  readonly read: (reading: JsonReading, primitive: Primitive) => Single | undefined;
}

const isQuote = (code: number): boolean => code === quote;

/** Each form of a primitive is one of JSON's types and no other (R4, json.html#primitive). */
const jsonTypes: Readonly<Record<Primitive["form"], JsonType>> = {
  text: {
    begins: isQuote,
    read: (reading, primitive) => {
      const text = readText(reading);
      return text === undefined ? undefined : primitiveOf(reading, primitive, text);
    },
  },
  bytes: { begins: isQuote, read: readBytes },
  numeral: {
    begins: (code) => code === minus || (code >= digit0 && code <= digit9),
    read: (reading, primitive) => {
      const text = readNumeral(reading.json);
      countText(reading, text.length);
      return primitiveOf(reading, primitive, text);
    },
  },
  boolean: { begins: (code) => code === letterT || code === letterF, read: readBoolean },
};

export const readPrimitive = (reading: JsonReading, primitive: Primitive): Single | undefined => {
  const type = jsonTypes[primitive.form];
  const code = peek(reading.json);
  if (type.begins(code)) return type.read(reading, primitive);
  refuseValue(reading, code === letterN ? "element-empty" : "type-wrong");
  return undefined;
};

export const readNarrative = (reading: JsonReading): string | undefined => {
  if (peek(reading.json) !== quote) {
    refuseValue(reading, "type-wrong");
    return undefined;
  }
  const text = readText(reading);
  return text === undefined ? undefined : narrativeIn(reading, narrativeOfText(text, reading.limits));
};

/** The end of a document has nothing behind it. */
export const expectEnd = (json: JsonText): void => {
  if (!Number.isNaN(peek(json))) malformed();
};
