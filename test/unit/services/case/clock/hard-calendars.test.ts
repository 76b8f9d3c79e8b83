import { describe, expect, it } from "vitest";
import { days, dueLocal, living, local, office, openMinutes } from "../../../../support/clock-life.ts";
import { domainData } from "../../../../support/domain-data.ts";

type Said = [event: string, at: string, more?: object];
const monday: Said = ["started", "2026-11-23 10:00"];

describe("a calendar", () => {
  it("with a working day that ends before it begins passes that day over", () => {
    const own = { halfDays: [{ day: "2026-11-24", closes: "08:00" }] };
    const clock = living({ limit: days(1) }, [monday], { own });
    expect(dueLocal(clock)).toBe("2026-11-25 17:00");
    expect(clock.trace.days[1]).toEqual({ date: "2026-11-24", counts: false, why: "halfDay" });
  });

  it("with a half day is due when that day ends", () => {
    const own = { halfDays: [{ day: "11-24", closes: "12:00" }] };
    expect(dueLocal(living({ limit: days(1) }, [monday], { own }))).toBe("2026-11-24 12:00");
    expect(dueLocal(living({ limit: openMinutes(600) }, [monday], { own }))).toBe("2026-11-24 12:00");
  });

  it("in which a closing day is moved while the clock runs is counted anew, or kept, as the agreement says", () => {
    const own = { closingDays: ["2026-11-24"] };
    const others = [{ id: "own", version: 2, openingHours: office, closingDays: ["2026-11-25"] }];
    const events: Said[] = [monday, ["calendarChanged", "2026-11-23 12:00", { version: 2 }]];
    expect(dueLocal(living({ limit: days(1) }, events, { own, others }))).toBe("2026-11-25 17:00");
    expect(dueLocal(living({ limit: days(1), onChange: "recompute" }, events, { own, others }))).toBe(
      "2026-11-24 17:00",
    );
  });

  it("may be another for each of two clocks on one case", () => {
    const others = [{ id: "ward", days: "everyDay" }];
    const friday: Said = ["started", "2026-11-20 15:00"];
    const window = { kind: "readingWindow", cutoff: "14:30", by: "15:00" };
    expect(dueLocal(living({ limit: window, calendar: "ward" }, [friday], { others }))).toBe(
      "2026-11-21 15:00",
    );
    expect(dueLocal(living({ limit: window, calendar: "workingDays" }, [friday], { others }))).toBe(
      "2026-11-23 15:00",
    );
  });

  it("of a substitute counts while the own is closed, and hours change from their date", () => {
    const own = {
      closingPeriods: [{ from: "2026-11-24", to: "2026-11-27" }],
      substitutes: [{ calendar: "other", to: "2026-11-25" }],
      changes: [{ from: "2026-11-30", openingHours: [{ days: [1], opens: "10:00", closes: "11:00" }] }],
    };
    const others = [{ id: "other", openingHours: [{ days: [2, 3], opens: "12:00", closes: "14:00" }] }];
    const due = (n: number) =>
      dueLocal(living({ limit: openMinutes(n) }, [["started", "2026-11-23 17:00"]], { own, others }));
    expect([due(120), due(240), due(270)]).toEqual([
      "2026-11-24 14:00",
      "2026-11-25 14:00",
      "2026-11-30 10:30",
    ]);
  });
});

describe("limits of a time of day", () => {
  it.each([
    ["2026-11-23 14:29", "2026-11-23 15:00"],
    ["2026-11-23 14:30", "2026-11-24 15:00"],
    ["2026-11-20 14:30", "2026-11-23 15:00"],
  ])("a reading window for what came at %s ends at %s", (start, due) => {
    const limit = { kind: "readingWindow", cutoff: "14:30", by: "15:00" };
    expect(dueLocal(living({ limit }, [["started", start]]))).toBe(due);
  });

  it("by noon of the day of discharge may be past when it starts, also on a Sunday", () => {
    const limit = { kind: "timeOfDay", at: "12:00", days: 0 };
    expect(dueLocal(living({ limit }, [["started", "2026-11-22 09:00"]]))).toBe("2026-11-22 12:00");
    const late = living({ limit }, [["started", "2026-11-22 13:00"]], { at: "2026-11-22 13:00" });
    expect(late).toMatchObject({ status: "breached", breachedAt: local("2026-11-22 12:00") });
  });

  it("the same day and the next are closing times of days that count", () => {
    const due = (day: string, start: string) =>
      dueLocal(living({ limit: { kind: "sameOrNextDay", day } }, [["started", start]]));
    expect([due("same", "2026-11-20 10:00"), due("same", "2026-11-20 18:00")]).toEqual([
      "2026-11-20 17:00",
      "2026-11-23 17:00",
    ]);
    expect([due("next", "2026-11-20 10:00"), due("next", "2026-11-21 10:00")]).toEqual([
      "2026-11-23 17:00",
      "2026-11-23 17:00",
    ]);
  });
});

const published = domainData("working-day-test-vectors") as
  | { vectors: Record<string, string | number>[] }
  | undefined;
describe.skipIf(published === undefined)("the published working-day vectors", () => {
  it.each(published?.vectors ?? [])("$start + $addWorkingDays", (vector) => {
    const limit = days(Number(vector["addWorkingDays"]));
    const dateOf = (closingDays: string[]) =>
      dueLocal(
        living({ limit }, [["started", `${String(vector["start"])} 10:00`]], { own: { closingDays } }),
      );
    expect(dateOf([])).toBe(`${String(vector["due_public_holidays_only"])} 17:00`);
    expect(dateOf(["12-24", "12-31", "06-05"])).toBe(
      `${String(vector["due_also_closed_24_31_dec_and_grundlovsdag"])} 17:00`,
    );
  });
});
