import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOfLocal } from "../../../../services/case/clock-zone.ts";
import {
  addOpeningMinutes,
  closingTimeOf,
  dueAtClosing,
  openingMinutesBetween,
} from "../../../../services/case/opening-hours.ts";
import { anyHours, anyInstant, closed, nineToFive, withLunch } from "../../../support/clock-arbitraries.ts";

const local = (text: string) => {
  const [date = "", time = ""] = text.split(" ");
  return instantOfLocal(date, time);
};

describe("the closing time of a day", () => {
  it("is that of the last opening, so that a lunch break closes nothing", () => {
    expect(closingTimeOf("2026-11-23", withLunch.openingHours)).toBe("16:00");
    expect(dueAtClosing("2026-11-23", withLunch.openingHours)).toBe(local("2026-11-23 16:00"));
  });

  it("is that of its weekday", () => {
    expect(closingTimeOf("2026-11-27", withLunch.openingHours)).toBe("15:00");
  });

  it("does not depend on the order in which openings are listed", () => {
    expect(closingTimeOf("2026-11-23", withLunch.openingHours.toReversed())).toBe("16:00");
  });

  it("is 23:59:59 where there are no openings, known or on that day", () => {
    expect(dueAtClosing("2026-11-23", [])).toBe("2026-11-23T22:59:59.000Z");
    expect(dueAtClosing("2026-11-28", withLunch.openingHours)).toBe("2026-11-28T22:59:59.000Z");
  });

  it("keeps to the wall clock when the offset changes", () => {
    expect(dueAtClosing("2026-03-27", nineToFive.openingHours)).toBe("2026-03-27T16:00:00.000Z");
    expect(dueAtClosing("2026-03-30", nineToFive.openingHours)).toBe("2026-03-30T15:00:00.000Z");
    expect(dueAtClosing("2026-10-23", nineToFive.openingHours)).toBe("2026-10-23T15:00:00.000Z");
    expect(dueAtClosing("2026-10-26", nineToFive.openingHours)).toBe("2026-10-26T16:00:00.000Z");
  });
});

describe("opening minutes", () => {
  it.each([
    ["go on after the weekend", "2026-11-20 16:30", 60, nineToFive, "2026-11-23 09:30"],
    ["go on after Christmas and the weekend", "2026-12-23 16:30", 60, closed("12-24"), "2026-12-28 09:30"],
    ["go on after Easter", "2027-03-24 16:30", 60, nineToFive, "2027-03-30 09:30"],
    ["go on after New Year's Day", "2026-12-31 16:30", 60, nineToFive, "2027-01-04 09:30"],
    ["stand still over lunch", "2026-11-23 11:50", 20, withLunch, "2026-11-23 12:55"],
    ["begin at opening time", "2026-11-23 06:00", 15, nineToFive, "2026-11-23 09:15"],
    ["end at closing time, not at the next opening", "2026-11-23 16:00", 60, nineToFive, "2026-11-23 17:00"],
  ])("%s", (_, ...[start, minutes, hours, end]) => {
    expect(addOpeningMinutes(local(start), minutes, hours)).toBe(local(end));
    expect(openingMinutesBetween(local(start), local(end), hours)).toBe(minutes);
  });

  it("are those of whole working days where no openings are known", () => {
    const none = { openingHours: [], closingDays: [] };
    expect(addOpeningMinutes(local("2026-11-20 23:00"), 120, none)).toBe(local("2026-11-23 01:00"));
  });

  it("are real minutes on the nights when the clocks change", () => {
    const nights = { openingHours: [{ days: [7], opens: "00:00", closes: "06:00" }], closingDays: [] };
    const minutesOn = (date: string) =>
      openingMinutesBetween(local(`${date} 00:00`), local(`${date} 24:00`), nights);
    expect(["2026-03-22", "2026-03-29", "2027-03-28"].map(minutesOn)).toEqual([360, 300, 300]);
    expect(["2026-10-18", "2026-10-25", "2027-10-31"].map(minutesOn)).toEqual([360, 420, 420]);
    expect(addOpeningMinutes(local("2026-03-29 01:00"), 120, nights)).toBe(local("2026-03-29 04:00"));
    expect(addOpeningMinutes(local("2026-10-25 01:00"), 120, nights)).toBe("2026-10-25T01:00:00.000Z");
  });

  it("of an opening that the clocks skip are none", () => {
    const skipped = { openingHours: [{ days: [7], opens: "02:30", closes: "03:15" }], closingDays: [] };
    expect(openingMinutesBetween(local("2026-03-29 00:00"), local("2026-03-29 24:00"), skipped)).toBe(0);
  });

  it("of overlapping openings count once", () => {
    const overlapping = {
      openingHours: [
        { days: [1], opens: "10:00", closes: "14:00" },
        { days: [1], opens: "08:00", closes: "12:00" },
        { days: [1], opens: "09:00", closes: "11:00" },
      ],
      closingDays: [],
    };
    expect(openingMinutesBetween(local("2026-11-23 00:00"), local("2026-11-23 24:00"), overlapping)).toBe(
      360,
    );
  });

  it("on a public holiday are those of a Sunday", () => {
    const always = { openingHours: [{ days: [6, 7], opens: "08:00", closes: "20:00" }], closingDays: [] };
    expect(openingMinutesBetween(local("2026-12-25 00:00"), local("2026-12-25 24:00"), always)).toBe(720);
    expect(openingMinutesBetween(local("2026-12-25 00:00"), local("2026-12-25 24:00"), nineToFive)).toBe(0);
  });

  it("come even to one who has closed every day", () => {
    const days = Array.from({ length: 31 }, (_, i) => String(i + 1).padStart(2, "0"));
    const closingDays = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0")).flatMap(
      (month) => days.map((day) => `${month}-${day}`),
    );
    const never = { ...nineToFive, closingDays };
    expect(addOpeningMinutes(local("2026-11-23 10:00"), 30, never)).toBe(local("2026-11-23 10:30"));
  });

  it("added and then counted are the same", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 5000 }), anyHours, (start, minutes, hours) => {
        const end = addOpeningMinutes(start, minutes, hours);
        expect(openingMinutesBetween(start, end, hours)).toBeCloseTo(minutes, 6);
      }),
    );
  });
});
