import type { Instant, LocalDateTime } from "./time.ts";

/** Swedish writes dates as ISO 8601 does. */
const danish = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

const minuteLength = "yyyy-mm-ddThh:mm".length;
let last = { minute: "", local: "" };

/**
 * An instant on a Danish wall clock, `yyyy-mm-ddThh:mm`, as MedCom letters carry time. What is no instant stays as written, cut at the
 * minute. Asked mostly for the same minute.
 */
export const localTimeOf = (instant: string): LocalDateTime => {
  const minute = instant.slice(0, minuteLength);
  if (instant.endsWith("Z") && minute === last.minute) return last.local;
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return minute;
  const local = danish.format(date).replace(" ", "T");
  if (instant.endsWith("Z")) last = { minute, local };
  return local;
};

/** Danish summer time first: of the hour that comes twice in autumn the first is meant. */
const offsets = ["+02:00", "+01:00"] as const;

const offsetOf = (local: string): string => {
  const minute = local.slice(0, minuteLength);
  return offsets.find((offset) => localTimeOf(`${minute}:00${offset}`) === minute) ?? offsets[1];
};

/**
 * The instant of a Danish wall-clock time, `yyyy-mm-ddThh:mm` with or without seconds, with its offset as FHIR writes it:
 * `2026-11-23T09:15:00+01:00`. An hour that spring left out is read by winter time, as a clock that was not put forward shows it.
 */
export const withDanishOffset = (local: string): string => {
  const seconds = local.length > minuteLength ? "" : ":00";
  return `${local}${seconds}${offsetOf(local)}`;
};

/** The same in UTC with milliseconds. */
export const instantOfLocal = (local: string): Instant => new Date(withDanishOffset(local)).toISOString();
