import { describe, expect, it } from "vitest";
import { tooLateFrom } from "../../../../../services/booking/core/in-time.ts";
import { bookingRules } from "../../../../../services/booking/core/rules.ts";
import { local } from "../../../../support/clock-given.ts";

const from = (need: string): string => tooLateFrom(local(need), bookingRules.daysAfterNeed);

describe("a time is in time the same day or the next calendar day", () => {
  it.each([
    ["of an ordinary Monday morning", "2026-11-23 10:15", "2026-11-25 00:00"],
    ["of a Friday, so that Saturday counts", "2026-11-27 15:00", "2026-11-29 00:00"],
    ["of a Saturday, so that Sunday counts", "2026-11-28 09:00", "2026-11-30 00:00"],
    ["just after midnight", "2026-11-23 00:00", "2026-11-25 00:00"],
    ["one minute before midnight", "2026-11-23 23:59", "2026-11-25 00:00"],
    ["of New Year's Eve, so that New Year's Day counts", "2026-12-31 12:00", "2027-01-02 00:00"],
    ["of the day before Christmas Eve", "2026-12-23 12:00", "2026-12-25 00:00"],
    ["of the last day of February in a leap year", "2028-02-29 12:00", "2028-03-02 00:00"],
    ["of the day before summer time begins", "2027-03-27 12:00", "2027-03-29 00:00"],
    ["of the day before summer time ends", "2027-10-30 12:00", "2027-11-01 00:00"],
  ])("%s", (_when, need, tooLate) => {
    expect(from(need)).toBe(local(tooLate));
  });

  it("is 71 hours from Friday to Sunday night where the clocks go forward, and 73 where they go back", () => {
    const hours = (need: string): number =>
      (Date.parse(tooLateFrom(local(need), 2)) - Date.parse(local(need))) / 3_600_000;
    expect(hours("2027-03-26 00:00")).toBe(71);
    expect(hours("2027-10-29 00:00")).toBe(73);
  });

  it("is the Danish date, which is another than in UTC late in the evening", () => {
    expect(tooLateFrom("2026-07-01T22:30:00.000Z", 1)).toBe(local("2026-07-04 00:00"));
  });

  it("follows the number of days that a region sets", () => {
    expect(tooLateFrom(local("2026-11-27 15:00"), 3)).toBe(local("2026-12-01 00:00"));
  });
});
