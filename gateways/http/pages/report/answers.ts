import { z } from "zod";
import { keeps } from "../../../../contracts/agreement.ts";
import {
  type FigureMonth,
  type IndicatorFigure,
  type IndicatorNumbers,
  type IndicatorRow,
  Indicators,
  type IndicatorsQuery,
  type TrendMonth,
} from "../../../../contracts/messages/indicators.ts";
import { monthBefore, monthsUpTo } from "./numbers.ts";

/** So many months are a trend: the season of a year is seen. */
const trendMonths = 12;

/** The parties that a report has a table of. */
export const partyDimensions = ["hospital", "municipality", "organisation", "speciality"] as const;
export type PartyDimension = (typeof partyDimensions)[number];

export const reportNames = ["month", "year", ...partyDimensions] as const;

/** What a report is made of: the month and the year up to it by agreement, and the month by each kind of party. */
export const ReportAnswers = z.record(z.enum(reportNames), Indicators);
export type ReportAnswers = z.infer<typeof ReportAnswers>;

type Asked = Pick<IndicatorsQuery, "from" | "to" | "groupBy"> & { organisation?: string };

/** What is asked for it. */
export const reportQuestions = (
  month: string,
  organisation: string | undefined,
): Record<(typeof reportNames)[number], Asked> => {
  const own = organisation === undefined ? {} : { organisation };
  const by = (groupBy: IndicatorsQuery["groupBy"][number], from = month): Asked => ({
    from,
    to: month,
    groupBy: [groupBy],
    ...own,
  });
  return {
    month: by("agreement"),
    year: by("agreement", monthBefore(month, trendMonths - 1)),
    hospital: by("hospital"),
    municipality: by("municipality"),
    organisation: by("organisation"),
    speciality: by("speciality"),
  };
};

export type ShownRow = Extract<IndicatorRow, { hidden: false }>;
export type CountedAgreement = Indicators["agreements"][number];

/** One agreement in the report. `now`, `before`: the numbers of the month and the one before it; absent where they are not told. */
export type AgreementLine = {
  agreement: CountedAgreement;
  hidden: boolean;
  now?: IndicatorNumbers;
  /** Its share in time, by month, the last one last; `undefined` where it is not told. */
  shares: readonly (number | undefined)[];
};

export const shownRows = ({ rows }: Indicators): ShownRow[] =>
  rows.filter((row): row is ShownRow => !row.hidden);
export const hiddenCount = ({ rows }: Indicators): number => rows.filter(({ hidden }) => hidden).length;
export const totalOf = ({ total }: Indicators): IndicatorNumbers | undefined =>
  total.hidden ? undefined : total;

export const monthsOf = ({ year }: ReportAnswers): string[] => monthsUpTo(year.to, trendMonths);

const shareIn = (trend: readonly TrendMonth[] | undefined, month: string): number | undefined => {
  const found = trend?.find((one) => one.month === month);
  return found === undefined || found.hidden ? undefined : (found.shareInTime ?? undefined);
};

/** The shares of each month, the last one last. */
export const sharesOf = (
  numbers: Pick<IndicatorNumbers, "trend"> | undefined,
  months: readonly string[],
): (number | undefined)[] => months.map((month) => shareIn(numbers?.trend, month));

/** The agreements that clocks ran under in the year, in the order of their ids. */
export const linesOf = (answers: ReportAnswers): AgreementLine[] => {
  const { month, year } = answers;
  const months = monthsOf(answers);
  const known = [...new Map([...year.agreements, ...month.agreements].map((one) => [one.id, one])).values()];
  return known
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((agreement) => {
      const isIts = ({ by }: IndicatorRow): boolean => by["agreement"] === agreement.id;
      const now = month.rows.find(isIts);
      const whole = year.rows.find(isIts);
      const shares = sharesOf(whole?.hidden === false ? whole : undefined, months);
      return now === undefined || now.hidden
        ? { agreement, hidden: now?.hidden === true, shares }
        : { agreement, hidden: false, now, shares: [...shares.slice(0, -1), now.shareInTime ?? undefined] };
    });
};

/** The month before's. */
export const beforeOf = ({ shares }: Pick<AgreementLine, "shares">): number | undefined => shares.at(-2);

/** Whether an agreement that has a target met it; `undefined`: it has none, or its share is not told. */
export const meetsTarget = ({ agreement, now }: AgreementLine): boolean | undefined => {
  const share = now?.shareInTime ?? undefined;
  return agreement.targetShare === undefined || share === undefined
    ? undefined
    : share >= agreement.targetShare;
};

export type FigureLine = {
  figure: IndicatorFigure["figure"];
  tier: string | undefined;
  now: IndicatorFigure | undefined;
  shares: readonly (number | undefined)[];
};

const figureShare = (trend: readonly FigureMonth[] | undefined, month: string): number | undefined => {
  const found = trend?.find((one) => one.month === month);
  return found === undefined || found.hidden ? undefined : (found.share ?? undefined);
};

/** The families' own figures of the month, with the year's. */
export const figuresOf = (answers: ReportAnswers): FigureLine[] => {
  const { month, year } = answers;
  const keyOf = ({ figure, by }: IndicatorFigure): string => `${figure} ${by["tier"] ?? ""}`;
  const keys = [...new Map([...year.figures, ...month.figures].map((one) => [keyOf(one), one]))];
  return keys.map(([key, { figure, by }]) => {
    const whole = year.figures.find((one) => keyOf(one) === key);
    const trend = whole?.hidden === false ? whole.trend : undefined;
    const shares = monthsOf(answers).map((one) => figureShare(trend, one));
    return { figure, tier: by["tier"], now: month.figures.find((one) => keyOf(one) === key), shares };
  });
};

/** No clock started in the month, and nothing else was counted. */
export const isEmptyMonth = ({ month }: ReportAnswers): boolean =>
  month.rows.length === 0 &&
  (month.total.hidden ? false : month.total.clocks === 0) &&
  month.figures.every((figure) => !figure.hidden && figure.of === 0);

/** What the front tells of all agreements. `undefined`: it may not be told. */
export type Headline = {
  clocks: number;
  decided: number;
  inTime: number | undefined;
  breached: number | undefined;
  openLate: number | undefined;
  share: number | undefined;
  /** The share of the month before. */
  before: number | undefined;
  withoutReceipts: boolean;
};

type Part = Pick<IndicatorNumbers, "clocks" | "decided" | "inTime" | "breached"> & {
  openLate?: number | null;
};

const isReceipt = ({ by }: IndicatorRow): boolean => keeps(by["agreement"] ?? "", "RECEIPT");

const less = (
  whole: number | null | undefined,
  parts: readonly (number | null | undefined)[],
): number | undefined => {
  const known = parts.filter((part) => typeof part === "number");
  if (typeof whole !== "number" || known.length < parts.length) return undefined;
  return whole - known.reduce((sum, part) => sum + part, 0);
};

const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole === 0 ? undefined : (100 * part) / whole;

const monthIn = ({ trend }: Pick<IndicatorNumbers, "trend">, month: string): Part | undefined => {
  const found = trend?.find((one) => one.month === month);
  return found === undefined || found.hidden ? undefined : found;
};

const shareBefore = (answers: ReportAnswers, withoutReceipts: boolean): number | undefined => {
  const month = monthBefore(answers.year.to, 1);
  const total = totalOf(answers.year);
  const all = total === undefined ? undefined : monthIn(total, month);
  const receipts = withoutReceipts
    ? answers.year.rows.filter(isReceipt).map((row) => (row.hidden ? undefined : monthIn(row, month)))
    : [];
  const left = (name: "decided" | "inTime"): number | undefined =>
    less(
      all?.[name],
      receipts.map((one) => one?.[name]),
    );
  return percentOf(left("inTime"), left("decided"));
};

/**
 * All agreements but the receipts of systems, which come by the thousands within minutes: with them any month looks good. Where
 * they cannot be told apart they are in it, and `withoutReceipts` is false.
 */
export const headlineOf = (answers: ReportAnswers): Headline | undefined => {
  const total = totalOf(answers.month);
  if (total === undefined) return undefined;
  const rows = answers.month.rows.filter(isReceipt);
  const shown = rows.filter((row): row is ShownRow => !row.hidden);
  const withoutReceipts = shown.length === rows.length && shown.every(({ inTime }) => inTime !== null);
  const receipts = withoutReceipts ? shown : [];
  const left = (name: "clocks" | "decided" | "inTime" | "breached" | "openLate"): number | undefined =>
    less(
      total[name],
      receipts.map((row) => row[name]),
    );
  const [decided, inTime] = [left("decided"), left("inTime")];
  return {
    clocks: left("clocks") ?? total.clocks,
    decided: decided ?? total.decided,
    inTime,
    breached: left("breached"),
    openLate: left("openLate"),
    share: percentOf(inTime, decided),
    before: shareBefore(answers, withoutReceipts),
    withoutReceipts,
  };
};
