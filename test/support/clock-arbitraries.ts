import fc from "fast-check";
import type { Opening } from "../../contracts/messages/directory.ts";
import type { Hours } from "../../services/case/opening-hours.ts";

const weekdays = [1, 2, 3, 4, 5];
const opening = (days: number[], opens: string, closes: string): Opening => ({ days, opens, closes });

export const nineToFive: Hours = { openingHours: [opening(weekdays, "09:00", "17:00")], closingDays: [] };
export const withLunch: Hours = {
  openingHours: [
    opening(weekdays, "08:00", "12:00"),
    opening([1, 2, 3, 4], "12:45", "16:00"),
    opening([5], "12:45", "15:00"),
  ],
  closingDays: [],
};
export const closed = (...closingDays: string[]): Hours => ({ ...nineToFive, closingDays });
export const noHours: Hours = { openingHours: [], closingDays: [] };

/** Any opening hours: none, office hours, lunch breaks, nights over the change of the clocks, a day off, Sundays. */
export const anyHours: fc.Arbitrary<Hours> = fc.record({
  openingHours: fc.oneof(
    fc.constant([]),
    fc.constant(nineToFive.openingHours),
    fc.constant(withLunch.openingHours),
    fc.constant([opening([1, 3, 4], "08:30", "15:30"), opening([7], "01:00", "04:30")]),
    fc.constant([opening([1, 2, 3, 4, 5, 6, 7], "00:00", "23:59")]),
  ),
  closingDays: fc.subarray(["12-24", "12-31", "06-05", "2026-11-27", "2027-02-15"]),
});

/** An instant of 2025 to 2029, often near the change of the clocks, Christmas or Easter. */
export const anyInstant: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2029, 11, 31) }),
    ...["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2026-12-24", "2027-03-25"].map((date) =>
      fc.integer({ min: -4 * 86_400_000, max: 4 * 86_400_000 }).map((ms) => Date.parse(date) + ms),
    ),
  )
  .map((ms) => new Date(ms).toISOString());
