import { expect, test } from "vitest";
import { byDay, spanOfWeek, weekOf } from "../../../../../../gateways/console/web/src/pages/slots/week.ts";

const sundayNight = Date.parse("2026-10-25T22:30:00.000Z");

test("a week is Monday to Sunday by the Danish date", () => {
  expect(weekOf(sundayNight, 0)).toEqual([
    "2026-10-19",
    "2026-10-20",
    "2026-10-21",
    "2026-10-22",
    "2026-10-23",
    "2026-10-24",
    "2026-10-25",
  ]);
  expect(weekOf(sundayNight + 45 * 60_000, 0)[0]).toBe("2026-10-26");
  expect(weekOf(sundayNight, -1)[0]).toBe("2026-10-12");
});

test("a week in which the clocks change is an hour longer", () => {
  expect(spanOfWeek(weekOf(sundayNight, 0))).toEqual({
    from: "2026-10-18T22:00:00.000Z",
    to: "2026-10-25T23:00:00.000Z",
  });
});

test("a time stands on its Danish day, earliest first", () => {
  const slot = (start: string) => ({
    ...{ slotId: start, visitation: "", hospital: "", unit: "", speciality: "kardiologi", place: "" },
    ...{ start, lengthMinutes: 30, open: 1, inTime: true },
  });
  const slots = [
    slot("2026-11-24T09:00:00.000Z"),
    slot("2026-11-23T23:30:00.000Z"),
    slot("2026-11-23T09:00:00.000Z"),
  ];
  const days = byDay(slots, ["2026-11-23", "2026-11-24"]);
  expect(days.map(({ slots: found }) => found.map(({ start }) => start.slice(8, 13)))).toEqual([
    ["23T09"],
    ["23T23", "24T09"],
  ]);
});
