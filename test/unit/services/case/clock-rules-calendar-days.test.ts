import { describe, expect, it } from "vitest";
import type { Limit } from "../../../../contracts/limits.ts";
import { dueOf, type Hours, shiftForPause } from "../../../../services/case/clock-rules.ts";
import { localDateTimeOf } from "../../../../services/case/clock-zone.ts";
import { nineToFive, noHours } from "../../../support/clock-arbitraries.ts";
import { local } from "../../../support/clock-given.ts";

const dueLocal = (limit: Limit, start: string, hours: Hours) =>
  localDateTimeOf(dueOf(limit, local(start), hours)).replace("T", " ");

describe("a limit in calendar days", () => {
  const calendarDays = (n: number): Limit => ({ kind: "calendarDays", days: n });

  it.each([
    ["ends at midnight that ends the last day", "2026-11-23 10:15", 14, "2026-12-08 00:00"],
    ["counts weekends and holidays", "2026-12-23 10:15", 2, "2026-12-26 00:00"],
    ["is as long over the night that summer time begins", "2027-03-27 10:00", 1, "2027-03-29 00:00"],
    ["is as long over the night that summer time ends", "2027-10-30 10:00", 1, "2027-11-01 00:00"],
    ["of none ends with the day of the start", "2026-11-23 10:15", 0, "2026-11-24 00:00"],
  ])("%s", (_, start, n, due) => {
    expect(dueLocal(calendarDays(n), start, nineToFive)).toBe(due);
  });

  it("is moved by the days that a pause took", () => {
    const limits = { limit: calendarDays(30), warnAt: calendarDays(21) };
    const times = { due: local("2026-12-24 00:00"), warnAt: local("2026-12-15 00:00") };
    const pause = {
      pausedAt: local("2026-11-25 23:00"),
      resumedAt: local("2026-11-27 01:00"),
      hours: noHours,
    };
    expect(shiftForPause(limits, times, pause)).toEqual({
      due: local("2026-12-26 00:00"),
      warnAt: local("2026-12-17 00:00"),
    });
  });
});
