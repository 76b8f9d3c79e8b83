import type { Language } from "./both.ts";

const kept = "sektorbro-language";

/** Danish until somebody chooses English. */
export const keptLanguage = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "da");
export const keepLanguage = (language: Language): void => {
  localStorage.setItem(kept, language);
};
