import { describe, expect, it } from "vitest";
import { dateInWords } from "../../../../gateways/pages/danish-date.ts";

describe("a date in words", () => {
  it.each([
    ["2026-03-02", "14:05", "2. marts 2026 kl. 14.05", "2 March 2026 at 14:05"],
    ["2000-01-24", "21:30:00", "24. januar 2000 kl. 21.30.00", "24 January 2000 at 21:30:00"],
    ["1999-12-31", undefined, "31. december 1999", "31 December 1999"],
  ])("%s %s is written as people write it", (date, time, danish, english) => {
    expect(dateInWords(date, time, "da")).toBe(danish);
    expect(dateInWords(date, time, "en")).toBe(english);
  });

  it.each([
    ["2026-13-02", undefined],
    ["2026-00-02", undefined],
    ["2.3.2026", undefined],
    ["", undefined],
    ["2026-03-02", "kl. 14"],
    ["2026-03-02", "14.05"],
  ])("%s %s is no date that words are known for", (date, time) => {
    expect(dateInWords(date, time, "da")).toBeUndefined();
  });
});
