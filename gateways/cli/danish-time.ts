import { localTimeOf } from "../../contracts/danish-time.ts";
import type { Instant } from "../../contracts/time.ts";

/** Of a time that is on a Danish clock already. */
const formatter = new Intl.DateTimeFormat("da-DK", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const partsOf = (instant: Instant): ((type: Intl.DateTimeFormatPartTypes) => string) => {
  const parts = formatter.formatToParts(new Date(`${localTimeOf(instant)}Z`));
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
