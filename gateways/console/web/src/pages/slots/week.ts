/** A week of sub-acute times as a calendar shows it. Pure. */
import type { OpenSlot } from "../../../../../../contracts/messages/booking-slot.ts";
import { localOf } from "../../time/danish.ts";
import { instantOf } from "../../time/danish-instant.ts";

const dayMs = 24 * 60 * 60_000;

const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The seven Danish dates, Monday first, of the week that an instant is in, some weeks on. */
export const weekOf = (nowMs: number, weeksOn: number): string[] => {
  const { date } = localOf(nowMs);
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, i) => plusDays(date, i - weekday + 7 * weeksOn));
};

/** From the first midnight of a week to the last. */
export const spanOfWeek = (days: readonly string[]): { from: string; to: string } => {
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return {
    from: instantOf(`${first}T00:00`) ?? "",
    to: instantOf(`${plusDays(last, 1)}T00:00`) ?? "",
  };
};

/** The times of each day, earliest first. */
export const byDay = (
  slots: readonly OpenSlot[],
  days: readonly string[],
): { date: string; slots: OpenSlot[] }[] =>
  days.map((date) => ({
    date,
    slots: slots
      .filter(({ start }) => localOf(Date.parse(start)).date === date)
      .toSorted((a, b) => a.start.localeCompare(b.start)),
  }));

export const specialitiesIn = (slots: readonly OpenSlot[]): string[] =>
  [...new Set(slots.map(({ speciality }) => speciality))].toSorted();
