/** The words in which a reckoning is told, in Danish and in English. */
import type { Limit } from "../../../contracts/limits.ts";
import type { Instant } from "../../../contracts/time.ts";
import { weekdayOf } from "../calendar.ts";
import { localDateOf, wallTimeOf } from "../clock-zone.ts";
import type { DayLine, IgnoredBecause, Step } from "./trace.ts";

export type Language = "da" | "en";

const weekdays = {
  da: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
} as const;
const months = {
  da: "januar februar marts april maj juni juli august september oktober november december".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
} as const;

/** `torsdag 26. november 2026`, `Thursday 26 November 2026`. */
export const dateText = (date: string, language: Language): string => {
  const [year, month, day] = [date.slice(0, 4), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const weekday = weekdays[language][weekdayOf(date) - 1] ?? "";
  const name = months[language][month - 1] ?? "";
  return `${weekday} ${String(day)}${language === "da" ? "." : ""} ${name} ${year}`;
};

/** `17.00` in Danish, `17:00` in English, with seconds where there are any. */
const timeText = (time: string, language: Language): string => {
  const short = time.endsWith(":00") && time.length > 5 ? time.slice(0, 5) : time;
  return language === "da" ? short.replaceAll(":", ".") : short;
};

export const clockText = (instant: Instant, language: Language): string =>
  timeText(wallTimeOf(instant).slice(0, 8), language);

/** An instant on a Danish wall clock: `torsdag 26. november 2026 kl. 17.00`. */
export const whenText = (instant: Instant, language: Language): string => {
  const at = language === "da" ? "kl." : "at";
  return `${dateText(localDateOf(instant), language)} ${at} ${clockText(instant, language)}`;
};

const units = {
  da: {
    day: ["døgn", "døgn"],
    hour: ["time", "timer"],
    minute: ["minut", "minutter"],
    and: "og",
    under: "under et minut",
  },
  en: {
    day: ["day", "days"],
    hour: ["hour", "hours"],
    minute: ["minute", "minutes"],
    and: "and",
    under: "less than a minute",
  },
} as const;

/** `2 timer og 5 minutter`. */
export const spanText = (minutes: number, language: Language): string => {
  const said = units[language];
  const whole = Math.floor(minutes);
  const parts = [
    [Math.floor(whole / 1440), said.day],
    [Math.floor((whole % 1440) / 60), said.hour],
    [whole % 60, said.minute],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, [one, many]]) => `${String(count)} ${count === 1 ? one : many}`);
  if (told.length === 0) return said.under;
  return [told.slice(0, -1).join(", "), told.at(-1) ?? ""]
    .filter((part) => part !== "")
    .join(` ${said.and} `);
};

const plural = (count: number, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`;

type LimitOf<Kind extends Limit["kind"]> = Extract<Limit, { kind: Kind }>;
type LimitTexts<Name extends Limit["kind"] = Limit["kind"]> = {
  [Kind in Name]: (limit: LimitOf<Kind>) => string;
};

const danishLimit: LimitTexts = {
  workingDays: (limit) =>
    limit.days === 0
      ? "inden lukketid samme dag, eller næste dag, der tælles"
      : `inden lukketid på ${String(limit.days)}. dag, der tælles; dagen efter starten er dag 1`,
  elapsed: (limit) => `${spanText(limit.minutes, "da")} efter uret, døgnet rundt`,
  openingMinutes: (limit) => `${plural(limit.minutes, "minut", "minutter")} inden for åbningstiden`,
  calendarDays: (limit) =>
    `${plural(limit.days, "kalenderdag", "kalenderdage")} til midnat; dagen efter starten er dag 1`,
  readingWindow: (limit) =>
    `læst senest kl. ${timeText(limit.by, "da")}, hvis det kom før kl. ${timeText(limit.cutoff, "da")}, ellers den næste dag, der tælles`,
  sameOrNextDay: (limit) =>
    limit.day === "same" ? "inden lukketid samme dag" : "inden lukketid næste dag, der tælles",
  timeOfDay: (limit) =>
    limit.days === 0
      ? `senest kl. ${timeText(limit.at, "da")} samme dag`
      : `senest kl. ${timeText(limit.at, "da")} på ${String(limit.days)}. dag, der tælles`,
};

const englishLimit: LimitTexts = {
  workingDays: (limit) =>
    limit.days === 0
      ? "by closing time the same day, or the next day that counts"
      : `by closing time of day ${String(limit.days)} of those that count; the day after the start is day 1`,
  elapsed: (limit) => `${spanText(limit.minutes, "en")} by the clock, day and night`,
  openingMinutes: (limit) => `${plural(limit.minutes, "minute", "minutes")} within opening hours`,
  calendarDays: (limit) =>
    `${plural(limit.days, "calendar day", "calendar days")}, until midnight; the day after the start is day 1`,
  readingWindow: (limit) =>
    `read by ${limit.by} if it came before ${limit.cutoff}, else on the next day that counts`,
  sameOrNextDay: (limit) =>
    limit.day === "same" ? "by closing time the same day" : "by closing time of the next day that counts",
  timeOfDay: (limit) =>
    limit.days === 0
      ? `by ${limit.at} the same day`
      : `by ${limit.at} on day ${String(limit.days)} of those that count`,
};

const textOf = <Kind extends Limit["kind"]>(
  texts: LimitTexts<Kind>,
  limit: { kind: Kind } & LimitOf<Kind>,
): string => texts[limit.kind](limit);

export const limitText = (limit: Limit, language: Language): string =>
  textOf(language === "da" ? danishLimit : englishLimit, limit);

const calendars: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  clock: { da: "døgnet rundt", en: "day and night" },
  everyDay: { da: "alle dage", en: "every day" },
  workingDays: { da: "hverdage", en: "working days" },
  debtorHours: { da: "den svarendes dage og åbningstid", en: "the days and hours of whoever answers" },
  creditorHours: { da: "den spørgendes dage og åbningstid", en: "the days and hours of whoever asks" },
};
export const calendarText = (name: string, version: number, language: Language): string => {
  const known = calendars[name]?.[language] ?? name;
  return version === 1 ? known : `${known}, version ${String(version)}`;
};

/** Why a day does not count; a holiday is told by its name. */
export const reasons: Readonly<
  Record<Language, Readonly<Record<Exclude<DayLine["why"], "counted">, string>>>
> = {
  da: {
    start: "startdagen, tælles ikke",
    lost: "ventede på svar, da dagen var slut; tælles ikke",
    closedInPause: "ventede på svar ved fristen; næste dag, der tælles, gælder",
    windowMissed: "kom for sent til denne dags læsning",
    noHours: "ingen åbningstid",
    outside: "ingen åben tid, der tælles",
    weekend: "weekend, tælles ikke",
    holiday: "helligdag, tælles ikke",
    closingDay: "egen lukkedag, tælles ikke",
    closingPeriod: "lukkeperiode, tælles ikke",
    halfDay: "lukket hele dagen, tælles ikke",
  },
  en: {
    start: "the day of the start, does not count",
    lost: "was waiting when the day was over; does not count",
    closedInPause: "was waiting at the due time; the next day that counts is due",
    windowMissed: "came too late for that day's reading",
    noHours: "no opening hours",
    outside: "no open time that counts",
    weekend: "weekend, does not count",
    holiday: "public holiday, does not count",
    closingDay: "own closing day, does not count",
    closingPeriod: "closed for a period, does not count",
    halfDay: "closed all day, does not count",
  },
};

export const ignoredBecause: Readonly<Record<Language, Readonly<Record<IgnoredBecause, string>>>> = {
  da: {
    notStarted: "uret var ikke begyndt",
    alreadyStarted: "uret gik allerede",
    alreadyPaused: "uret stod allerede stille",
    notPaused: "uret stod ikke stille",
    over: "der skyldtes ikke længere svar",
    notOver: "sagen var ikke slut",
  },
  en: {
    notStarted: "the clock had not started",
    alreadyStarted: "the clock was running already",
    alreadyPaused: "the clock was paused already",
    notPaused: "the clock was not paused",
    over: "no answer was owed any more",
    notOver: "the case was not over",
  },
};

type IgnoredEvent = Extract<Step, { step: "ignored" }>["event"];

/** Events in words, where one of them did nothing. */
export const eventNames: Readonly<Record<Language, Readonly<Record<IgnoredEvent, string>>>> = {
  da: {
    started: "start",
    paused: "pause",
    resumed: "slut på pause",
    stopped: "svar",
    cancelled: "annullering",
    reopened: "genåbning",
    startMoved: "rettelse af starten",
    limitsChanged: "ændring af fristen",
    calendarChanged: "ændring af kalenderen",
    agreementEnded: "aftalens ophør",
    merged: "sammenlægning",
  },
  en: {
    started: "start",
    paused: "pause",
    resumed: "end of a pause",
    stopped: "answer",
    cancelled: "cancellation",
    reopened: "reopening",
    startMoved: "correction of the start",
    limitsChanged: "change of the limit",
    calendarChanged: "change of the calendar",
    agreementEnded: "end of the agreement",
    merged: "merge",
  },
};
