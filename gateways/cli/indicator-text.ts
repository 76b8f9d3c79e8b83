import {
  type BreachReason,
  breachReasonIds,
  breachReasons,
  figureWords,
  indicatorWords,
} from "../../contracts/codes/indicator-words.ts";
import type {
  IndicatorFigure,
  IndicatorNumbers,
  Indicators,
  TrendMonth,
} from "../../contracts/messages/indicators.ts";
import { danishTimeNow } from "./danish-time.ts";
import { columns } from "./say.ts";

type Language = "da" | "en";

const words = {
  da: {
    all: "I alt",
    heads: ["ure", "til tiden", "overskredet", "åbne", "median", "90 %", "længst åben", "pause"],
    hidden: "skjult: under 5",
    few: "under 5",
    of: "af",
    target: "mål",
    reasons: "Hvorfor det blev for sent",
    figures: "Familiernes egne tal",
    trend: "Måned for måned",
    nothing: "Ingen ure startede i perioden.",
    asOf: "Opgjort",
    rule: "Grupper under 5 sager er skjult, og andre med dem, så de ikke kan regnes ud.",
    units: ["d", "t", "min"],
  },
  en: {
    all: "All",
    heads: ["clocks", "in time", "breached", "open", "median", "90 %", "longest open", "paused"],
    hidden: "hidden: under 5",
    few: "under 5",
    of: "of",
    target: "target",
    reasons: "Why it was late",
    figures: "The families' own figures",
    trend: "Month by month",
    nothing: "No clock started in the period.",
    asOf: "As of",
    rule: "Groups of fewer than 5 cases are hidden, and others with them so that they cannot be worked out.",
    units: ["d", "h", "min"],
  },
} as const;

const percent = (share: number | null, language: Language): string => {
  if (share === null) return "-";
  const text = share.toFixed(1);
  return `${language === "da" ? text.replace(".", ",") : text} %`;
};

/** The two largest units of a length of time, e.g. `2 d 3 t`. */
const lengthOf = (minutes: number, language: Language): string => {
  const [day, hour, minute] = words[language].units;
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  if (days > 0) return `${String(days)} ${day} ${String(hours)} ${hour}`;
  return hours > 0 ? `${String(hours)} ${hour} ${String(rest)} ${minute}` : `${String(rest)} ${minute}`;
};

const orNothing = (value: number | null | undefined): string =>
  value === null || value === undefined ? "-" : String(value);

type Numbers = Omit<IndicatorNumbers, "hidden" | "trend">;

const cellsOf = (shown: Numbers, language: Language): string[] => {
  const { answerMinutes, longestOpenHours } = shown;
  return [
    String(shown.clocks),
    percent(shown.shareInTime, language),
    orNothing(shown.breached),
    String(shown.open),
    answerMinutes === null ? "-" : lengthOf(answerMinutes.median, language),
    answerMinutes === null ? "-" : lengthOf(answerMinutes.p90, language),
    longestOpenHours === null ? "-" : lengthOf(longestOpenHours * 60, language),
    percent(shown.pausedShare, language),
  ];
};

const groupCells = (
  groupBy: readonly string[],
  { by, names }: { by: Record<string, string>; names: Record<string, string> },
): string[] => groupBy.map((dimension) => names[dimension] ?? by[dimension] ?? "");

const heads = (dimensions: readonly string[], language: Language): string[] =>
  dimensions.map((dimension) =>
    Object.hasOwn(indicatorWords, dimension)
      ? (Object.entries(indicatorWords).find(([name]) => name === dimension)?.[1][language] ?? dimension)
      : dimension,
  );

const clockTable = (found: Indicators, language: Language): string => {
  const { groupBy, rows, total } = found;
  const said = words[language];
  const first = groupBy.length === 0 ? [said.all] : [said.all, ...groupBy.slice(1).map(() => "")];
  const head = groupBy.length === 0 ? [""] : heads(groupBy, language);
  return columns([
    [...head, ...said.heads],
    ...rows.map((row) => [
      ...groupCells(groupBy, row),
      ...(row.hidden ? [said.hidden] : cellsOf(row, language)),
    ]),
    [...first, ...(total.hidden ? [said.hidden] : cellsOf(total, language))],
  ]);
};

const reasonLines = (reasons: Partial<Record<BreachReason, number>> | null, language: Language): string[] =>
  reasons === null || Object.keys(reasons).length === 0
    ? []
    : [
        words[language].reasons,
        ...breachReasonIds.flatMap((reason) => {
          const count = reasons[reason];
          return count === undefined ? [] : [`  ${String(count)}  ${breachReasons[reason][language]}`];
        }),
        "",
      ];

const trendLines = (trend: readonly TrendMonth[] | undefined, language: Language): string[] => {
  if (trend === undefined) return [];
  const said = words[language];
  const rows = trend.map((month) =>
    month.hidden
      ? [`  ${month.month}`, said.hidden]
      : [`  ${month.month}`, String(month.clocks), percent(month.shareInTime, language)],
  );
  return [said.trend, columns(rows), ""];
};

const figureRow = (figure: IndicatorFigure, language: Language): string[] => {
  const said = words[language];
  const place = Object.keys(figure.by).map(
    (dimension) => figure.names[dimension] ?? figure.by[dimension] ?? "",
  );
  const name = [figureWords[figure.figure].name[language], ...place].filter((word) => word !== "").join(", ");
  if (figure.hidden) return [`  ${name}`, said.hidden];
  const { of, met, share } = figure;
  const part = met === null ? said.few : String(met);
  return [`  ${name}`, `${part} ${said.of} ${String(of)}`, percent(share, language)];
};

const targetLines = ({ agreements }: Indicators, language: Language): string[] => {
  const said = agreements.flatMap(({ id, name, targetShare }) =>
    targetShare === undefined
      ? []
      : [`${id} (${name[language]}): ${words[language].target} ${percent(targetShare, language)}`],
  );
  return said.length === 0 ? [] : [...said, ""];
};

/** Indicators in words: a table, why it was late, the trend, and the families' own figures. */
export const indicatorText = (found: Indicators, language: Language): string => {
  const said = words[language];
  const { total, figures, from, to, asOf } = found;
  const period = from === to ? from : `${from} - ${to}`;
  const isEmpty = !total.hidden && total.clocks === 0;
  return [
    `${period}. ${said.asOf} ${danishTimeNow(asOf)}.`,
    "",
    ...(isEmpty ? [said.nothing] : [clockTable(found, language)]),
    "",
    ...targetLines(found, language),
    ...(total.hidden ? [] : reasonLines(total.reasons, language)),
    ...(total.hidden ? [] : trendLines(total.trend, language)),
    ...(figures.length === 0
      ? []
      : [said.figures, columns(figures.map((figure) => figureRow(figure, language))), ""]),
    said.rule,
  ].join("\n");
};
