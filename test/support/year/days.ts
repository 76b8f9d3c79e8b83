/** When things happen in a Danish year: by month, weekday, holiday and hour. */
import { addDays, isPublicHoliday, isWorkingDay, weekdayOf } from "../../../services/case/calendar.ts";
import { instantOfLocal, localDateTimeOf } from "../../../services/case/clock-zone.ts";
import type { Random } from "./random.ts";
import { hourLoad, monthLoad, type Profile, weekdayLoad } from "./volumes.ts";

const minuteMs = 60_000;
export const msAt = (date: string, time: string): number => Date.parse(instantOfLocal(date, time));
export const instantAt = (ms: number): string => new Date(ms).toISOString();
const two = (n: number): string => String(n).padStart(2, "0");

export const datesOf = (year: number): string[] => {
  const dates: string[] = [];
  for (let date = `${String(year)}-01-01`; date.startsWith(String(year)); date = addDays(date, 1))
    dates.push(date);
  return dates;
};

const loadOf = (date: string, profile: Profile): number => {
  const weekday = isPublicHoliday(date) ? 7 : weekdayOf(date);
  return (monthLoad[Number(date.slice(5, 7)) - 1] ?? 1) * (weekdayLoad[profile][weekday - 1] ?? 1);
};

/** Instants of a year, as many as asked for, as busy days and hours have them; in no order. */
export const arrivals = (
  dates: readonly string[],
  profile: Profile,
  { count, random }: { count: number; random: Random },
): number[] => {
  const days = dates.map((date) => [date, loadOf(date, profile)] as const);
  const total = days.reduce((sum, [, load]) => sum + load, 0);
  const hours = hourLoad[profile].map((weight, hour) => [hour, weight] as const);
  const found: number[] = [];
  let due = 0;
  for (const [date, load] of days) {
    due += (count * load) / total;
    while (found.length + 1 <= due + 1e-9) {
      const hour = random.weighed(hours);
      found.push(msAt(date, `${two(hour)}:${two(random.between(0, 59))}`) + random.between(0, 59_999));
    }
  }
  return found;
};

/** The first moment from `ms` on when an office is at work: Monday to Friday, no holiday, from 8 to 15.30. */
export const inOffice = (ms: number, random: Random): number => {
  const local = localDateTimeOf(instantAt(ms));
  const [date, time] = [local.slice(0, 10), local.slice(11)];
  if (isWorkingDay(date, []) && time >= "08:00" && time < "15:30") return ms;
  let next = isWorkingDay(date, []) && time < "08:00" ? date : addDays(date, 1);
  while (!isWorkingDay(next, [])) next = addDays(next, 1);
  return msAt(next, "08:00") + random.between(1, 150) * minuteMs;
};

/** The Danish date of an instant, and a time of day so many days on. */
export const dateOf = (ms: number): string => localDateTimeOf(instantAt(ms)).slice(0, 10);
export const daysOn = (ms: number, days: number, time: string): number =>
  msAt(addDays(dateOf(ms), days), time);
