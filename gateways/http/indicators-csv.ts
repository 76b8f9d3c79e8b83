/** Indicators as a table for a spreadsheet (RFC 4180): one line for each group, the first for all together. */
import {
  type BreachReason,
  breachReasonIds,
  breachReasons,
  figureWords,
  indicatorWords,
  type NumberName,
  numberWords,
} from "../../contracts/codes/indicator-words.ts";
import type {
  IndicatorFigure,
  IndicatorNumbers,
  IndicatorRow,
  Indicators,
} from "../../contracts/messages/indicators.ts";

/** `da`: semicolons, decimal commas, and a mark by which a Danish spreadsheet knows that it is UTF-8. */
export type CsvLanguage = "da" | "en";

type Cell = string | number | null | undefined;

const mark = String.fromCharCode(0xfeff);
const isFormula = /^[=+\-@\t\r]/;

/** A name that begins like a formula is text all the same: a spreadsheet would run it. */
const textCell = (text: string, separator: string): string => {
  const safe = isFormula.test(text) ? `'${text}` : text;
  return safe.includes(separator) || /["\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const printer = (language: CsvLanguage): ((rows: readonly (readonly Cell[])[]) => string) => {
  const separator = language === "da" ? ";" : ",";
  const cell = (value: Cell): string => {
    if (value === null || value === undefined) return "";
    if (typeof value === "string") return textCell(value, separator);
    return language === "da" ? String(value).replace(".", ",") : String(value);
  };
  const begins = language === "da" ? mark : "";
  return (rows) => `${begins}${rows.map((row) => row.map(cell).join(separator)).join("\r\n")}\r\n`;
};

type Numbers = Omit<IndicatorNumbers, "hidden" | "trend">;

const numbersIn = (shown: Numbers, target: number | undefined): Readonly<Record<NumberName, Cell>> => {
  const { answerMinutes, answerWorkingDays } = shown;
  return {
    ...shown,
    target,
    medianMinutes: answerMinutes?.median,
    p90Minutes: answerMinutes?.p90,
    medianWorkingDays: answerWorkingDays?.median,
    p90WorkingDays: answerWorkingDays?.p90,
  };
};

const isNumberName = (name: string): name is NumberName => Object.hasOwn(numberWords, name);
const numberNames: readonly NumberName[] = Object.keys(numberWords).filter(isNumberName);

const reasonsIn = (reasons: Partial<Record<BreachReason, number>> | null): Cell[] =>
  breachReasonIds.map((reason) => (reasons === null ? null : (reasons[reason] ?? 0)));

const hiddenWords = { da: "skjult (under 5)", en: "hidden (under 5)" } as const;
const totalWords = { da: "I alt", en: "All" } as const;

/** Codes and names of a group, each dimension in two columns. */
const groupCells = (
  groupBy: readonly string[],
  row: { by: Record<string, string>; names: Record<string, string> } | undefined,
): Cell[] => groupBy.flatMap((dimension) => [row?.by[dimension], row?.names[dimension]]);

const targetOf = ({ agreements }: Indicators, id: string | undefined): number | undefined =>
  agreements.find((one) => one.id === id)?.targetShare;

const isDimension = (name: string): name is keyof typeof indicatorWords =>
  Object.hasOwn(indicatorWords, name);

const dimensionHeads = (groupBy: readonly string[], language: CsvLanguage): string[] =>
  groupBy.filter(isDimension).flatMap((dimension) => {
    if (language === "en") return [dimension, `${dimension}Name`];
    const { da } = indicatorWords[dimension];
    return [da, `${da} (navn)`];
  });

const clockLine = (
  found: Indicators,
  row: IndicatorRow | Indicators["total"],
  language: CsvLanguage,
): Cell[] => {
  const group = "by" in row ? row : undefined;
  const kind = group === undefined ? totalWords[language] : "";
  const begin = [kind, ...groupCells(found.groupBy, group)];
  if (row.hidden) return [...begin, hiddenWords[language]];
  const numbers = numbersIn(row, targetOf(found, group?.by["agreement"]));
  return [...begin, "", ...numberNames.map((name) => numbers[name]), ...reasonsIn(row.reasons)];
};

/** For a Danish reader headings are words; for a program they are the names of the JSON. */
const clockHeads = ({ groupBy }: Indicators, language: CsvLanguage): string[] => [
  language === "da" ? "Linje" : "line",
  ...dimensionHeads(groupBy, language),
  language === "da" ? "Skjult" : "hidden",
  ...numberNames.map((name) => (language === "da" ? numberWords[name].da : name)),
  ...breachReasonIds.map((reason) => (language === "da" ? breachReasons[reason].da : reason)),
];

/** The clocks of every group, that of all together first. */
export const clocksCsv = (found: Indicators, language: CsvLanguage): string =>
  printer(language)([
    clockHeads(found, language),
    clockLine(found, found.total, language),
    ...found.rows.map((row) => clockLine(found, row, language)),
  ]);

const figureDimensions = (found: Indicators): string[] => [
  ...new Set(found.figures.flatMap(({ by }) => Object.keys(by))),
];

const figureLine = (dimensions: readonly string[], row: IndicatorFigure, language: CsvLanguage): Cell[] => {
  const begin = [row.figure, figureWords[row.figure].name[language], ...groupCells(dimensions, row)];
  return row.hidden ? [...begin, hiddenWords[language]] : [...begin, "", row.of, row.met, row.share];
};

const figureHeads = {
  da: { begin: ["Indikator", "Indikator (navn)"], end: ["Skjult", "Antal", "Heraf", "Procent"] },
  en: { begin: ["figure", "figureName"], end: ["hidden", "of", "met", "share"] },
} as const;

/** The families' own figures. */
export const figuresCsv = (found: Indicators, language: CsvLanguage): string => {
  const dimensions = figureDimensions(found);
  const { begin, end } = figureHeads[language];
  return printer(language)([
    [...begin, ...dimensionHeads(dimensions, language), ...end],
    ...found.figures.map((row) => figureLine(dimensions, row, language)),
  ]);
};
