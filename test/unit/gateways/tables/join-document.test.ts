import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { joinDocument } from "../../../../gateways/tables/join-document.ts";
import { bytesHere } from "../../../../gateways/tables/print-table.ts";
import { encodeBase64 } from "../../../../gateways/xml/base64.ts";
import { aLetter, envelope, textOf } from "../../../support/oioxml-builders.ts";
import { printLetter } from "../../../support/printing.ts";

const line = 57;
const piece = line * 1024;

describe("a document with bytes in it", () => {
  test.each([0, 1, 2, 3, line, line + 1, piece - 1, piece, piece + 1, 2 * piece, 2 * piece + 2 * line - 1])(
    "has %i of them in base64, in lines of 76, as if they were written in one go",
    (size) => {
      const bytes = randomBytes(size);
      const joined = joinDocument(`<a>${bytesHere}</a>`, [bytes], "latin1");
      expect(textOf(joined)).toBe(`<a>${encodeBase64(bytes)}</a>`);
    },
  );
  test("has each where it is to stand, text of the encoding around them, and memory of its own", () => {
    const [first, second] = [Buffer.from("først"), Buffer.from("så")];
    const joined = joinDocument(`<æ>${bytesHere}ø${bytesHere}å`, [first, second], "utf8");
    expect(Buffer.from(joined).toString("utf8")).toBe(`<æ>${encodeBase64(first)}ø${encodeBase64(second)}å`);
    expect(joined.buffer.byteLength).toBe(joined.byteLength);
  });
  test("is never mistaken for one by a text that holds the sign of their place", () => {
    const { bytes, losses } = printLetter(aLetter({ texts: [[`a${bytesHere}b`]] }), envelope);
    expect(losses.map(({ code }) => code)).toEqual(["character-illegal"]);
    expect(textOf(bytes)).toContain("a&#65533;b");
  });
});
