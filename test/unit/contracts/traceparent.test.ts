import { expect, test } from "vitest";
import { readTraceparent, Traceparent, writeTraceparent } from "../../../contracts/traceparent.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

test("the example of the standard is read, and written as it was", () => {
  const text = `00-${traceId}-${spanId}-01`;
  const read = readTraceparent(text);
  expect(read).toEqual({ traceId, spanId, sampled: true });
  expect(read && writeTraceparent(read)).toBe(text);
});

test.each([
  ["not kept", `00-${traceId}-${spanId}-00`, false],
  ["of flags the first alone counts", `00-${traceId}-${spanId}-fe`, false],
  ["a later version with more at its end", `cc-${traceId}-${spanId}-03-what-comes-later`, true],
])("%s", (_what, text, sampled) => {
  expect(readTraceparent(text)).toEqual({ traceId, spanId, sampled });
});

test("nothing of what somebody else put behind the ids goes on", () => {
  const read = readTraceparent(`cc-${traceId}-${spanId}-01-0101011234`);
  expect(read && writeTraceparent(read)).toBe(`00-${traceId}-${spanId}-01`);
});

test.each([
  undefined,
  "",
  "Nancy Berggren",
  `ff-${traceId}-${spanId}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${"0".repeat(32)}-${spanId}-01`,
  `00-${traceId}-${"0".repeat(16)}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `00-${traceId}-${spanId}`,
  ` 00-${traceId}-${spanId}-01`,
  `00-${traceId}-${spanId}-01\r\nx: y`,
])("%j is none", (text) => {
  expect(readTraceparent(text)).toBeUndefined();
  if (text !== undefined) expect(Traceparent.safeParse(text).success).toBe(false);
});
