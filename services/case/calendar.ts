/**
 * The Danish calendar, in local dates (`yyyy-mm-dd`) without a time zone. Working days are Monday to Friday less public
 * holidays and less the days that an organisation has closed by its own choice (guide, section 7). Only true public
 * holidays count: Constitution Day and 24 and 31 December are ordinary working days unless the organisation lists
 * them, and Store bededag has been one since 2024 (Act L13 of 2023).
 */
import Holidays from "date-holidays";

const dayMs = 86_400_000;
/** A day as a number: days since 1970-01-01. Adding to it needs no time zone and no library. */
const dayNumberOf = (localDate: string): number => {
  const [year, month, day] = [localDate.slice(0, 4), localDate.slice(5, 7), localDate.slice(8, 10)];
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / dayMs;
};
const localDateOfNumber = (dayNumber: number): string =>
  new Date(dayNumber * dayMs).toISOString().slice(0, 10);
/** 1970-01-01 was a Thursday. */
const weekdayOfNumber = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

/** ISO weekday, 1 = Monday to 7 = Sunday. */
export const weekdayOf = (localDate: string): number => weekdayOfNumber(dayNumberOf(localDate));

export const addDays = (localDate: string, days: number): string =>
  localDateOfNumber(dayNumberOf(localDate) + days);

export const daysBetween = (from: string, to: string): number => dayNumberOf(to) - dayNumberOf(from);

let denmark: Holidays | undefined;
const holidaysByYear = new Map<number, ReadonlySet<number>>();

/** Asking date-holidays costs milliseconds, and decisions ask thousands of times a second: once per year is enough. */
const publicHolidaysOf = (year: number): ReadonlySet<number> => {
  const known = holidaysByYear.get(year);
  if (known !== undefined) return known;
  denmark ??= new Holidays("DK");
  const days = new Set(
    denmark
      .getHolidays(year)
      .filter((holiday) => holiday.type === "public")
      .map((holiday) => dayNumberOf(holiday.date)),
  );
  holidaysByYear.set(year, days);
  return days;
};

export const isPublicHoliday = (localDate: string): boolean =>
  publicHolidaysOf(Number(localDate.slice(0, 4))).has(dayNumberOf(localDate));

/** What a public holiday is called; `undefined` for other days. */
export const holidayName = (localDate: string, language: "da" | "en"): string | undefined => {
  denmark ??= new Holidays("DK");
  return denmark
    .getHolidays(Number(localDate.slice(0, 4)), language)
    .find(({ type, date }) => type === "public" && date.startsWith(localDate))?.name;
};

/** Whether an organisation has closed this day itself: once (`yyyy-mm-dd`) or every year (`mm-dd`). */
export const isClosingDay = (localDate: string, closingDays: readonly string[]): boolean =>
  closingDays.length > 0 && (closingDays.includes(localDate) || closingDays.includes(localDate.slice(5)));

export const isWorkingDay = (localDate: string, closingDays: readonly string[]): boolean =>
  weekdayOf(localDate) <= 5 && !isPublicHoliday(localDate) && !isClosingDay(localDate, closingDays);

/** Which days count, and which would if the organisation closed none by its own choice. */
export type CountingDays = {
  counts: (localDate: string) => boolean;
  unclosed: (localDate: string) => boolean;
};

/** The longest run of closed days that is believed. A list that closes for longer is a mistake, and is not counted. */
const longestClosureDays = 366;

/** The first counting day after a day. Total: a promise must come due even when someone lists every day as closed. */
const countingDayAfter = (dayNumber: number, { counts, unclosed }: CountingDays): number => {
  for (let next = dayNumber + 1; next <= dayNumber + longestClosureDays; next++)
    if (counts(localDateOfNumber(next))) return next;
  return countingDayAfter(dayNumber, { counts: unclosed, unclosed });
};

/** The counting day that is `n` of them after a date; the day after it is day 1. With `n` 0 the date itself. */
export const addCountingDays = (localDate: string, n: number, days: CountingDays): string => {
  let day = dayNumberOf(localDate);
  for (let left = n; left > 0; left--) day = countingDayAfter(day, days);
  return localDateOfNumber(day);
};

/** How many counting days `d` there are with `from` <= `d` < `to`. */
export const countingDaysBetween = (
  from: string,
  to: string,
  { counts }: Pick<CountingDays, "counts">,
): number => {
  const end = dayNumberOf(to);
  let count = 0;
  for (let day = dayNumberOf(from); day < end; day++) if (counts(localDateOfNumber(day))) count++;
  return count;
};

const workingDays = (closingDays: readonly string[]): CountingDays => ({
  counts: (date) => isWorkingDay(date, closingDays),
  unclosed: (date) => isWorkingDay(date, []),
});

/**
 * The working day that is `n` working days after a date; the day after it is day 1 (response-time agreements, clock
 * rule). With `n` 0 the date itself, even when it is not a working day.
 */
export const addWorkingDays = (localDate: string, n: number, closingDays: readonly string[]): string =>
  addCountingDays(localDate, n, workingDays(closingDays));

/** How many working days `d` there are with `from` <= `d` < `to`. */
export const workingDaysBetween = (from: string, to: string, closingDays: readonly string[]): number =>
  countingDaysBetween(from, to, workingDays(closingDays));
