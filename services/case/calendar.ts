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

const isHolidayNumber = (dayNumber: number): boolean =>
  publicHolidaysOf(new Date(dayNumber * dayMs).getUTCFullYear()).has(dayNumber);

export const isPublicHoliday = (localDate: string): boolean => isHolidayNumber(dayNumberOf(localDate));

/** Whether an organisation has closed this day itself: once (`yyyy-mm-dd`) or every year (`mm-dd`). */
export const isClosingDay = (localDate: string, closingDays: readonly string[]): boolean =>
  closingDays.length > 0 && (closingDays.includes(localDate) || closingDays.includes(localDate.slice(5)));

const isWorkingNumber = (dayNumber: number, closingDays: readonly string[]): boolean =>
  weekdayOfNumber(dayNumber) <= 5 &&
  !isHolidayNumber(dayNumber) &&
  !(closingDays.length > 0 && isClosingDay(localDateOfNumber(dayNumber), closingDays));

export const isWorkingDay = (localDate: string, closingDays: readonly string[]): boolean =>
  isWorkingNumber(dayNumberOf(localDate), closingDays);

/** The longest run of closed days that is believed. A list that closes for longer is a mistake, and is not counted. */
const longestClosureDays = 366;

/** The first working day after a day. Total: a promise must come due even when someone lists every day as closed. */
const workingDayAfter = (dayNumber: number, closingDays: readonly string[]): number => {
  for (let next = dayNumber + 1; next <= dayNumber + longestClosureDays; next++)
    if (isWorkingNumber(next, closingDays)) return next;
  return workingDayAfter(dayNumber, []);
};

/**
 * The working day that is `n` working days after a date; the day after it is day 1 (response-time agreements, clock
 * rule). With `n` 0 the date itself, even when it is not a working day.
 */
export const addWorkingDays = (localDate: string, n: number, closingDays: readonly string[]): string => {
  let day = dayNumberOf(localDate);
  for (let left = n; left > 0; left--) day = workingDayAfter(day, closingDays);
  return localDateOfNumber(day);
};

/** How many working days `d` there are with `from` <= `d` < `to`. */
export const workingDaysBetween = (from: string, to: string, closingDays: readonly string[]): number => {
  const end = dayNumberOf(to);
  let count = 0;
  for (let day = dayNumberOf(from); day < end; day++) if (isWorkingNumber(day, closingDays)) count++;
  return count;
};
