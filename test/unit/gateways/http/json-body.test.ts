import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { parseJsonBody } from "../../../../gateways/http/json-body.ts";

const parse = (text: string) => parseJsonBody(Buffer.from(text));

property.prop([fc.jsonValue({ maxDepth: 5 })])("whatever is written as JSON is read as it was", (value) => {
  const text = JSON.stringify(value);
  expect(parse(text)).toEqual({ value: JSON.parse(text) as unknown });
});

test("an empty body is no value", () => {
  expect(parse("")).toEqual({ value: undefined });
});

test("brackets within a text are not nesting", () => {
  const value = { text: `${"[{".repeat(500)}"\\` };
  expect(parse(JSON.stringify(value))).toEqual({ value });
});

test("JSON is read to a nesting of 64 and refused beyond it", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(parse(nested(64))).toHaveProperty("value");
  expect(parse(nested(65))).toEqual({ refused: "message-invalid" });
});

test("a byte order mark is passed over, and bytes that are not UTF-8 are refused", () => {
  expect(parseJsonBody(Buffer.from('\u{feff}"ø"'))).toEqual({ value: "ø" });
  expect(parseJsonBody(Buffer.from('"ø"', "latin1"))).toEqual({ refused: "encoding-unknown" });
});

test("malformed JSON is refused by code alone", () => {
  expect(parse('{"cpr": 0107364006}')).toEqual({ refused: "message-invalid" });
});
