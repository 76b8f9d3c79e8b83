/** Whether two ways of counting found the same. */
import type { CaseRecord } from "../../../../contracts/record.ts";
import type { Instant } from "../../../../contracts/time.ts";
import type { Counted } from "./cells.ts";
import type { ClockRow } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";
import { recountedClocks } from "./recount.ts";
import { recountedFigures } from "./recount-figures.ts";

/** A row that was found more or less often than recounted. */
export type Difference = {
  what: "clock" | "figure";
  row: Readonly<Record<string, unknown>>;
  kept: number;
  recounted: number;
};

type AnyRow = ClockRow | FigureRow;
type Tally = Map<string, { row: Readonly<Record<string, unknown>>; kept: number; recounted: number }>;

const sortedOf = (row: AnyRow): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const add = (tally: Tally, side: "kept" | "recounted", { row, count }: Counted<AnyRow>): void => {
  const sorted = sortedOf(row);
  const key = JSON.stringify(sorted);
  const found = tally.get(key) ?? { row: sorted, kept: 0, recounted: 0 };
  found[side] += count;
  tally.set(key, found);
};

/** Takes what is kept, then case after case, and tells in the end where the two differ. */
export type Comparison = {
  keep: (rows: { clocks: readonly Counted<ClockRow>[]; figures: readonly Counted<FigureRow>[] }) => void;
  /** All records of one case, in order. */
  recount: (records: readonly CaseRecord[], asOf: Instant) => void;
  /** How many clocks and figures were recounted, and what differs. */
  result: () => { clocks: number; figures: number; differences: Difference[] };
};

const differing = (what: Difference["what"], tally: Tally): Difference[] =>
  [...tally.values()].flatMap((one) => (one.kept === one.recounted ? [] : [{ what, ...one }]));

const total = (tally: Tally): number => [...tally.values()].reduce((sum, one) => sum + one.recounted, 0);

export const createComparison = (): Comparison => {
  const clocks: Tally = new Map();
  const figures: Tally = new Map();
  return {
    keep: (rows) => {
      for (const row of rows.clocks) add(clocks, "kept", row);
      for (const row of rows.figures) add(figures, "kept", row);
    },
    recount: (records, asOf) => {
      for (const row of recountedClocks(records, asOf)) add(clocks, "recounted", { row, count: 1 });
      for (const row of recountedFigures(records)) add(figures, "recounted", { row, count: 1 });
    },
    result: () => ({
      clocks: total(clocks),
      figures: total(figures),
      differences: [...differing("clock", clocks), ...differing("figure", figures)],
    }),
  };
};
