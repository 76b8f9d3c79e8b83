import { expect, test } from "vitest";
import { schemeOf, scoreSchemes } from "../../../../../../contracts/codes/schemes.ts";
import {
  bandsOf,
  pathOf,
  pointsOf,
  sparkOf,
  type Taken,
  topOf,
} from "../../../../../../gateways/console/web/src/forms/tobs/trend.ts";

const found = schemeOf(scoreSchemes, { id: "tobs-dk-2013" });
if (found === undefined) throw new Error("There is no TOBS.");
const scheme = found;

const taken = (no: number, hour: number, total: number | undefined, pulse: string): Taken => ({
  no,
  measuredAt: `2026-11-23T${String(hour).padStart(2, "0")}:00:00.000Z`,
  score: {
    ...{ scheme: scheme.id, version: 1, carried: [], missing: [], flags: [], confirm: [] },
    ...(total === undefined ? {} : { total }),
    parts: [{ parameter: "pulse", measured: pulse, scored: pulse, points: 0 }],
  },
});
const three = [taken(1, 8, 3, "80"), taken(2, 10, undefined, "90"), taken(3, 12, 5, "100")];

test("totals stand by their time and their size, and a measurement without a total stands nowhere", () => {
  expect(pointsOf(three, { width: 100, height: 60, top: 6 }).map(({ x, y }) => [x, y])).toEqual([
    [0, 30],
    [100, 10],
  ]);
});

test("a single measurement stands where the eye looks first", () => {
  expect(
    pointsOf([taken(1, 8, 0, "80")], { width: 100, height: 60, top: 6 }).map(({ x, y }) => [x, y]),
  ).toEqual([[100, 60]]);
});

test("the bands cover the chart from nought to its top, without a hole", () => {
  const bands = bandsOf(scheme, { height: 60, top: 6 });
  expect(bands.map(({ label }) => label)).toEqual(["0", "1", "2", "3–4", "5+"]);
  expect(bands.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(60);
  expect(bands.at(-1)).toMatchObject({ y: 0, level: 4 });
});

test("the top leaves room above the highest total, and never goes beyond what there can be", () => {
  expect(topOf([2], scheme)).toBe(6);
  expect(topOf([9], scheme)).toBe(10);
  expect(topOf([15], scheme)).toBe(15);
});

test("one value goes between its own least and greatest", () => {
  expect(sparkOf(three, "pulse", { width: 100, height: 20 }).map(({ x, y }) => [x, y])).toEqual([
    [0, 20],
    [50, 10],
    [100, 0],
  ]);
  expect(
    pathOf([
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ]),
  ).toBe("M0.0 1.0L2.0 3.0");
});
