import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hiddenCells, hiddenIn } from "../../../../../../services/agreement/core/indicators/hide.ts";
import { allAtOnce } from "../../../../../../services/agreement/core/indicators/steps.ts";

const sizesOf =
  (sizes: readonly number[]) =>
  (places: readonly number[]): number =>
    places.reduce((sum, place) => sum + (sizes[place] ?? 0), 0);
const hidden = (...sizes: number[]) => [...hiddenIn(sizes.length, sizesOf(sizes))].toSorted((a, b) => a - b);

describe("groups that are not told", () => {
  it.each<[string, number[], number[]]>([
    ["nothing is hidden where all are large", [5, 12, 40], []],
    ["a single small one is hidden with the next smallest, or the total would tell it", [3, 40, 12], [0, 2]],
    ["two small ones that are five together need no third", [2, 3, 40], [0, 1]],
    ["two small ones that are fewer than five together need a third", [1, 2, 40, 9], [0, 1, 3]],
    ["none is none, and hides nobody", [0, 0, 12], []],
    ["none is no company for a small one", [3, 0, 12, 30], [0, 2]],
    ["small ones alone are all hidden", [1, 2], [0, 1]],
    ["of two as small the first comes first", [4, 7, 7], [0, 1]],
  ])("%s", (_what, sizes, places) => {
    expect(hidden(...sizes)).toEqual(places);
  });

  it("leave no fewer than five, and no single one, to whoever subtracts from a total", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const places = hidden(...sizes);
        const shown = sizes.filter((_size, place) => !places.includes(place));
        expect(shown.every((size) => size === 0 || size >= 5)).toBe(true);
        const total = sizes.reduce((a, b) => a + b, 0);
        const rest = total - shown.reduce((a, b) => a + b, 0);
        if (places.length > 0 && total >= 5) expect(rest).toBeGreaterThanOrEqual(5);
        if (shown.some((size) => size > 0)) expect(places.length).not.toBe(1);
      }),
    );
  });

  it("leave none to whoever subtracts along a row or a column of months", () => {
    const table = fc.integer({ min: 1, max: 5 }).chain((rows) =>
      fc.integer({ min: 2, max: 5 }).chain((columns) =>
        fc
          .array(fc.nat({ max: 15 }), { minLength: rows * columns, maxLength: rows * columns })
          .map((cells) => ({
            rows,
            columns,
            cells,
          })),
      ),
    );
    fc.assert(
      fc.property(table, ({ rows, columns, cells }) => {
        const cell = (row: number, column: number) => cells[row * columns + column] ?? 0;
        const line = (length: number) => Array.from({ length }, (_, i) => i);
        const rowSizes = line(rows).map((row) => line(columns).reduce((sum, c) => sum + cell(row, c), 0));
        const hiddenRows = hiddenIn(rows, sizesOf(rowSizes));
        const places = allAtOnce(hiddenCells({ rows, columns, hiddenRows, sizeOf: sizesOf(cells) }));
        const isHidden = (row: number, column: number) => places.has(row * columns + column);
        const gives = (sizes: number[]) => sizes.reduce((a, b) => a + b, 0);
        for (const row of line(rows).filter((one) => !hiddenRows.has(one))) {
          const gone = line(columns).filter((c) => isHidden(row, c) && cell(row, c) > 0);
          if (gone.length > 0) expect(gives(gone.map((c) => cell(row, c)))).toBeGreaterThanOrEqual(5);
        }
        for (const column of line(columns)) {
          const all = gives(line(rows).map((row) => cell(row, column)));
          const gone = line(rows).filter((row) => isHidden(row, column) && cell(row, column) > 0);
          if (gone.length > 0 && all >= 5)
            expect(gives(gone.map((row) => cell(row, column)))).toBeGreaterThanOrEqual(5);
        }
        for (const [place, size] of cells.entries())
          if (size > 0 && size < 5) expect(places.has(place)).toBe(true);
      }),
    );
  });
});
