import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { instantOfLocal, localDateOf, localDateTimeOf } from "../../../../services/case/clock-zone.ts";

describe("Danish wall-clock time", () => {
  it("is one hour ahead of UTC in winter and two in summer", () => {
    expect(instantOfLocal("2026-11-23", "10:15")).toBe("2026-11-23T09:15:00.000Z");
    expect(instantOfLocal("2026-06-23", "10:15")).toBe("2026-06-23T08:15:00.000Z");
    expect(instantOfLocal("2026-11-23", "23:59:59")).toBe("2026-11-23T22:59:59.000Z");
  });

  it("ends its day at midnight of the next", () => {
    expect(instantOfLocal("2026-12-31", "24:00")).toBe("2026-12-31T23:00:00.000Z");
  });

  it("begins a new day before UTC does", () => {
    expect(localDateOf("2026-12-31T22:59:59.999Z")).toBe("2026-12-31");
    expect(localDateOf("2026-12-31T23:00:00.000Z")).toBe("2027-01-01");
    expect(localDateOf("2026-06-30T22:00:00.000Z")).toBe("2026-07-01");
    expect(localDateTimeOf("2026-06-30T22:05:59.000Z")).toBe("2026-07-01T00:05");
  });

  it.each([
    ["2026-03-29", "00:30", "01:30"],
    ["2027-03-28", "00:30", "01:30"],
  ])("on %s reads a time that the clocks skip with the offset before the change", (date, before, utc) => {
    expect(instantOfLocal(date, "02:30")).toBe(`${date}T${utc}:00.000Z`);
    expect(instantOfLocal(date, "02:30")).toBe(instantOfLocal(date, "03:30"));
    expect(instantOfLocal(date, "01:30")).toBe(`${date}T${before}:00.000Z`);
    expect(instantOfLocal(date, "04:00")).toBe(`${date}T02:00:00.000Z`);
  });

  it.each(["2026-10-25", "2027-10-31"])(
    "on %s reads a time that comes twice as the first of the two",
    (date) => {
      expect(instantOfLocal(date, "02:30")).toBe(`${date}T00:30:00.000Z`);
      expect(instantOfLocal(date, "03:00")).toBe(`${date}T02:00:00.000Z`);
      expect(localDateTimeOf(`${date}T00:30:00.000Z`)).toBe(`${date}T02:30`);
      expect(localDateTimeOf(`${date}T01:30:00.000Z`)).toBe(`${date}T02:30`);
    },
  );

  const anyInstant = fc
    .date({ min: new Date("1996-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString());

  it("is what luxon says it is, at any instant", () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const expected = DateTime.fromISO(instant, { zone: "Europe/Copenhagen" });
        expect(localDateTimeOf(instant)).toBe(expected.toFormat("yyyy-MM-dd'T'HH:mm"));
      }),
    );
  });

  it("changes on the very hour that luxon says, in every year", () => {
    for (let year = 1996; year <= 2040; year++)
      for (const month of [3, 10])
        for (let hour = 0; hour < 24 * 7; hour++) {
          const ms = Date.UTC(year, month - 1, 25, hour);
          const expected = DateTime.fromMillis(ms, { zone: "Europe/Copenhagen" });
          expect(localDateTimeOf(new Date(ms).toISOString())).toBe(expected.toFormat("yyyy-MM-dd'T'HH:mm"));
        }
  });

  it("comes back from an instant to the same instant, but for the second pass of the hour that comes twice", () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const minute = `${instant.slice(0, 16)}:00.000Z`;
        const [date = "", time = ""] = localDateTimeOf(minute).split("T");
        const back = Date.parse(instantOfLocal(date, time));
        expect([Date.parse(minute), Date.parse(minute) - 3_600_000]).toContain(back);
      }),
    );
  });
});
