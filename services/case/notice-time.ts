/** When an organisation is told what is not urgent: in its own opening hours, and once a day. */
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { Instant } from "../../contracts/time.ts";
import { addDays } from "./calendar.ts";
import { instantOfLocal, localDateOf, msOf } from "./clock-zone.ts";
import { dayOf, type Hours, intervalsOf } from "./opening-hours.ts";

type Opened = Pick<Organisation, "openingHours" | "closingDays" | "digestAt">;

/** Of whom no hours are known: office hours on Danish working days. */
const office: Hours["openingHours"] = [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }];

const hoursOf = (o: Opened | undefined): Hours => ({
  openingHours: o === undefined || o.openingHours.length === 0 ? office : o.openingHours,
  closingDays: o?.closingDays ?? [],
});

/** Whether an organisation is open at an instant. */
export const isOpenAt = (o: Opened | undefined, at: Instant): boolean => {
  const ms = msOf(at);
  return intervalsOf(localDateOf(at), hoursOf(o)).some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
};

/** Nobody is closed for a year on end: then the hours are a mistake, and office hours are meant. */
const longestClosureDays = 366;

/** The time of a day's digest: its own where it is open then, else its next opening of that day, else its first. */
const timeOn = (date: string, o: Opened | undefined): string | undefined => {
  const { spans } = dayOf(date, hoursOf(o));
  const wished = o?.digestAt;
  if (wished === undefined) return spans[0]?.opens;
  const next = spans.find(({ closes }) => wished < closes) ?? spans[0];
  if (next === undefined) return undefined;
  return next.opens <= wished && wished < next.closes ? wished : next.opens;
};

/** The next digest of an organisation that comes after an instant, and its Danish date. */
export const digestAfter = (o: Opened | undefined, at: Instant): { at: Instant; date: string } => {
  const today = localDateOf(at);
  for (let days = 0; days <= longestClosureDays; days++) {
    const date = addDays(today, days);
    const time = timeOn(date, o);
    const instant = time === undefined ? undefined : instantOfLocal(date, time);
    if (instant !== undefined && instant > at) return { at: instant, date };
  }
  return digestAfter(undefined, at);
};
