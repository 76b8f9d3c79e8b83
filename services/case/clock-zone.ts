/**
 * Between instants and the wall clock of Europe/Copenhagen. Luxon knows when the offset changes; it is asked once per
 * year, since asking it for every conversion costs more than all the rest of a decision.
 */
import { IANAZone } from "luxon";
import type { Instant } from "../../contracts/time.ts";

const minuteMs = 60_000;
const copenhagen = IANAZone.create("Europe/Copenhagen");

/** From `fromMs` on, local time is `offsetMs` ahead of UTC. */
type Offset = { fromMs: number; offsetMs: number };

const offsetMsAt = (ms: number): number => copenhagen.offset(ms) * minuteMs;

/** The first millisecond of the new offset; the two ends have different ones. Offsets change on whole minutes. */
const changeBetween = (before: number, after: number): number => {
  let [low, high] = [before, after];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / (2 * minuteMs)) * minuteMs;
    if (offsetMsAt(middle) === offsetMsAt(low)) low = middle;
    else high = middle;
  }
  return high;
};

/** The offsets of a UTC year in order. Looking once a month finds every change: they are half a year apart. */
const offsetsOfYear = (year: number): Offset[] => {
  const months = Array.from({ length: 13 }, (_, month) => Date.UTC(year, month, 1));
  const first = Date.UTC(year, 0, 1);
  const offsets: Offset[] = [{ fromMs: first, offsetMs: offsetMsAt(first) }];
  for (const [i, end] of months.entries()) {
    const start = months[i - 1] ?? first;
    if (offsetMsAt(start) === offsetMsAt(end)) continue;
    const fromMs = changeBetween(start, end);
    offsets.push({ fromMs, offsetMs: offsetMsAt(fromMs) });
  }
  return offsets;
};

const offsetsByYear = new Map<number, Offset[]>();
const offsetMsOf = (ms: number): number => {
  const year = new Date(ms).getUTCFullYear();
  const offsets = offsetsByYear.get(year) ?? offsetsOfYear(year);
  offsetsByYear.set(year, offsets);
  return offsets.findLast((offset) => offset.fromMs <= ms)?.offsetMs ?? 0;
};

export const msOf = (instant: Instant): number => Date.parse(instant);
export const instantOf = (ms: number): Instant => new Date(ms).toISOString();

/** Wall-clock time, as `yyyy-mm-ddThh:mm:ss.sss`. */
const wallClockOf = (instant: Instant): string => {
  const ms = msOf(instant);
  return instantOf(ms + offsetMsOf(ms)).slice(0, -1);
};

/** The Danish date of an instant, `yyyy-mm-dd`. */
export const localDateOf = (instant: Instant): string => wallClockOf(instant).slice(0, 10);

/** The Danish time of day of an instant, `hh:mm:ss.sss`. */
export const wallTimeOf = (instant: Instant): string => wallClockOf(instant).slice(11);

/** The Danish wall-clock time of an instant to the minute, as MedCom letters carry it: `yyyy-mm-ddThh:mm`. */
export const localDateTimeOf = (instant: Instant): string => wallClockOf(instant).slice(0, 16);

/**
 * The instant of a Danish wall-clock time, `hh:mm` or `hh:mm:ss` on a date. Two hours of the year are special, and
 * RFC 5545 (section 3.3.5, DATE-TIME) is followed: a time that the clocks skip in March is read with the offset before
 * the change (02:30 is 03:30 summer time); a time that comes twice in October is the first of the two.
 */
export const instantOfLocal = (localDate: string, time: string): Instant => {
  const wallMs = Date.parse(`${localDate}T${time}Z`);
  const before = offsetMsOf(wallMs - 3 * 60 * minuteMs);
  const after = offsetMsOf(wallMs + 3 * 60 * minuteMs);
  const candidate = wallMs - before;
  if (before === after || offsetMsOf(candidate) === before) return instantOf(candidate);
  const later = wallMs - after;
  return instantOf(offsetMsOf(later) === after ? later : candidate);
};
