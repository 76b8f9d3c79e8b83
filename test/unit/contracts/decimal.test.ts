import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalText, hasDecimals, roundHalfUp, tenThousandths } from "../../../contracts/decimal.ts";

describe("a decimal", () => {
  it.each([
    [34.95, 349_500],
    ["34,95", 349_500],
    ["38.70", 387_000],
    [-0.5, -5_000],
    [" 37 ", 370_000],
    [0, 0],
  ])("%s is read exactly", (written, size) => {
    expect(tenThousandths(written)).toBe(size);
  });

  it.each(["", "38.", ".5", "1e3", "38.7.1", "38.12345", "1234567", "hot", 1e-7, 1e21])(
    "%s is none",
    (written) => {
      expect(tenThousandths(written)).toBeUndefined();
    },
  );

  it("is rounded half up, where binary fractions would slip", () => {
    const rounded = (text: string) => decimalText(roundHalfUp(tenThousandths(text) ?? 0, 1), 1);
    expect(["35.95", "35.94", "1.05", "37.949", "38.0", "-0.04"].map(rounded)).toEqual([
      "36.0",
      "35.9",
      "1.1",
      "37.9",
      "38.0",
      "0.0",
    ]);
  });

  it("knows whether it is whole", () => {
    expect([72, "72.0", 72.5].map((value) => hasDecimals(tenThousandths(value) ?? 0, 0))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.prop([fc.integer({ min: -9_999_999, max: 9_999_999 })])("is printed as it was written", (size) => {
    expect(tenThousandths(decimalText(size, 4))).toBe(size);
  });
});
