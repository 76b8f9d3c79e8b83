import { describe, expect, it } from "vitest";
import { fates } from "../../../contracts/codes/fate.ts";
import { errorCodes, Fault, isErrorCode } from "../../../contracts/errors.ts";

const codes = Object.entries(errorCodes);

describe("error codes", () => {
  it.each(codes)("%s has a fate and says what it means in English and Danish", (code, { fate, en, da }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(fates).toContain(fate);
    for (const text of [en, da]) {
      expect(text).toMatch(/^[A-ZÆØÅ].*\.$/);
      expect(text).not.toContain("\n");
    }
    expect(da).not.toBe(en);
  });

  it("mean each something of their own", () => {
    for (const texts of [codes.map(([, code]) => code.en), codes.map(([, code]) => code.da)])
      expect(new Set<string>(texts).size).toBe(codes.length);
  });

  it("are known by their own names only", () => {
    expect(isErrorCode("journal-timeout")).toBe(true);
    expect(isErrorCode("toString")).toBe(false);
    expect(isErrorCode("journal_timeout")).toBe(false);
  });

  it("of a time-out asks, since what timed out may have been done", () => {
    const late = codes.filter(([code]) => /timeout|late|internal/.test(code));
    expect(late.map(([, { fate }]) => fate)).toEqual(late.map(() => "ask"));
    expect(late.length).toBeGreaterThan(1);
  });
});

describe("a fault", () => {
  it("has the fate of its code, and keeps its cause out of its message", () => {
    const cause = new Error("connection reset by 10.0.0.1");
    const fault = new Fault("journal-unavailable", { cause });
    expect(fault).toMatchObject({ code: "journal-unavailable", fate: "retry", name: "Fault", cause });
    expect(fault.message).toBe("The journal cannot be reached.");
  });
});
