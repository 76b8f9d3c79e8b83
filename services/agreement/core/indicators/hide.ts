/**
 * Which groups are not told. One of 1 to 4 is hidden; and since the total is told, others with it, the smallest first, until those
 * that are hidden are at least five together and at least two: then none can be found by subtraction. None is none, and told.
 */
import { fewestCases } from "../../../../contracts/messages/indicators.ts";
import { eachOf, eachRow, type Steps } from "./steps.ts";

/** The size of several groups together; of one of them with one place. */
export type SizeOf = (places: readonly number[]) => number;

/** The size of each single place is asked for often, and found once. */
const remembering = (sizeOf: SizeOf): SizeOf => {
  const known = new Map<number, number>();
  return (places) => {
    const [place] = places;
    if (place === undefined || places.length > 1) return sizeOf(places);
    const size = known.get(place) ?? sizeOf(places);
    known.set(place, size);
    return size;
  };
};

const isSmall = (size: number): boolean => size > 0 && size < fewestCases;

/** Whether a line of groups gives one of them away to whoever knows their total. */
const givesAway = (hidden: readonly number[], sizeOf: SizeOf): boolean => {
  const some = hidden.filter((place) => sizeOf([place]) > 0);
  return some.length === 1 || (some.length > 0 && sizeOf(some) < fewestCases);
};

/** The first of the smallest. */
const smallestShown = (
  places: readonly number[],
  hidden: ReadonlySet<number>,
  sizeOf: SizeOf,
): number | undefined => {
  let smallest: { place: number; size: number } | undefined;
  for (const place of places) {
    const size = hidden.has(place) ? 0 : sizeOf([place]);
    if (size > 0 && (smallest === undefined || size < smallest.size)) smallest = { place, size };
  }
  return smallest?.place;
};

/** Hides more of a line until nothing is given away. @returns whether it hid any */
const cover = (line: readonly number[], hidden: Set<number>, sizeOf: SizeOf): boolean => {
  let changed = false;
  while (
    givesAway(
      line.filter((place) => hidden.has(place)),
      sizeOf,
    )
  ) {
    const next = smallestShown(line, hidden, sizeOf);
    if (next === undefined) return changed;
    hidden.add(next);
    changed = true;
  }
  return changed;
};

/** The places of a line of groups that are hidden, where their total is told. */
export const hiddenIn = (count: number, sizes: SizeOf): ReadonlySet<number> => {
  const sizeOf = remembering(sizes);
  const places = Array.from({ length: count }, (_, place) => place);
  const hidden = new Set(places.filter((place) => isSmall(sizeOf([place]))));
  cover(places, hidden, sizeOf);
  return hidden;
};

/** A table of groups by months, where the totals of rows and of columns are told, but for rows that are hidden. */
export type Table = { rows: number; columns: number; hiddenRows: ReadonlySet<number>; sizeOf: SizeOf };

/** The cells that are hidden; a cell is `row * columns + column`, and so are the places of `sizeOf`. */
export function* hiddenCells({ rows, columns, hiddenRows, ...table }: Table): Steps<ReadonlySet<number>> {
  const sizeOf = remembering(table.sizeOf);
  const cell = (row: number, column: number): number => row * columns + column;
  const all = (length: number): number[] => Array.from({ length }, (_, i) => i);
  const lines = [
    ...all(rows)
      .filter((row) => !hiddenRows.has(row))
      .map((row) => all(columns).map((column) => cell(row, column))),
    ...all(columns).map((column) => all(rows).map((row) => cell(row, column))),
  ];
  const hidden = new Set<number>();
  yield* eachRow(all(rows * columns), (place) => {
    if (hiddenRows.has(Math.floor(place / columns)) || isSmall(sizeOf([place]))) hidden.add(place);
  });
  let changed = true;
  while (changed) changed = (yield* eachOf(lines, (line) => cover(line, hidden, sizeOf))).includes(true);
  return hidden;
}
