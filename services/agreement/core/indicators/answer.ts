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
import type { FigureRow } from "./figure-row.ts";
import { figuresIn } from "./figures.ts";
import { byMonth, codesOf, groupsOf, isAsked, monthsOf, placesIn, type World } from "./groups.ts";
import { hiddenCells, hiddenIn } from "./hide.ts";
import { type Clocks, numbersOf, sizesOf } from "./measure.ts";
import { eachOf, fromRows, type Steps } from "./steps.ts";

/** What is counted: by month, with what is open as it stands at `asOf`. */
export type Tallied = { clocks: Clocks; figures: readonly Counted<FigureRow>[]; asOf: Instant };

export type CountedAgreement = Indicators["agreements"][number];
export type AnswerContext = {
  directory: DirectoryView;
  viewer?: string | undefined;
  /** An agreement as it is at the end of a month. */
  agreement: (id: string, month: string) => CountedAgreement | undefined;
};

function* trendMonth(month: string, clocks: Clocks, hidden: boolean): Steps<TrendMonth> {
  if (hidden) return { month, hidden: true };
  const { clocks: count, decided, inTime, breached, shareInTime, answerMinutes } = yield* numbersOf(clocks);
  return { month, hidden: false, clocks: count, decided, inTime, breached, shareInTime, answerMinutes };
}

type Trends = { ofRow: (row: number) => TrendMonth[] | undefined; ofAll: TrendMonth[] | undefined };

const noTrends: Trends = { ofRow: () => undefined, ofAll: undefined };

/** Groups by months: rows and columns have totals, so more is hidden than what is small. */
function* trendsOf(
  groups: readonly Clocks[],
  { months, hiddenRows }: { months: readonly string[]; hiddenRows: ReadonlySet<number> },
): Steps<Trends> {
  const parts = yield* eachOf(groups, (clocks) => byMonth(clocks, months));
  const cells = parts.flat();
  const columns = months.length;
  const all = yield* eachOf(months, (_month, column) => parts.flatMap((part) => part[column] ?? []));
  const sizeOf = yield* sizesOf(cells);
  const hidden = yield* hiddenCells({ rows: groups.length, columns, hiddenRows, sizeOf });
  const hiddenMonths = hiddenIn(columns, yield* sizesOf(all));
  const told: TrendMonth[] = [];
  for (const [place, cell] of cells.entries())
    told.push(yield* trendMonth(months[place % columns] ?? "", cell, hidden.has(place)));
  const ofAll: TrendMonth[] = [];
  for (const [column, month] of months.entries())
    ofAll.push(yield* trendMonth(month, all[column] ?? [], hiddenMonths.has(column)));
  return { ofRow: (row) => told.slice(row * columns, (row + 1) * columns), ofAll };
}

function* withTrend(clocks: Clocks, trend: TrendMonth[] | undefined): Steps<IndicatorNumbers> {
  const numbers = yield* numbersOf(clocks);
  return { hidden: false, ...numbers, ...(trend === undefined ? {} : { trend }) };
}

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

function* rowsOf(
  clocks: Clocks,
  query: IndicatorsQuery,
  { world, named }: { world: World; named: Named },
): Steps<Rows> {
  const { groupBy } = query;
  const dimensions: readonly IndicatorDimension[] = groupBy;
  const groups =
    dimensions.length === 0 ? [] : yield* groupsOf(clocks, (row) => codesOf(row, world), dimensions);
  const parts = groups.map(({ rows }) => rows);
  const hiddenRows = hiddenIn(parts.length, yield* sizesOf(parts));
  const months = monthsOf(query);
  const isTrend = months.length > 1 && !groupBy.includes("month");
  const table = parts.length === 0 ? [clocks] : parts;
  const { ofRow, ofAll } = isTrend ? yield* trendsOf(table, { months, hiddenRows }) : noTrends;
  const rows: IndicatorRow[] = [];
  for (const [place, { by, rows: own }] of groups.entries()) {
    const names = namesOf(by, named);
    if (hiddenRows.has(place)) rows.push({ hidden: true, by, names });
    else rows.push({ by, names, ...(yield* withTrend(own, ofRow(place))) });
    yield;
  }
  const total = yield* withTrend(clocks, ofAll);
  const isHidden = total.clocks > 0 && total.cases < fewestCases;
  return { rows, total: isHidden ? { hidden: true } : total };
}

/** How well what was promised was kept, for whoever asks. */
export function* indicatorSteps(
  { clocks, figures, asOf }: Tallied,
  query: IndicatorsQuery,
  { directory, viewer, agreement }: AnswerContext,
): Steps<Indicators> {
  const world: World = { directory, places: placesIn(directory), viewer };
  const named = nameIn(directory);
  const asked = yield* fromRows(clocks, (one) => (isAsked(one.row, query, world) ? [one] : []));
  const { from, to, groupBy } = query;
  const { rows, total } = yield* rowsOf(asked, query, { world, named });
  return {
    from,
    to,
    asOf,
    groupBy: [...groupBy],
    ...(viewer === undefined ? {} : { organisation: viewer }),
    fewest: fewestCases,
    rows,
    total,
    figures: yield* figuresIn({ figures, clocks }, query, { world, names: (by) => namesOf(by, named) }),
    agreements: agreementsIn(asked, to, agreement),
  };
}
