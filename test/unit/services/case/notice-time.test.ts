import { expect, test } from "vitest";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import { digestAfter, isOpenAt } from "../../../../services/case/notice-time.ts";
import { local } from "../../../support/clock-given.ts";
import { organisation, who } from "../../../support/region-view.ts";

type Hours = Pick<Organisation, "openingHours" | "closingDays" | "digestAt">;

const office: Hours = {
  openingHours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }],
  closingDays: ["12-24", "12-31"],
};
const practice = organisation(who.practice);
const roundTheClock: Hours = {
  openingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: "00:00", closes: "23:59" }],
  closingDays: [],
};

test.each<[why: string, Hours | undefined, from: string, digest: string]>([
  ["a night is waited out", office, "2026-11-23 22:00", "2026-11-24 08:00"],
  ["before opening it is the same day's", office, "2026-11-24 06:00", "2026-11-24 08:00"],
  ["at the very time it is the next day's: one a day", office, "2026-11-24 08:00", "2026-11-25 08:00"],
  ["within the day it is the next day's", office, "2026-11-24 10:00", "2026-11-25 08:00"],
  ["a weekend is waited out", office, "2026-11-27 17:00", "2026-11-30 08:00"],
  ["Easter is waited out", office, "2026-04-01 16:30", "2026-04-07 08:00"],
  ["Christmas is waited out, from the 23rd", office, "2026-12-23 17:00", "2026-12-28 08:00"],
  ["New Year is waited out", office, "2026-12-30 17:00", "2027-01-04 08:00"],
  ["24 December counts for whoever is open then", undefined, "2026-12-23 17:00", "2026-12-24 08:00"],
  [
    "nobody's hours are office hours on Danish working days",
    undefined,
    "2026-12-24 08:30",
    "2026-12-28 08:00",
  ],
  ["5 June is a closing day of this practice", practice, "2026-06-04 17:00", "2026-06-08 08:00"],
  ["its own time", { ...office, digestAt: "13:30" }, "2026-11-24 09:00", "2026-11-24 13:30"],
  [
    "a time in the lunch break is after it",
    { ...practice, digestAt: "12:15" },
    "2026-11-24 09:00",
    "2026-11-24 12:45",
  ],
  [
    "a time when it is closed is its first opening",
    { ...office, digestAt: "20:00" },
    "2026-11-24 06:00",
    "2026-11-24 08:00",
  ],
  [
    "the night of March that skips an hour",
    { ...roundTheClock, digestAt: "02:30" },
    "2026-03-28 12:00",
    "2026-03-29 03:30",
  ],
  [
    "the night of October has one 02:30 too many, and one digest",
    { ...roundTheClock, digestAt: "02:30" },
    "2026-10-24 12:00",
    "2026-10-25 02:30",
  ],
])("%s", (_why, hours, from, digest) => {
  const found = digestAfter(hours, local(from));
  expect(found).toEqual({ at: local(digest), date: digest.slice(0, 10) });
});

test("the hour that comes twice in October has no second digest", () => {
  const hours = { ...roundTheClock, digestAt: "02:30" };
  const first = digestAfter(hours, local("2026-10-24 12:00"));
  expect(digestAfter(hours, first.at).date).toBe("2026-10-26");
});

test("an organisation that is closed every day of the year is told in office hours", () => {
  const never: Hours = { ...office, openingHours: [{ days: [7], opens: "01:00", closes: "02:00" }] };
  const closed = Array.from({ length: 400 }, (_, i) =>
    new Date(Date.UTC(2026, 10, 1 + i)).toISOString().slice(0, 10),
  );
  expect(digestAfter({ ...never, closingDays: closed }, local("2026-11-24 09:00")).at).toBe(
    local("2026-11-25 08:00"),
  );
});

test.each([
  ["2026-11-24 08:00", true],
  ["2026-11-24 07:59", false],
  ["2026-11-24 12:00", false],
  ["2026-11-24 12:45", true],
  ["2026-12-24 10:00", false],
  ["2026-12-25 10:00", false],
])("at %s the practice is open: %s", (at, open) => {
  expect(isOpenAt(practice, local(at))).toBe(open);
});
