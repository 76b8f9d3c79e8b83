import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addWorkingDays,
  isClosingDay,
  isPublicHoliday,
  isWorkingDay,
  weekdayOf,
  workingDaysBetween,
} from "../../../../services/case/calendar.ts";
import { domainData } from "../../../support/domain-data.ts";
import { ownProcessorMs } from "../../../support/processor-time.ts";

const ownClosingDays = ["12-24", "12-31", "06-05"];

/** start, working days, due by public holidays only, due also closed 24 and 31 December and on Constitution Day */
const vectors: [string, number, string, string][] = [
  ["2026-11-23", 3, "2026-11-26", "2026-11-26"],
  ["2026-12-18", 3, "2026-12-23", "2026-12-23"],
  ["2026-12-21", 8, "2027-01-04", "2027-01-06"],
  ["2026-12-23", 1, "2026-12-24", "2026-12-28"],
  ["2027-03-22", 8, "2027-04-06", "2027-04-06"],
  ["2027-03-24", 1, "2027-03-30", "2027-03-30"],
  ["2027-05-05", 1, "2027-05-07", "2027-05-07"],
  ["2027-05-14", 3, "2027-05-20", "2027-05-20"],
  ["2028-06-02", 1, "2028-06-06", "2028-06-06"],
  ["2024-04-25", 1, "2024-04-26", "2024-04-26"],
  ["2023-05-04", 1, "2023-05-08", "2023-05-08"],
  ["2026-06-04", 1, "2026-06-05", "2026-06-08"],
];

describe("working days", () => {
  it.each(vectors)(
    "%s and %i more come to %s, or to %s with own closing days",
    (start, n, ...[due, ownDue]) => {
      expect(addWorkingDays(start, n, [])).toBe(due);
      expect(addWorkingDays(start, n, ownClosingDays)).toBe(ownDue);
    },
  );

  it("count from the day after, also when the start is a Saturday, a Sunday or a holiday", () => {
    expect(addWorkingDays("2026-11-21", 1, [])).toBe("2026-11-23");
    expect(addWorkingDays("2026-11-22", 3, [])).toBe("2026-11-25");
    expect(addWorkingDays("2026-12-25", 1, [])).toBe("2026-12-28");
  });

  it("with none added leave the date as it is", () => {
    expect(addWorkingDays("2026-11-21", 0, [])).toBe("2026-11-21");
  });

  it("between two dates count the first and not the last", () => {
    expect(workingDaysBetween("2026-11-23", "2026-11-26", [])).toBe(3);
    expect(workingDaysBetween("2026-11-21", "2026-11-23", [])).toBe(0);
    expect(workingDaysBetween("2026-11-20", "2026-11-23", [])).toBe(1);
    expect(workingDaysBetween("2026-12-23", "2026-12-28", ["12-24"])).toBe(1);
    expect(workingDaysBetween("2026-11-23", "2026-11-23", [])).toBe(0);
    expect(workingDaysBetween("2026-11-26", "2026-11-23", [])).toBe(0);
  });

  it("come even to one who has closed every day of the year", () => {
    const everyDay = Array.from({ length: 366 }, (_, i) => addDays("2028-01-01", i).slice(5));
    expect(addWorkingDays("2026-11-23", 1, everyDay)).toBe("2026-11-24");
  });
});

describe("closing days", () => {
  it("with a year close once, without one every year", () => {
    expect(isClosingDay("2026-12-24", ["12-24"])).toBe(true);
    expect(isClosingDay("2027-12-24", ["12-24"])).toBe(true);
    expect(isClosingDay("2026-05-15", ["2026-05-15"])).toBe(true);
    expect(isClosingDay("2027-05-15", ["2026-05-15"])).toBe(false);
  });
});

describe("public holidays", () => {
  it.each(["2026-06-05", "2026-12-24", "2026-12-31", "2026-05-01", "2024-04-26"])(
    "do not include %s",
    (date) => {
      expect(isPublicHoliday(date)).toBe(false);
      expect(isWorkingDay(date, [])).toBe(true);
    },
  );

  it("included Store bededag until 2023", () => {
    expect(isPublicHoliday("2023-05-05")).toBe(true);
    expect(isPublicHoliday("2022-05-13")).toBe(true);
  });

  it("include Constitution Day when it is Whit Monday", () => {
    expect(isPublicHoliday("2028-06-05")).toBe(true);
  });

  it.each(["2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21"])(
    "follow Easter Sunday %s",
    (easter) => {
      const holidays = [-3, -2, 0, 1, 39, 49, 50].map((days) => addDays(easter, days));
      expect(holidays.filter(isPublicHoliday)).toEqual(holidays);
      expect(isPublicHoliday(addDays(easter, 26))).toBe(false);
      expect(isPublicHoliday(addDays(easter, -1))).toBe(false);
    },
  );
});

const published = domainData("dk-holidays-2023-2035") as
  | { years: Record<string, { date: string }[]> }
  | undefined;
describe.skipIf(published === undefined)("public holidays of 2023 to 2035", () => {
  const years = Object.entries(published?.years ?? {}).filter(([year]) => /^\d{4}$/.test(year));
  it.each(years)("%s are the published ones and no others", (year, holidays) => {
    const all = Array.from({ length: 366 }, (_, i) => addDays(`${year}-01-01`, i)).filter((date) =>
      date.startsWith(year),
    );
    expect(all.filter(isPublicHoliday)).toEqual(holidays.map(({ date }) => date).toSorted());
  });
});

const publishedVectors = domainData("working-day-test-vectors") as
  | { vectors: Record<string, string | number>[] }
  | undefined;
describe.skipIf(publishedVectors === undefined)("published working-day vectors", () => {
  it.each(publishedVectors?.vectors ?? [])("$start + $addWorkingDays", (vector) => {
    const [start, n] = [String(vector["start"]), Number(vector["addWorkingDays"])];
    expect(addWorkingDays(start, n, [])).toBe(vector["due_public_holidays_only"]);
    expect(addWorkingDays(start, n, ownClosingDays)).toBe(
      vector["due_also_closed_24_31_dec_and_grundlovsdag"],
    );
  });
});

const localDate = fc.integer({ min: 0, max: 4700 }).map((days) => addDays("2023-01-01", days));
const closingDays = fc.subarray(["12-24", "12-31", "06-05", "2026-05-15", "2027-02-15"]);

describe("for any date, any count and any closing days", () => {
  it("the result is a working day, and lies exactly that many working days ahead", () => {
    fc.assert(
      fc.property(localDate, fc.integer({ min: 1, max: 30 }), closingDays, (date, n, closed) => {
        const due = addWorkingDays(date, n, closed);
        expect(isWorkingDay(due, closed)).toBe(true);
        expect(workingDaysBetween(addDays(date, 1), addDays(due, 1), closed)).toBe(n);
      }),
    );
  });

  it("adding in two steps is adding at once", () => {
    const some = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(localDate, some, some, (date, a, b) => {
        expect(addWorkingDays(addWorkingDays(date, a, []), b, [])).toBe(addWorkingDays(date, a + b, []));
      }),
    );
  });

  it("weekdays follow one another", () => {
    fc.assert(
      fc.property(localDate, (date) => {
        expect(weekdayOf(addDays(date, 1))).toBe((weekdayOf(date) % 7) + 1);
      }),
    );
    expect(weekdayOf("2026-11-23")).toBe(1);
    expect(weekdayOf("1969-12-28")).toBe(7);
  });
});

describe("adding working days", () => {
  it("costs microseconds once a year is known", () => {
    addWorkingDays("2026-11-23", 3, ownClosingDays);
    const start = ownProcessorMs();
    for (let i = 0; i < 10_000; i++) addWorkingDays("2026-11-23", 3, ownClosingDays);
    // Measured at 5; the bound leaves room and still fails when a year is computed each time.
    expect((ownProcessorMs() - start) / 10).toBeLessThan(100);
  });
});
