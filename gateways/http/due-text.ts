import type { Instant } from "../../contracts/time.ts";
import type { Language } from "./negotiation.ts";

const formatter = (locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, {
    timeZone: "Europe/Copenhagen",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
const formatters: Record<Language, Intl.DateTimeFormat> = { da: formatter("da-DK"), en: formatter("en-GB") };

/** An instant as people in Denmark read it, e.g. `onsdag den 25. november 2026 kl. 10.00`. */
export const dueText = (due: Instant, language: Language): string =>
  formatters[language].format(new Date(due));
