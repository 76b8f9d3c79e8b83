import { describe, expect, it } from "vitest";
import { danishTime } from "../../../../gateways/cli/danish-time.ts";

describe("a time for a person in Denmark", () => {
  const now = "2026-11-22T12:00:00.000Z";
  it.each([
    ["2026-11-25T15:00:00.000Z", "onsdag 25. november kl. 16.00"],
    ["2026-07-01T22:05:00.000Z", "torsdag 2. juli kl. 00.05"],
    ["2027-01-04T07:30:00.000Z", "mandag 4. januar 2027 kl. 08.30"],
    ["2026-12-31T23:30:00.000Z", "fredag 1. januar 2027 kl. 00.30"],
  ])("%s is %s", (instant, text) => {
    expect(danishTime(instant, now)).toBe(text);
  });
});
