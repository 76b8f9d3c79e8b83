import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import {
  caseArgument,
  countArgument,
  countsArgument,
  glnArgument,
  lifetimeArgument,
} from "../../../../gateways/cli/arguments.ts";

describe("arguments of the CLI", () => {
  it.each([
    ["90s", 90],
    ["15m", 900],
    ["8h", 28_800],
    ["30d", 2_592_000],
  ])("the lifetime %s is %d seconds", (text, seconds) => {
    expect(lifetimeArgument(text)).toBe(seconds);
  });

  it.each(["", "8", "h", "0h", "-1h", "31d", "1w", "8 h", "1.5h"])(
    "the lifetime '%s' is wrong usage",
    (text) => {
      expect(() => lifetimeArgument(text)).toThrow(InvalidArgumentError);
    },
  );

  it("a GLN is taken as typed, and what can be none is wrong usage", () => {
    expect(glnArgument("5790000100019")).toBe("5790000100019");
    for (const text of ["", "579 000", "579-1", "5".repeat(36)])
      expect(() => glnArgument(text)).toThrow(InvalidArgumentError);
  });

  it("a case id is a UUID, in either case of letters", () => {
    const id = "7b0e7a1c-31b2-5a3e-9d0c-5d8f2f1f6c11";
    expect(caseArgument(id.toUpperCase())).toBe(id);
    for (const text of ["", "7b0e7a1c", `${id}.1.0`])
      expect(() => caseArgument(text)).toThrow(InvalidArgumentError);
  });

  it("a count is a whole number above zero, and several have commas between them", () => {
    expect(countArgument("5")).toBe(5);
    expect(countsArgument("1,64")).toEqual([1, 64]);
    for (const text of ["", "0", "-1", "1.5", "five"])
      expect(() => countArgument(text)).toThrow(InvalidArgumentError);
    expect(() => countsArgument("1,,2")).toThrow(InvalidArgumentError);
  });
});
