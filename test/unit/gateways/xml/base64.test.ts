import { fc, test as propertyTest } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  beginBase64,
  decodeBase64,
  encodeBase64,
  endBase64,
  readBase64,
  readBase64Text,
} from "../../../../gateways/xml/base64.ts";

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString("latin1");

/** The text in pieces of the lengths given, some as bytes and some as text. */
const inPieces = (text: string, lengths: readonly number[]): Uint8Array | undefined => {
  const reading = beginBase64();
  let at = 0;
  for (const [turn, length] of [...lengths, text.length].entries()) {
    const piece = text.slice(at, at + length);
    at += piece.length;
    if (turn % 2 === 0) readBase64Text(reading, piece);
    else readBase64(reading, Buffer.from(piece), { start: 0, end: Buffer.byteLength(piece) });
  }
  return endBase64(reading);
};

describe("base64", () => {
  propertyTest.prop([fc.uint8Array({ maxLength: 400 })])(
    "what is encoded is decoded to the same bytes",
    (bytes) => {
      const text = encodeBase64(bytes);
      expect(text.replaceAll("\n", "")).toBe(Buffer.from(bytes).toString("base64"));
      expect(text.split("\n").every((line) => line.length <= 76)).toBe(true);
      expect(Buffer.from(decodeBase64(text) ?? [1]).equals(bytes)).toBe(true);
    },
  );

  const alphabet = fc.constantFrom(..."AQgzb/+=  \n\t\r-*æ€".split(""));
  propertyTest.prop([fc.string({ unit: alphabet, maxLength: 40 }), fc.array(fc.nat(9), { maxLength: 8 })])(
    "in pieces it is what it is as a whole",
    (text, lengths) => {
      expect(textOf(inPieces(text, lengths))).toBe(textOf(decodeBase64(text)));
    },
  );

  test.each([
    ["blanks and line breaks anywhere", " Q\r\nm\tx v\nZ A = = ", "Blod"],
    ["padding left out", "QmxvZA", "Blod"],
    ["nothing", "", ""],
    ["blanks alone", " \n ", ""],
  ])("%s are read", (_, text, read) => {
    expect(textOf(decodeBase64(text))).toBe(read);
  });
  test.each([
    ["a digit alone at the end", "QmxvZ"],
    ["padding before the end", "Qm=xvZA=="],
    ["three signs of padding", "QmxvZA==="],
    ["more than eighty blanks behind padding", `QmxvZA=${" ".repeat(81)}=`],
    ["another alphabet", "Qm-_"],
    ["a letter that is not ASCII", "Qmæv"],
    ["a character beyond Latin-1", "Qm€v"],
    ["a blank of another kind", "Qm\u00a0xv"],
  ])("%s is refused", (_, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
