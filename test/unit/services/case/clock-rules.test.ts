import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit } from "../../../../contracts/limits.ts";
import { isWorkingDay } from "../../../../services/case/calendar.ts";
import { dueOf, type Hours, shiftForPause } from "../../../../services/case/clock-rules.ts";
import { instantOfLocal, localDateOf, localDateTimeOf } from "../../../../services/case/clock-zone.ts";
import { closingTimeOf } from "../../../../services/case/opening-hours.ts";
import {
  anyHours,
  anyInstant,
  closed,
  nineToFive,
  noHours,
  withLunch,
} from "../../../support/clock-arbitraries.ts";

const local = (text: string) => {
  const [date = "", time = ""] = text.split(" ");
  return instantOfLocal(date, time);
};
const days = (n: number): Limit => ({ kind: "workingDays", days: n });
const elapsed = (minutes: number): Limit => ({ kind: "elapsed", minutes });
const opening = (minutes: number): Limit => ({ kind: "openingMinutes", minutes });
const dueLocal = (limit: Limit, start: string, hours: Hours) =>
  localDateTimeOf(dueOf(limit, local(start), hours)).replace("T", " ");

describe("a limit in working days", () => {
  it.each([
    ["the day after the start is day 1", "2026-11-23 10:15", 3, nineToFive, "2026-11-26 17:00"],
    ["a start after closing time counts as that day", "2026-11-23 21:00", 3, nineToFive, "2026-11-26 17:00"],
    ["a start on a Saturday has Monday as day 1", "2026-11-21 10:00", 1, nineToFive, "2026-11-23 17:00"],
    ["a lunch break is no closing time", "2026-11-23 10:15", 3, withLunch, "2026-11-26 16:00"],
    ["a Friday may close early", "2026-11-24 10:15", 3, withLunch, "2026-11-27 15:00"],
    ["without opening hours the day ends at 23:59:59", "2026-11-23 10:15", 3, noHours, "2026-11-26 23:59"],
    ["own closing days are no working days", "2026-12-23 10:00", 1, closed("12-24"), "2026-12-28 17:00"],
    ["Easter is passed over", "2027-03-24 10:00", 1, nineToFive, "2027-03-30 17:00"],
    ["New Year is passed over", "2026-12-30 10:00", 2, nineToFive, "2027-01-04 17:00"],
    ["the clocks change meanwhile, in March", "2026-03-27 10:00", 1, nineToFive, "2026-03-30 17:00"],
    ["the clocks change meanwhile, in October", "2026-10-23 10:00", 1, nineToFive, "2026-10-26 17:00"],
  ])("%s", (_, ...[start, n, hours, due]) => {
    expect(dueLocal(days(n), start, hours)).toBe(due);
  });

  it("of none is the next closing time of a working day", () => {
    expect(dueLocal(days(0), "2026-11-20 10:00", nineToFive)).toBe("2026-11-20 17:00");
    expect(dueLocal(days(0), "2026-11-20 17:00", nineToFive)).toBe("2026-11-23 17:00");
    expect(dueLocal(days(0), "2026-11-21 10:00", nineToFive)).toBe("2026-11-23 17:00");
  });

  it("never comes due, nor warns, at midnight or at a weekend for one who has office hours", () => {
    for (let day = 1; day <= 28; day++)
      for (const n of [1, 2, 3]) {
        const due = dueOf(days(n), local(`2026-12-${String(day).padStart(2, "0")} 23:30`), nineToFive);
        expect(localDateTimeOf(due).slice(11)).toBe("17:00");
        expect(isWorkingDay(localDateOf(due), [])).toBe(true);
      }
  });
});

describe("a limit in elapsed minutes", () => {
  it.each(["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])(
    "is exact over the change of the clocks on %s",
    (date) => {
      const start = instantOfLocal(date, "00:30");
      const due = dueOf(elapsed(72 * 60), start, nineToFive);
      expect(Date.parse(due) - Date.parse(start)).toBe(72 * 3_600_000);
    },
  );

  it("takes no notice of nights, weekends and holidays", () => {
    expect(dueLocal(elapsed(15), "2026-12-24 23:50", closed("12-24"))).toBe("2026-12-25 00:05");
  });
});

describe("a limit in opening minutes", () => {
  it("of an hour from Friday 16:30 is Monday 09:30", () => {
    expect(dueLocal(opening(60), "2026-11-20 16:30", nineToFive)).toBe("2026-11-23 09:30");
  });
  it("stands still over lunch", () => {
    expect(dueLocal(opening(60), "2026-11-23 11:30", withLunch)).toBe("2026-11-23 13:15");
  });
});

const paused = (
  limit: Limit,
  from: { start: string; hours: Hours },
  [pausedAt, resumedAt]: [string, string],
) => {
  const due = dueOf(limit, local(from.start), from.hours);
  const times = { due, warnAt: due };
  const pause = { pausedAt: local(pausedAt), resumedAt: local(resumedAt), hours: from.hours };
  return localDateTimeOf(shiftForPause({ limit, warnAt: limit }, times, pause).due).replace("T", " ");
};
const monday = { start: "2026-11-23 10:15", hours: nineToFive };

describe("a pause of a clock in working days", () => {
  it.each([
    ["within one day moves nothing", ["2026-11-24 09:00", "2026-11-24 16:59"], "2026-11-26 17:00"],
    ["over one night moves one day", ["2026-11-24 16:59", "2026-11-25 08:00"], "2026-11-27 17:00"],
    [
      "over two nights moves two days, and over the weekend",
      ["2026-11-24 09:00", "2026-11-26 09:00"],
      "2026-11-30 17:00",
    ],
  ] as [string, [string, string], string][])("%s", (_, pause, due) => {
    expect(paused(days(3), monday, pause)).toBe(due);
  });

  it("from Friday to Monday moves one day", () => {
    const thursday = { start: "2026-11-26 10:00", hours: nineToFive };
    expect(dueLocal(days(3), thursday.start, nineToFive)).toBe("2026-12-01 17:00");
    expect(paused(days(3), thursday, ["2026-11-27 16:00", "2026-11-30 09:00"])).toBe("2026-12-02 17:00");
  });

  it("over a weekend only moves nothing", () => {
    expect(
      paused(days(3), { start: "2026-11-26 10:00", hours: nineToFive }, [
        "2026-11-28 10:00",
        "2026-11-30 10:00",
      ]),
    ).toBe("2026-12-01 17:00");
  });

  it("that begins and ends on holidays moves by the working days between", () => {
    const christmas = { start: "2026-12-22 10:00", hours: nineToFive };
    expect(dueLocal(days(3), christmas.start, nineToFive)).toBe("2026-12-28 17:00");
    expect(paused(days(3), christmas, ["2026-12-25 10:00", "2026-12-26 10:00"])).toBe("2026-12-28 17:00");
    expect(paused(days(3), christmas, ["2026-12-25 10:00", "2026-12-29 10:00"])).toBe("2026-12-29 17:00");
  });

  it("on the working day of the start ends as if started on the working day it resumed", () => {
    for (const resumed of ["2026-11-24 08:00", "2026-11-25 12:00", "2026-11-27 16:00", "2026-12-01 09:00"])
      expect(paused(days(3), monday, [monday.start, resumed])).toBe(dueLocal(days(3), resumed, nineToFive));
  });

  it("within one day moves nothing, also when closing time has been changed since", () => {
    const due = local("2026-11-26 16:00");
    const pause = {
      pausedAt: local("2026-11-24 09:00"),
      resumedAt: local("2026-11-24 12:00"),
      hours: nineToFive,
    };
    expect(shiftForPause({ limit: days(3), warnAt: days(2) }, { due, warnAt: due }, pause).due).toBe(due);
  });

  it("takes the closing time that the new day has now", () => {
    const due = local("2026-11-26 16:00");
    const pause = {
      pausedAt: local("2026-11-24 09:00"),
      resumedAt: local("2026-11-25 09:00"),
      hours: withLunch,
    };
    const shifted = shiftForPause({ limit: days(3), warnAt: days(2) }, { due, warnAt: due }, pause);
    expect(shifted.due).toBe(local("2026-11-27 15:00"));
  });
});

describe("a pause of a clock in minutes", () => {
  it("moves an elapsed limit by the pause, also over the change of the clocks", () => {
    const from = { start: "2026-03-28 22:00", hours: noHours };
    expect(paused(elapsed(60), from, ["2026-03-28 22:30", "2026-03-29 04:30"])).toBe("2026-03-29 05:00");
  });

  it("moves opening minutes by those within the pause", () => {
    const friday = { start: "2026-11-20 16:00", hours: nineToFive };
    expect(paused(opening(120), friday, ["2026-11-20 16:30", "2026-11-23 10:00"])).toBe("2026-11-23 11:30");
    expect(paused(opening(120), friday, ["2026-11-21 10:00", "2026-11-22 10:00"])).toBe("2026-11-23 10:00");
  });

  it("moves the warning by the warning's own unit", () => {
    const start = local("2026-11-20 16:30");
    const limits = { limit: days(1), warnAt: opening(60) };
    const times = {
      due: dueOf(limits.limit, start, nineToFive),
      warnAt: dueOf(limits.warnAt, start, nineToFive),
    };
    const pause = {
      pausedAt: local("2026-11-20 16:45"),
      resumedAt: local("2026-11-20 17:00"),
      hours: nineToFive,
    };
    expect(shiftForPause(limits, times, pause)).toEqual({
      due: times.due,
      warnAt: local("2026-11-23 09:45"),
    });
  });
});

const anyLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map(days),
  fc.integer({ min: 1, max: 5000 }).map(elapsed),
  fc.integer({ min: 1, max: 5000 }).map(opening),
);

describe("for any limit, any start and any hours", () => {
  it("due is never before the start", () => {
    fc.assert(
      fc.property(anyLimit, anyInstant, anyHours, (limit, start, hours) => {
        expect(dueOf(limit, start, hours) > start).toBe(true);
      }),
    );
  });

  it("a later start is never due sooner", () => {
    fc.assert(
      fc.property(fc.tuple(anyLimit, anyInstant, anyInstant, anyHours), ([limit, a, b, hours]) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(dueOf(limit, first, hours) <= dueOf(limit, second, hours)).toBe(true);
      }),
    );
  });

  it("a limit in working days is due at closing time of a working day, and never on a closed day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), anyInstant, anyHours, (n, start, hours) => {
        const due = dueOf(days(n), start, hours);
        const date = localDateOf(due);
        expect(isWorkingDay(date, hours.closingDays)).toBe(true);
        expect(due).toBe(instantOfLocal(date, closingTimeOf(date, hours.openingHours)));
      }),
    );
  });

  it("a pause of zero length changes nothing", () => {
    fc.assert(
      fc.property(fc.tuple(anyLimit, anyInstant, anyInstant, anyHours), ([limit, start, at, hours]) => {
        const times = { due: dueOf(limit, start, hours), warnAt: dueOf(limit, start, hours) };
        const pause = { pausedAt: at, resumedAt: at, hours };
        expect(shiftForPause({ limit, warnAt: limit }, times, pause)).toEqual(times);
      }),
    );
  });

  const threeInOrder = fc
    .tuple(
      anyInstant,
      fc.integer({ min: 0, max: 9 * 86_400_000 }),
      fc.integer({ min: 0, max: 9 * 86_400_000 }),
    )
    .map(([first, a, b]) => [0, a, a + b].map((ms) => new Date(Date.parse(first) + ms).toISOString()));

  it("a pause cut in two at any instant moves as much as the whole", () => {
    fc.assert(
      fc.property(
        fc.tuple(anyLimit, anyInstant, threeInOrder, anyHours),
        ([limit, start, [p = "", m = "", r = ""], hours]) => {
          const limits = { limit, warnAt: limit };
          const times = { due: dueOf(limit, start, hours), warnAt: dueOf(limit, start, hours) };
          const first = shiftForPause(limits, times, { pausedAt: p, resumedAt: m, hours });
          const second = shiftForPause(limits, first, { pausedAt: m, resumedAt: r, hours });
          expect(second).toEqual(shiftForPause(limits, times, { pausedAt: p, resumedAt: r, hours }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("a pause never makes anything due sooner", () => {
    fc.assert(
      fc.property(
        fc.tuple(anyLimit, anyInstant, threeInOrder, anyHours),
        ([limit, start, [p = "", , r = ""], hours]) => {
          const times = { due: dueOf(limit, start, hours), warnAt: dueOf(limit, start, hours) };
          const shifted = shiftForPause({ limit, warnAt: limit }, times, {
            pausedAt: p,
            resumedAt: r,
            hours,
          });
          expect(shifted.due >= times.due).toBe(true);
        },
      ),
    );
  });
});
