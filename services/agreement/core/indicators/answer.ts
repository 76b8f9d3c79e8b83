/** The answer to a question about indicators: a pure function of rows, directory and agreements. */
import type {
  IndicatorDimension,
  IndicatorNumbers,
  IndicatorRow,
  Indicators,
  IndicatorsQuery,
  TrendMonth,
} from "../../../../contracts/messages/indicators.ts";
import { fewestCases } from "../../../../contracts/messages/indicators.ts";
import type { Instant } from "../../../../contracts/time.ts";
import type { DirectoryView } from "../../../case/directory-view.ts";
import type { Counted } from "./cells.ts";
import type { ClockRow } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";
import { figuresIn } from "./figures.ts";
import { codesOf, groupsOf, isAsked, monthsOf, placesIn, type World } from "./groups.ts";
import { hiddenCells, hiddenIn } from "./hide.ts";
import { type Clocks, casesIn, isSmall, numbersOf } from "./measure.ts";

/** What is counted: by month, with what is open as it stands at `asOf`. */
export type Tallied = { clocks: Clocks; figures: readonly Counted<FigureRow>[]; asOf: Instant };

export type CountedAgreement = Indicators["agreements"][number];
export type AnswerContext = {
  directory: DirectoryView;
  viewer?: string | undefined;
  /** An agreement as it is at the end of a month. */
  agreement: (id: string, month: string) => CountedAgreement | undefined;
};

const sizesOf =
  (groups: readonly Clocks[]) =>
  (places: readonly number[]): number =>
    casesIn(places.flatMap((place) => groups[place] ?? []));

const trendMonth = (month: string, clocks: Clocks, hidden: boolean): TrendMonth => {
  if (hidden) return { month, hidden: true };
  const { clocks: count, decided, inTime, breached, shareInTime, answerMinutes } = numbersOf(clocks);
  return { month, hidden: false, clocks: count, decided, inTime, breached, shareInTime, answerMinutes };
};

type Trends = { ofRow: (row: number) => TrendMonth[] | undefined; ofAll: TrendMonth[] | undefined };

const inMonth = (clocks: Clocks, month: string): Counted<ClockRow>[] =>
  clocks.filter(({ row }) => row.month === month);

const noTrends: Trends = { ofRow: () => undefined, ofAll: undefined };

/** Groups by months: rows and columns have totals, so more is hidden than what is small. */
const trendsOf = (
  groups: readonly Clocks[],
  { months, hiddenRows }: { months: readonly string[]; hiddenRows: ReadonlySet<number> },
): Trends => {
  const cells = groups.flatMap((clocks) => months.map((month) => inMonth(clocks, month)));
  const columns = months.length;
  const all = months.map((month) => inMonth(groups.flat(), month));
  const hidden = hiddenCells({ rows: groups.length, columns, hiddenRows, sizeOf: sizesOf(cells) });
  const hiddenMonths = hiddenIn(columns, sizesOf(all));
  return {
    ofRow: (row) =>
      months.map((month, column) => {
        const place = row * columns + column;
        return trendMonth(month, cells[place] ?? [], hidden.has(place));
      }),
    ofAll: months.map((month, column) => trendMonth(month, all[column] ?? [], hiddenMonths.has(column))),
  };
};

const withTrend = (clocks: Clocks, trend: TrendMonth[] | undefined): IndicatorNumbers => ({
  hidden: false,
  ...numbersOf(clocks),
  ...(trend === undefined ? {} : { trend }),
});

type Named = (dimension: string, code: string) => string | undefined;

/** What codes are called, where there is a name to show beside them. */
const namesOf = (by: Readonly<Record<string, string>>, named: Named): Record<string, string> =>
  Object.fromEntries(
    Object.entries(by).flatMap(([dimension, code]) => {
      const name = named(dimension, code);
      return name === undefined ? [] : [[dimension, name]];
    }),
  );

const organisationNames: readonly string[] = ["organisation", "creditor", "hospital", "region"];

const nameIn = (directory: DirectoryView): Named => {
  const municipalities = new Map(
    directory
      .all()
      .filter(({ kind }) => kind === "municipality")
      .map(({ identifiers, name }) => [identifiers.municipalityCode?.padStart(4, "0") ?? "", name]),
  );
  return (dimension, code) => {
    if (dimension === "municipality") return municipalities.get(code);
    const found = organisationNames.includes(dimension) ? directory.organisation(code) : undefined;
    if (found === undefined) return undefined;
    return found.department === undefined ? found.name : `${found.name}, ${found.department}`;
  };
};

const agreementsIn = (
  clocks: Clocks,
  to: string,
  agreement: AnswerContext["agreement"],
): CountedAgreement[] =>
  [...new Set(clocks.map(({ row }) => row.agreement))].toSorted().flatMap((id) => agreement(id, to) ?? []);

type Rows = { rows: IndicatorRow[]; total: Indicators["total"] };

const rowsOf = (
  clocks: Clocks,
  query: IndicatorsQuery,
  { world, named }: { world: World; named: Named },
): Rows => {
  const { groupBy } = query;
  const dimensions: readonly IndicatorDimension[] = groupBy;
  const groups = dimensions.length === 0 ? [] : groupsOf(clocks, (row) => codesOf(row, world), dimensions);
  const parts = groups.map(({ rows }) => rows);
  const hiddenRows = hiddenIn(parts.length, sizesOf(parts));
  const months = monthsOf(query);
  const isTrend = months.length > 1 && !groupBy.includes("month");
  const table = parts.length === 0 ? [clocks] : parts;
  const { ofRow, ofAll } = isTrend ? trendsOf(table, { months, hiddenRows }) : noTrends;
  return {
    rows: groups.map(({ by, rows }, place) => {
      const names = namesOf(by, named);
      return hiddenRows.has(place)
        ? { hidden: true, by, names }
        : { by, names, ...withTrend(rows, ofRow(place)) };
    }),
    total: isSmall(clocks) && clocks.length > 0 ? { hidden: true } : withTrend(clocks, ofAll),
  };
};

/** How well what was promised was kept, for whoever asks. */
export const indicatorsOf = (
  { clocks, figures, asOf }: Tallied,
  query: IndicatorsQuery,
  { directory, viewer, agreement }: AnswerContext,
): Indicators => {
  const world: World = { directory, places: placesIn(directory), viewer };
  const named = nameIn(directory);
  const asked = clocks.filter(({ row }) => isAsked(row, query, world));
  const { from, to, groupBy } = query;
  return {
    from,
    to,
    asOf,
    groupBy: [...groupBy],
    ...(viewer === undefined ? {} : { organisation: viewer }),
    fewest: fewestCases,
    ...rowsOf(asked, query, { world, named }),
    figures: figuresIn({ figures, clocks }, query, {
      world,
      names: (by) => namesOf(by, named),
    }),
    agreements: agreementsIn(asked, to, agreement),
  };
};
