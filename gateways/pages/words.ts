export type Language = "da" | "en";

/** The same thing in Danish and in English. */
export type Words = readonly [da: string, en: string];

export const say = (words: Words, language: Language): string => words[language === "da" ? 0 : 1];
