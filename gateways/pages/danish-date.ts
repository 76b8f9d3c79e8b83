import type { Language } from "./words.ts";

const months = {
  da: "januar februar marts april maj juni juli august september oktober november december".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
} as const;

const withTime = (day: string, time: string, language: Language): string | undefined => {
  if (!/^\d\d:\d\d(:\d\d)?$/.test(time)) return undefined;
  return language === "da" ? `${day} kl. ${time.replaceAll(":", ".")}` : `${day} at ${time}`;
};

/**
 * A date and a time of day as people write them: `2. marts 2026 kl. 14.05`, `2 March 2026 at 14:05`. MedCom's times are
 * Danish wall clock without a zone, so nothing is converted. `undefined`: not of the form yyyy-mm-dd and hh:mm[:ss].
 */
export const dateInWords = (
  date: string,
  time: string | undefined,
  language: Language,
): string | undefined => {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const named = months[language][Number(match?.[2] ?? 0) - 1];
  if (match === null || named === undefined) return undefined;
  const day = String(Number(match[3]));
  const written = `${day}${language === "da" ? "." : ""} ${named} ${date.slice(0, 4)}`;
  return time === undefined ? written : withTime(written, time, language);
};
