import type { Instant } from "../../../contracts/time.ts";
import { addDays } from "../../case/calendar.ts";
import { instantOfLocal, localDateOf } from "../../case/clock-zone.ts";

/**
 * The first instant at which a time is too late: Danish midnight after the last calendar day that counts. The same day or
 * the next calendar day, weekends and holidays included (Praksisplan Midtjylland 5.5; guide, section 5).
 */
export const tooLateFrom = (needAt: Instant, daysAfterNeed: number): Instant =>
  instantOfLocal(addDays(localDateOf(needAt), daysAfterNeed + 1), "00:00");
