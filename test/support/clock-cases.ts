/** Random clocks around the dates that are hard: both changes of the clocks, Easter, Christmas, Ascension. */
import fc from "fast-check";
import { ClockCalendar } from "../../contracts/clock-calendar.ts";
import type { Limit } from "../../contracts/limits.ts";

/** Where the stretches begin that are walked through, and how many days they have. */
export const nastyDates = [
  "2026-03-16",
  "2026-10-12",
  "2026-12-14",
  "2027-03-15",
  "2027-04-26",
  "2026-04-27",
];
export const stretchDays = 80;

const weekdays = [1, 2, 3, 4, 5];
const openingsChoices = [
  [],
  [{ days: weekdays, opens: "09:00", closes: "17:00" }],
  [
    { days: weekdays, opens: "08:00", closes: "12:00" },
    { days: [1, 2, 3, 4], opens: "12:45", closes: "16:00" },
    { days: [5], opens: "12:45", closes: "15:00" },
  ],
  [
    { days: [1, 3, 4], opens: "08:30", closes: "15:30" },
    { days: [7], opens: "01:00", closes: "04:30" },
  ],
  [{ days: [1, 2, 3, 4, 5, 6, 7], opens: "00:00", closes: "23:59" }],
  [
    { days: weekdays, opens: "10:00", closes: "14:00" },
    { days: weekdays, opens: "08:00", closes: "12:00" },
    { days: [6], opens: "09:00", closes: "11:00" },
  ],
];
const openingHours = fc.constantFrom(...openingsChoices);
const dates = [
  "2026-03-27",
  "2026-04-01",
  "2026-05-15",
  "2026-10-26",
  "2026-12-24",
  "2027-03-24",
  "2027-05-07",
];

const substituteId = "stand-in";
export const standIn = ClockCalendar.parse({
  id: substituteId,
  openingHours: [{ days: weekdays, opens: "10:00", closes: "13:00" }],
});

const anyCalendar = fc
  .record({
    id: fc.constant("own"),
    days: fc.constantFrom("workingDays", "workingDays", "everyDay"),
    openingHours,
    closingDays: fc.subarray(["12-24", "12-31", "06-05", "05-01", ...dates], { maxLength: 4 }),
    closingPeriods: fc.subarray(
      [
        { from: "2026-12-28", to: "2027-01-03" },
        { from: "2026-10-12", to: "2026-10-18" },
        { from: "2027-03-30", to: "2027-04-02" },
      ],
      { maxLength: 2 },
    ),
    halfDays: fc.subarray(
      [
        { day: "12-23", closes: "12:00" },
        { day: "2026-10-23", closes: "08:00" },
        { day: "2027-03-24", closes: "13:30" },
        { day: "05-05", closes: "00:00" },
      ],
      { maxLength: 3 },
    ),
    changes: fc.subarray(
      [
        { from: "2027-01-01", openingHours: openingsChoices[1] ?? [] },
        { from: "2026-10-26", openingHours: openingsChoices[2] ?? [] },
        { from: "2026-03-30", openingHours: openingsChoices[5] ?? [] },
      ],
      { maxLength: 2 },
    ),
    substitutes: fc.constantFrom(
      [],
      [],
      [{ calendar: substituteId }],
      [{ calendar: substituteId, from: "2026-12-28", to: "2026-12-31" }],
    ),
  })
  .map((calendar) => ClockCalendar.parse(calendar));

/** Some calendars, the same for a seed: tables of their minutes are made once. */
export const someCalendars = (count: number, seed: number): ClockCalendar[] =>
  fc.sample(anyCalendar, { numRuns: count, seed });

const times = ["07:15", "08:00", "11:00", "12:00", "14:30", "15:00", "17:00", "23:30"] as const;
const window = fc.tuple(fc.nat(times.length - 2), fc.nat(times.length - 2)).map(([a, b]): Limit => {
  const [first, second] = a <= b ? [a, b + 1] : [b, a + 1];
  return { kind: "readingWindow", cutoff: times[first] ?? "", by: times[second] ?? "" };
});

export const anyLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc.nat(7).map((days): Limit => ({ kind: "workingDays", days })),
  fc.integer({ min: 1, max: 4000 }).map((minutes): Limit => ({ kind: "elapsed", minutes })),
  fc.integer({ min: 1, max: 1500 }).map((minutes): Limit => ({ kind: "openingMinutes", minutes })),
  fc.nat(9).map((days): Limit => ({ kind: "calendarDays", days })),
  window,
  fc.constantFrom<Limit>({ kind: "sameOrNextDay", day: "same" }, { kind: "sameOrNextDay", day: "next" }),
  fc
    .tuple(fc.constantFrom(...times), fc.nat(4))
    .map(([at, days]): Limit => ({ kind: "timeOfDay", at, days })),
);

/** Minutes that lie close together now and days apart then, so that pauses meet closing times, midnights and one another. */
const gap = fc.oneof(
  fc.nat(40),
  fc.integer({ min: 0, max: 900 }),
  fc.integer({ min: 600, max: 5200 }),
  fc.nat(4).map((days) => days * 1440),
);

/** A start on a quarter of an hour or any minute, gaps to up to six turns of pausing and resuming, and perhaps to an answer. */
export const anyCourse = fc.record({
  start: fc.oneof(
    fc.integer({ min: 1440, max: 22 * 1440 }),
    fc.integer({ min: 96, max: 22 * 96 }).map((quarter) => quarter * 15),
  ),
  turns: fc.array(gap, { maxLength: 6 }),
  answer: fc.option(fc.oneof(gap, fc.integer({ min: 0, max: 14 * 1440 })), { nil: undefined }),
});
