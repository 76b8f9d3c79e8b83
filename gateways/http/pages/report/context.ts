import type { Html } from "../../../pages/html.ts";
import { type Language, say } from "../../../pages/words.ts";
import type { ReportAnswers } from "./answers.ts";
import { countText, durationText, nothingTold, percentText } from "./numbers.ts";
import { cell, hiddenCell } from "./table.ts";
import { words } from "./words.ts";

/** What every part of the report is made of. */
export type Report = {
  answers: ReportAnswers;
  language: Language;
  /** Whom it is about; absent: everybody. */
  about: string | undefined;
};

export type WordName = keyof typeof words;

/** The words of the report in its language. */
export const saidIn =
  (language: Language) =>
  (name: WordName, put: Readonly<Record<string, string>> = {}): string =>
    say(words[name], language).replace(/\{(\w+)\}/g, (_, key: string) => put[key] ?? "");

type Cells = Record<"count" | "share" | "duration" | "hours", (value: number | null | undefined) => Html> & {
  hidden: Html;
};

/** Cells of numbers in a language; `undefined` and `null` are nothing that may be told. */
export const cellsIn = (language: Language): Cells => {
  const shown =
    (write: (value: number, language: Language) => string) =>
    (value: number | null | undefined): Html =>
      cell(value === null || value === undefined ? nothingTold : write(value, language));
  return {
    count: shown(countText),
    share: shown(percentText),
    duration: shown(durationText),
    hours: shown((hours) => durationText(hours * 60, language)),
    hidden: hiddenCell(language),
  };
};
