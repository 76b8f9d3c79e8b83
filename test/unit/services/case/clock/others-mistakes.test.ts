import { describe, expect, it } from "vitest";
import {
  days,
  dueLocal,
  living,
  local,
  lunchBreak,
  minutes,
  office,
  openMinutes,
} from "../../../../support/clock-life.ts";

/** Each of these was wrong, or missing, in some program that measures answer times. */
describe("what other programs got wrong", () => {
  it("1: an hour of opening time from Friday 16:30 ends on Monday 09:30", () => {
    expect(dueLocal(living({ limit: openMinutes(60) }, [["started", "2026-11-20 16:30"]]))).toBe(
      "2026-11-23 09:30",
    );
  });

  it("2: a clock does not run out when the debtor was the one who said something last", () => {
    const clock = living(
      { limit: openMinutes(60) },
      [
        ["started", "2026-11-23 09:00"],
        ["stopped", "2026-11-23 09:30"],
      ],
      { at: "2026-11-24 12:00" },
    );
    expect(clock).toMatchObject({ status: "stopped", stoppedInTime: true, breached: false });
  });

  it("3: a short clock and a long one on one case do not overrule one another", () => {
    const events: [string, string][] = [["started", "2026-11-23 10:00"]];
    expect(dueLocal(living({ id: "SHORT", limit: openMinutes(30) }, events))).toBe("2026-11-23 10:30");
    expect(dueLocal(living({ id: "LONG", limit: days(3) }, events))).toBe("2026-11-26 17:00");
  });

  it("4: nobody is warned at midnight or at a weekend for opening time", () => {
    const clock = living({ limit: openMinutes(120), warnAt: openMinutes(60) }, [
      ["started", "2026-11-20 16:30"],
    ]);
    expect(clock.warnAt).toEqual([local("2026-11-23 09:30")]);
  });

  it("5: a lunch break within the day does not count", () => {
    const clock = living({ limit: openMinutes(60) }, [["started", "2026-11-23 11:30"]], {
      own: { openingHours: lunchBreak },
    });
    expect(dueLocal(clock)).toBe("2026-11-23 13:15");
  });

  it("6: the due time is worked out anew after a pause", () => {
    const clock = living({ limit: openMinutes(120) }, [
      ["started", "2026-11-23 09:00"],
      ["paused", "2026-11-23 10:00"],
      ["resumed", "2026-11-24 10:00"],
    ]);
    expect(dueLocal(clock)).toBe("2026-11-24 11:00");
  });

  it("7: other limits do not make it forget how long it was paused", () => {
    const clock = living({ limit: days(3), onChange: "recompute" }, [
      ["started", "2026-11-23 10:00"],
      ["paused", "2026-11-23 12:00"],
      ["resumed", "2026-11-25 10:00"],
      ["limitsChanged", "2026-11-25 12:00", { limit: openMinutes(600), version: 2 }],
    ]);
    // Two of its ten hours went by on Monday; eight are left from Wednesday at ten.
    expect(dueLocal(clock)).toBe("2026-11-26 10:00");
    expect(clock.pausedMinutes).toBe(46 * 60);
  });

  it("8: a pause that begins on a holiday costs only the days that count", () => {
    const clock = living({ limit: days(3) }, [
      ["started", "2026-12-22 10:00"],
      ["paused", "2026-12-25 10:00"],
      ["resumed", "2026-12-29 10:00"],
    ]);
    expect(dueLocal(clock)).toBe("2026-12-29 17:00");
    expect(
      living({ limit: days(3) }, [
        ["started", "2026-12-22 10:00"],
        ["paused", "2026-12-25 10:00"],
      ]).status,
    ).toBe("paused");
  });

  it("9: how long it has waited past its time is known, so that somebody further up can be told", () => {
    const clock = living(
      { limit: openMinutes(60), warnAt: [openMinutes(30), openMinutes(45)] },
      [["started", "2026-11-23 09:00"]],
      {
        at: "2026-11-23 12:00",
      },
    );
    expect(clock).toMatchObject({ status: "breached", lateMinutes: 120 });
    expect(clock.warnAt).toEqual([local("2026-11-23 09:30"), local("2026-11-23 09:45")]);
  });

  it("10: weekends, holidays and own closing days are passed over", () => {
    const clock = living({ limit: days(2) }, [["started", "2026-12-23 10:00"]], {
      own: { closingDays: ["12-24"] },
    });
    expect(dueLocal(clock)).toBe("2026-12-29 17:00");
    expect(clock.trace.days.map(({ date, why }) => [date.slice(5), why])).toEqual([
      ["12-23", "start"],
      ["12-24", "closingDay"],
      ["12-25", "holiday"],
      ["12-26", "holiday"],
      ["12-27", "weekend"],
      ["12-28", "counted"],
      ["12-29", "counted"],
    ]);
  });

  it("11: a clock can be paused and resumed, and says why", () => {
    const clock = living(
      { limit: days(3) },
      [
        ["started", "2026-11-23 10:00"],
        ["paused", "2026-11-24 10:00", { reason: "X-ray" }],
      ],
      {
        at: "2026-11-25 12:00",
      },
    );
    expect(clock).toMatchObject({ status: "paused", reason: "X-ray", pausedMinutes: 26 * 60 });
  });

  it("12: which clock runs when a case is opened again is the agreement's to say", () => {
    const events: [string, string][] = [
      ["started", "2026-11-23 10:00"],
      ["stopped", "2026-11-24 10:00"],
      ["reopened", "2026-11-25 10:00"],
    ];
    const anew = living({ limit: days(3), onReopen: "restart" }, events);
    expect([anew.started, dueLocal(anew)]).toEqual([local("2026-11-25 10:00"), "2026-11-30 17:00"]);
    expect(anew.trace.runs).toMatchObject([{ status: "stopped", stoppedInTime: true }]);
    const goingOn = living({ limit: days(3), onReopen: "continue" }, events);
    expect([goingOn.started, dueLocal(goingOn)]).toEqual([local("2026-11-23 10:00"), "2026-11-27 17:00"]);
  });

  it("13: a calendar that is changed later leaves what was told explainable", () => {
    const events: [string, string, object?][] = [
      ["started", "2026-12-22 10:00"],
      ["calendarChanged", "2026-12-23 10:00", { version: 2 }],
    ];
    const others = [{ id: "own", version: 2, openingHours: office, closingDays: ["12-28"] }];
    const kept = living({ limit: days(3) }, events, { others });
    expect(dueLocal(kept)).toBe("2026-12-28 17:00");
    expect(kept.trace.promised).toMatchObject({ calendarVersion: 1 });
    const anew = living({ limit: days(3), onChange: "recompute" }, events, { others });
    expect(dueLocal(anew)).toBe("2026-12-29 17:00");
    expect(anew.trace.promised).toMatchObject({ calendarVersion: 2 });
    const then = living({ limit: days(3), onChange: "recompute" }, events, {
      others,
      at: "2026-12-22 12:00",
    });
    expect(dueLocal(then)).toBe("2026-12-28 17:00");
  });

  it.each([
    ["2026-03-28 22:00", 72 * 60, "2026-03-31 23:00"],
    ["2026-10-24 22:00", 72 * 60, "2026-10-27 21:00"],
    ["2026-12-31 23:30", 60, "2027-01-01 00:30"],
  ])("14: elapsed time from %s is %i minutes by a laboratory's clock, to %s", (start, n, due) => {
    expect(dueLocal(living({ limit: minutes(n) }, [["started", start]]))).toBe(due);
  });

  it.each([
    ["2027-03-24 10:00", 1, "2027-03-30 17:00"],
    ["2026-12-30 10:00", 2, "2027-01-04 17:00"],
  ])("14: working days over Easter and New Year: %s and %i is %s", (start, n, due) => {
    expect(dueLocal(living({ limit: days(n) }, [["started", start]]))).toBe(due);
  });
});
