/** Times as people in Denmark say them, wherever the browser is. */
import type { Language } from "../words/both.ts";

const zone = "Europe/Copenhagen";
const minuteMs = 60_000;

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

type Local = { date: string; time: string };

/** The Danish date (2026-11-23) and time of day (14:30) of an instant. */
export const localOf = (ms: number): Local => {
  const found = new Map(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
  const at = (name: Intl.DateTimeFormatPartTypes): string => found.get(name) ?? "";
  return { date: `${at("year")}-${at("month")}-${at("day")}`, time: `${at("hour")}:${at("minute")}` };
};

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / (24 * 60 * minuteMs));

const near = {
  da: { "-1": "i går", "0": "i dag", "1": "i morgen" },
  en: { "-1": "yesterday", "0": "today", "1": "tomorrow" },
} as const;

const weekday = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", { weekday: "short", timeZone: "UTC" })
    .format(Date.parse(`${date}T12:00:00Z`))
    .replace(".", "");

const dayAndMonth = (date: string, withYear: boolean): string => {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${String(Number(day))}.${String(Number(month))}.${withYear ? year : ""}`;
};

/** "i dag 14:30", "fre 27.11. 08:00"; with the year where it is another one. */
export const whenText = (instant: string, nowMs: number, language: Language): string => {
  const [at, now] = [localOf(Date.parse(instant)), localOf(nowMs)];
  const days = daysBetween(now.date, at.date);
  const named = Object.entries(near[language]).find(([offset]) => offset === String(days))?.[1];
  if (named !== undefined) return `${named} ${at.time}`;
  const withYear = at.date.slice(0, 4) !== now.date.slice(0, 4);
  return `${weekday(at.date, language)} ${dayAndMonth(at.date, withYear)} ${at.time}`;
};

/** The whole of it, for whoever points at a time: "fredag den 27. november 2026 kl. 14:30". */
export const fullText = (instant: string, language: Language): string => {
  const ms = Date.parse(instant);
  const day = new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", {
    timeZone: zone,
    dateStyle: "full",
  }).format(ms);
  return `${day} ${language === "da" ? "kl." : "at"} ${localOf(ms).time}`;
};

const units = {
  da: { minute: "min", hour: ["time", "timer"], day: ["dag", "dage"] },
  en: { minute: "min", hour: ["hour", "hours"], day: ["day", "days"] },
} as const;

/** "40 min", "3 timer 5 min", "2 dage": as exact as anybody needs. */
export const spanText = (ms: number, language: Language): string => {
  const minutes = Math.max(0, Math.floor(Math.abs(ms) / minuteMs));
  const { minute, hour, day } = units[language];
  const counted = (n: number, [one, many]: readonly [string, string]): string =>
    `${String(n)} ${n === 1 ? one : many}`;
  if (minutes < 60) return `${String(minutes)} ${minute}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return rest === 0 || hours >= 6
      ? counted(hours, hour)
      : `${counted(hours, hour)} ${String(rest)} ${minute}`;
  }
  return counted(Math.floor(hours / 24), day);
};

/** What is left, or how late it is. */
export const remainingText = (due: string, nowMs: number, language: Language): string => {
  const left = Date.parse(due) - nowMs;
  const span = spanText(left, language);
  if (left >= 0) return language === "da" ? `om ${span}` : `in ${span}`;
  return language === "da" ? `${span} over` : `${span} late`;
};

/** A date of birth or the like, the Danish way: 3.4.1951. */
export const dateText = (date: string): string => dayAndMonth(date, true);
