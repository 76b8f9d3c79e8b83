/** The families' own figures, in groups, with what is small hidden. */
import { keeps } from "../../../../contracts/agreement.ts";
import { type FigureId, figureIds, figureWords } from "../../../../contracts/codes/indicator-words.ts";
import {
  type FigureMonth,
  fewestCases,
  type IndicatorDimension,
  type IndicatorFigure,
  type IndicatorsQuery,
} from "../../../../contracts/messages/indicators.ts";
import type { Counted } from "./cells.ts";
import type { FigureRow } from "./figure-row.ts";
import { codesOf, type Group, type Grouped, groupsOf, isAsked, monthsOf, type World } from "./groups.ts";
import { hiddenCells, hiddenIn } from "./hide.ts";
import { type Clocks, casesIn, decidedIn, percentOf } from "./measure.ts";

/** One case, or one question about it, in one figure. */
type Row = Grouped & {
  figure: FigureId;
  met: boolean;
  agreement: string;
  first: boolean;
  firstOfDebtor: boolean;
};
type Rows = readonly Counted<Row>[];

/** What the figures of cases are not about, and so are not grouped by; asked for one agreement, there are none. */
const notOfCases: readonly IndicatorDimension[] = ["agreement", "priority", "tier"];
const tobs: FigureId = "tobs-answered-in-time";

/** Questions to a doctor are clocks: answered in time or not. A case with several is one case. */
const tobsRows = (clocks: Clocks): Counted<Row>[] =>
  decidedIn(clocks)
    .filter(({ row }) => keeps(row.agreement, "TOBS-MSG"))
    .map(({ row, count }) => ({ row: { ...row, figure: tobs, met: row.outcome === "inTime" }, count }));

const caseRows = (figures: readonly Counted<FigureRow>[]): Counted<Row>[] =>
  figures.map(({ row: { organisation: debtor, ...row }, count }) => ({
    // A case is once in a figure: as if of an agreement of its own.
    row: { ...row, debtor, agreement: "", first: true, firstOfDebtor: true },
    count,
  }));

const count = (rows: Rows, is: (row: Row) => boolean = () => true): number =>
  rows.reduce((sum, one) => (is(one.row) ? sum + one.count : sum), 0);

const sizesOf =
  (groups: readonly Rows[]) =>
  (places: readonly number[]): number =>
    casesIn(places.flatMap((place) => groups[place] ?? []));

const isFew = (size: number): boolean => size > 0 && size < fewestCases;

/** Where it tells of citizens that it was met, neither those few nor the few others are told. */
const tellsOfFew = (figure: FigureId, rows: Rows): boolean => {
  const met = count(rows, (row) => row.met);
  return figureWords[figure].aboutCitizens && (isFew(met) || isFew(count(rows) - met));
};

const measured = (rows: Rows, masked: boolean): { of: number; met: number | null; share: number | null } => {
  const of = count(rows);
  const met = count(rows, (row) => row.met);
  return masked ? { of, met: null, share: null } : { of, met, share: percentOf(met, of) };
};

type Shown = { figure: FigureId; groups: Group<Row>[]; months: readonly string[] };

/** Month by month; where one month's few are masked all are, since the group's own number would give them away. */
const trendOf = (
  { figure, groups, months }: Shown,
  hidden: ReadonlySet<number>,
  place: number,
): FigureMonth[] => {
  const parts = months.map((month) => groups[place]?.rows.filter(({ row }) => row.month === month) ?? []);
  const masked = parts.some((rows) => tellsOfFew(figure, rows));
  return months.map((month, column) =>
    hidden.has(place * months.length + column)
      ? { month, hidden: true }
      : { month, hidden: false, ...measured(parts[column] ?? [], masked) },
  );
};

const hiddenMonths = ({ groups, months }: Shown, hiddenRows: ReadonlySet<number>): ReadonlySet<number> => {
  const cells = groups.flatMap(({ rows }) =>
    months.map((month) => rows.filter(({ row }) => row.month === month)),
  );
  const columns = months.length;
  return hiddenCells({ rows: groups.length, columns, hiddenRows, sizeOf: sizesOf(cells) });
};

type Naming = { world: World; names: (by: Record<string, string>) => Record<string, string> };

const shownOf = (shown: Shown, isTrend: boolean, names: Naming["names"]): IndicatorFigure[] => {
  const { figure, groups } = shown;
  const parts = groups.map(({ rows }) => rows);
  const hiddenRows = hiddenIn(parts.length, sizesOf(parts));
  const hidden = isTrend ? hiddenMonths(shown, hiddenRows) : new Set<number>();
  return groups.map(({ by, rows }, place) => {
    const common = { figure, by, names: names(by) };
    if (hiddenRows.has(place)) return { ...common, hidden: true };
    const trend = isTrend ? { trend: trendOf(shown, hidden, place) } : {};
    return { ...common, hidden: false, ...measured(rows, tellsOfFew(figure, rows)), ...trend };
  });
};

/** By those dimensions of the question that a figure has; questions to a doctor always by tier. */
const dimensionsOf = (figure: FigureId, { groupBy }: IndicatorsQuery): IndicatorDimension[] => {
  const own = groupBy.filter((dimension) => figure === tobs || !notOfCases.includes(dimension));
  return figure === tobs && !own.includes("tier") ? [...own, "tier"] : own;
};

/** Every figure that there is anything of, in the order of `figureIds`. */
export const figuresIn = (
  { figures, clocks }: { figures: readonly Counted<FigureRow>[]; clocks: Clocks },
  query: IndicatorsQuery,
  { world, names }: Naming,
): IndicatorFigure[] => {
  const months = monthsOf(query);
  const isTrend = months.length > 1 && !query.groupBy.includes("month");
  const rows = [...caseRows(figures), ...tobsRows(clocks)].filter(({ row }) => isAsked(row, query, world));
  return figureIds.flatMap((figure) => {
    const own = rows.filter(({ row }) => row.figure === figure);
    const groups = groupsOf(own, (row) => codesOf(row, world), dimensionsOf(figure, query));
    return shownOf({ figure, groups, months }, isTrend, names);
  });
};
