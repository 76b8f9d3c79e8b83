/** Answers of the hub as charts and figures take them. What is hidden stays hidden. */
import type {
  IndicatorNumbers,
  IndicatorRow,
  Indicators,
} from "../../../../../../contracts/messages/indicators.ts";
import type { SessionAnswer } from "../../../../../../contracts/messages/session.ts";
import type { Language } from "../../words/both.ts";

export type View = "all" | "debtor" | "creditor";
export const groupings = ["agreement", "organisation", "hospital", "municipality", "month"] as const;
export type Grouping = (typeof groupings)[number];
export type Asked = { from: string; to: string; groupBy: Grouping; view: View };

/** The month so many before; counts over the turn of years. */
export const monthBefore = (month: string, count: number): string => {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
};

/** What a person sees first: a committee everybody's, a hospital what it owes, a practice what it waits for. */
export const startFor = (
  { kind, role, person }: Pick<SessionAnswer, "kind" | "role" | "person">,
  month: string,
): Asked => {
  const period = { from: monthBefore(month, 11), to: month };
  const seesAll = role === "operator" || person?.roles.includes("committee") === true || kind === "region";
  if (seesAll) return { ...period, groupBy: "hospital", view: "all" };
  const owes = kind === "hospital" || kind === "department";
  return { ...period, groupBy: "agreement", view: owes ? "debtor" : "creditor" };
};

/** What is asked of `/v1/indicators`, its months in order. */
export const questionOf = ({ from, to, groupBy, view }: Asked, gln: string): Record<string, string> => ({
  ...(from <= to ? { from, to } : { from: to, to: from }),
  groupBy,
  ...(view === "debtor" ? { organisation: gln } : {}),
  ...(view === "creditor" ? { creditor: gln } : {}),
});

type ShownRow = Extract<IndicatorRow, { hidden: false }>;

export const shownRows = ({ rows }: Pick<Indicators, "rows">): ShownRow[] =>
  rows.flatMap((row) => (row.hidden ? [] : [row]));
export const hiddenCount = ({ rows }: Pick<Indicators, "rows">): number =>
  rows.filter(({ hidden }) => hidden).length;

const nowhere = { da: "Andre", en: "Others" } as const;

/** What a group is called: by the agreement's name, the directory's, or its code. */
export const groupName = (
  { by, names }: Pick<IndicatorRow, "by" | "names">,
  grouping: Grouping,
  said: { agreements: Indicators["agreements"]; language: Language },
): string => {
  const code = by[grouping] ?? "";
  const agreement = grouping === "agreement" ? said.agreements.find(({ id }) => id === code) : undefined;
  return agreement?.name[said.language] ?? names[grouping] ?? (code === "" ? nowhere[said.language] : code);
};

export type Bar = {
  group: string;
  share: number | null;
  median: number | null;
  p90: number | null;
  clocks: number;
  cases: number;
};
const hours = (minutes: number | undefined): number | null =>
  minutes === undefined ? null : Math.round((minutes / 60) * 10) / 10;

export const barsOf = (found: Indicators, grouping: Grouping, language: Language): Bar[] =>
  shownRows(found).map((row) => ({
    group: groupName(row, grouping, { agreements: found.agreements, language }),
    share: row.shareInTime,
    median: hours(row.answerMinutes?.median),
    p90: hours(row.answerMinutes?.p90),
    clocks: row.clocks,
    cases: row.cases,
  }));

/** A number of each month of the trend, `null` where it may not be told. */
export const trendOf = (
  { trend = [] }: Pick<IndicatorNumbers, "trend">,
  number: "shareInTime" | "decided" | "breached" | "clocks" | "median",
): (number | null)[] =>
  trend.map((month) => {
    if (month.hidden) return null;
    return number === "median" ? (month.answerMinutes?.median ?? null) : month[number];
  });
