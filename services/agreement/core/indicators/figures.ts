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
import type { ClockRow } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";
import {
  byMonth,
  codesOf,
  type Group,
  type Grouped,
  groupsOf,
  isAsked,
  monthsOf,
  type World,
} from "./groups.ts";
import { hiddenCells, hiddenIn } from "./hide.ts";
import { type Clocks, isDecided, percentOf, sizesOf } from "./measure.ts";
import { eachOf, eachRow, type Steps } from "./steps.ts";

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
const tobsRow = ({ row, count }: Counted<ClockRow>): Counted<Row>[] =>
  isDecided(row) && keeps(row.agreement, "TOBS-MSG")
    ? [{ row: { ...row, figure: tobs, met: row.outcome === "inTime" }, count }]
    : [];

/** A case is once in a figure: as if of an agreement of its own. */
const caseRow = ({ row: { organisation: debtor, ...row }, count }: Counted<FigureRow>): Counted<Row> => ({
  row: { ...row, debtor, agreement: "", first: true, firstOfDebtor: true },
  count,
});

const count = (rows: Rows, is: (row: Row) => boolean = () => true): number =>
  rows.reduce((sum, one) => (is(one.row) ? sum + one.count : sum), 0);

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

/** `cells`: of each group its rows by month, one group after the other. */
type Shown = { figure: FigureId; groups: Group<Row>[]; months: readonly string[]; cells: readonly Rows[] };

/** Month by month; where one month's few are masked all are, since the group's own number would give them away. */
const trendOf = (
  { figure, months, cells }: Shown,
  hidden: ReadonlySet<number>,
  place: number,
): FigureMonth[] => {
  const first = place * months.length;
  const parts = cells.slice(first, first + months.length);
  const masked = parts.some((rows) => tellsOfFew(figure, rows));
  return months.map((month, column) =>
    hidden.has(first + column)
      ? { month, hidden: true }
      : { month, hidden: false, ...measured(parts[column] ?? [], masked) },
  );
};

function* hiddenMonths(
  { groups, months, cells }: Shown,
  hiddenRows: ReadonlySet<number>,
): Steps<ReadonlySet<number>> {
  const sizeOf = yield* sizesOf(cells);
  return yield* hiddenCells({ rows: groups.length, columns: months.length, hiddenRows, sizeOf });
}

type Naming = { world: World; names: (by: Record<string, string>) => Record<string, string> };

function* shownOf(shown: Shown, isTrend: boolean, names: Naming["names"]): Steps<IndicatorFigure[]> {
  const { figure, groups } = shown;
  const parts = groups.map(({ rows }) => rows);
  const hiddenRows = hiddenIn(parts.length, yield* sizesOf(parts));
  const hidden = isTrend ? yield* hiddenMonths(shown, hiddenRows) : new Set<number>();
  return yield* eachOf(groups, ({ by, rows }, place): IndicatorFigure => {
    const common = { figure, by, names: names(by) };
    if (hiddenRows.has(place)) return { ...common, hidden: true };
    const trend = isTrend ? { trend: trendOf(shown, hidden, place) } : {};
    return { ...common, hidden: false, ...measured(rows, tellsOfFew(figure, rows)), ...trend };
  });
}

/** By those dimensions of the question that a figure has; questions to a doctor always by tier. */
const dimensionsOf = (figure: FigureId, { groupBy }: IndicatorsQuery): IndicatorDimension[] => {
  const own = groupBy.filter((dimension) => figure === tobs || !notOfCases.includes(dimension));
  return figure === tobs && !own.includes("tier") ? [...own, "tier"] : own;
};

/** Every figure that there is anything of, in the order of `figureIds`. */
export function* figuresIn(
  { figures, clocks }: { figures: readonly Counted<FigureRow>[]; clocks: Clocks },
  query: IndicatorsQuery,
  { world, names }: Naming,
): Steps<IndicatorFigure[]> {
  const months = monthsOf(query);
  const isTrend = months.length > 1 && !query.groupBy.includes("month");
  const asked = new Map(figureIds.map((figure): [FigureId, Counted<Row>[]] => [figure, []]));
  const keep = (one: Counted<Row>): void => {
    if (isAsked(one.row, query, world)) asked.get(one.row.figure)?.push(one);
  };
  yield* eachRow(figures, (one) => {
    keep(caseRow(one));
  });
  yield* eachRow(clocks, (one) => {
    tobsRow(one).forEach(keep);
  });
  const shown: IndicatorFigure[] = [];
  for (const [figure, own] of asked) {
    const groups = yield* groupsOf(own, (row) => codesOf(row, world), dimensionsOf(figure, query));
    const cells = isTrend ? (yield* eachOf(groups, ({ rows }) => byMonth(rows, months))).flat() : [];
    shown.push(...(yield* shownOf({ figure, groups, months, cells }, isTrend, names)));
  }
  return shown;
}
