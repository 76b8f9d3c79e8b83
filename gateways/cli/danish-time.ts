import type { Instant } from "../../contracts/time.ts";

const formatter = new Intl.DateTimeFormat("da-DK", {
  timeZone: "Europe/Copenhagen",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const partsOf = (instant: Instant): ((type: Intl.DateTimeFormatPartTypes) => string) => {
  const parts = formatter.formatToParts(new Date(instant));
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
};

/** An instant on a Danish wall clock, e.g. `onsdag 25. november kl. 16.00`; with its year when that is not the year of `now`. */
export const danishTime = (instant: Instant, now: Instant): string => {
  const part = partsOf(instant);
  const year = part("year") === partsOf(now)("year") ? "" : ` ${part("year")}`;
  return `${part("weekday")} ${part("day")}. ${part("month")}${year} kl. ${part("hour")}.${part("minute")}`;
};

/** As `danishTime`, seen from this moment. */
export const danishTimeNow = (instant: Instant): string => danishTime(instant, new Date().toISOString());
