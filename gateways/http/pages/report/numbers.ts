/** Numbers as people write them: `1.234`, `88,1 %` and `5 t. 12 min.` in Danish, `1,234`, `88.1%` and `5 h 12 min` in English. */
import { type Language, say, type Words } from "../../../pages/words.ts";

/** What stands where nothing may be told, or nothing is known. */
export const nothingTold = "–";

const point = (text: string, language: Language): string =>
  language === "da" ? text.replace(".", ",") : text;

/** A whole number with its thousands set apart. */
export const countText = (count: number, language: Language): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, language === "da" ? "." : ",");

/** One decimal, so that the figures of a column can be compared. */
export const percentText = (share: number, language: Language): string =>
  `${point(share.toFixed(1), language)}${language === "da" ? "\u00a0%" : "%"}`;

/** Percentage points up or down, with their sign; a change that rounds to nothing has none. */
export const changeText = (from: number, to: number, language: Language): string => {
  const change = Math.round((to - from) * 10) / 10;
  const sign = change > 0 ? "+" : "−";
  return `${change === 0 ? "±" : sign}${point(Math.abs(change).toFixed(1), language)}`;
};

const units = {
  minutes: ["min.", "min"],
  hours: ["t.", "h"],
  days: ["døgn", "days"],
} as const satisfies Readonly<Record<string, Words>>;

const hour = 60;
const day = 24 * hour;

/** Whole minutes in the largest units that keep two figures. */
export const durationText = (minutes: number, language: Language): string => {
  const unit = (name: keyof typeof units): string => say(units[name], language);
  if (minutes < hour) return `${String(minutes)}\u00a0${unit("minutes")}`;
  if (minutes >= 2 * day) return `${point((minutes / day).toFixed(1), language)}\u00a0${unit("days")}`;
  const [hours, left] = [Math.floor(minutes / hour), minutes % hour];
  const whole = `${String(hours)}\u00a0${unit("hours")}`;
  return left === 0 ? whole : `${whole} ${String(left)}\u00a0${unit("minutes")}`;
};

const months = {
  da: "januar februar marts april maj juni juli august september oktober november december".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
} as const;

/** `2026-10` as `oktober 2026`. A month that is none stays as it is written. */
export const monthText = (month: string, language: Language): string => {
  const name = months[language][Number(month.slice(5, 7)) - 1];
  return name === undefined ? month : `${name} ${month.slice(0, 4)}`;
};

/** `2026-10` as `okt 26`, for the head of a narrow column. */
export const shortMonth = (month: string, language: Language): string => {
  const name = months[language][Number(month.slice(5, 7)) - 1];
  return name === undefined ? month : `${name.slice(0, 3)} ${month.slice(2, 4)}`;
};

/** The month so many before; counts over the turn of years. */
export const monthBefore = (month: string, count: number): string => {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
};

export const monthsUpTo = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => monthBefore(month, count - 1 - i));
