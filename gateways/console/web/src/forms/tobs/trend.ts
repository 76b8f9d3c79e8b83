/** Where things stand in a chart of scores over time. Pure: sizes in pixels. */
import type { Parameter, ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import type { Language } from "../../words/both.ts";
import type { measurementsOf } from "../facts.ts";

export type Taken = Pick<ReturnType<typeof measurementsOf>[number], "no" | "measuredAt" | "score">;
export type Point = { x: number; y: number; taken: Taken };
export type Band = { id: string; level: number; y: number; height: number; label: string };
type Span = { from: number; to: number };

/** Room above the highest total, so that the worst band is always seen. */
const leastTop = 6;

export const topOf = (totals: readonly number[], { range }: ScoreScheme): number =>
  Math.min(range.max, Math.max(leastTop, ...totals.map((total) => total + 1)));

const spanOf = (taken: readonly Taken[]): Span => {
  const times = taken.map(({ measuredAt }) => Date.parse(measuredAt));
  return { from: Math.min(...times), to: Math.max(...times) };
};

/** A place on the way from the first measurement to the last; a single one stands at the end, where the eye looks first. */
const placeIn = ({ from, to }: Span, measuredAt: string): number =>
  to === from ? 1 : (Date.parse(measuredAt) - from) / (to - from);

type Room = { width: number; height: number; top: number };

/** The totals over time; a measurement that lacks a value has none, and no place. */
export const pointsOf = (taken: readonly Taken[], { width, height, top }: Room): Point[] => {
  const whole = taken.filter(({ score }) => score.total !== undefined);
  const span = spanOf(whole);
  return whole.map((one) => ({
    x: placeIn(span, one.measuredAt) * width,
    y: height - ((one.score.total ?? 0) / top) * height,
    taken: one,
  }));
};

/** The bands behind them, one a tier: from half a point below its first total to half a point above its last. */
export const bandsOf = ({ tiers }: ScoreScheme, { height, top }: Pick<Room, "height" | "top">): Band[] =>
  tiers.flatMap(({ id, from, to }, i) => {
    if (from === undefined || to === undefined || from > top) return [];
    const [low, high] = [Math.max(0, from - 0.5), Math.min(top, to + 0.5)];
    const level = i === tiers.length - 1 ? 4 : Math.min(3, i);
    const label =
      to >= top && from < to
        ? `${String(from)}+`
        : from === to
          ? String(from)
          : `${String(from)}–${String(to)}`;
    return [{ id, level, label, y: height - (high / top) * height, height: ((high - low) / top) * height }];
  });

/** One value over time, between its own least and greatest. */
export const sparkOf = (
  taken: readonly Taken[],
  parameter: string,
  { width, height }: Pick<Room, "width" | "height">,
): { x: number; y: number; points: number }[] => {
  const found = taken.flatMap(({ measuredAt, score }) => {
    const part = score.parts.find((each) => each.parameter === parameter);
    if (part === undefined) return [];
    const size = Number(part.scored);
    return [{ measuredAt, points: part.points, size: Number.isNaN(size) ? part.points : size }];
  });
  const span = spanOf(taken);
  const sizes = found.map(({ size }) => size);
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  return found.map(({ measuredAt, points, size }) => ({
    points,
    x: placeIn(span, measuredAt) * width,
    y: high === low ? height / 2 : height - ((size - low) / (high - low)) * height,
  }));
};

export const pathOf = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** One value of a measurement, by the scheme's name for it. */
export const partOf = ({ score }: Taken, name: string): Taken["score"]["parts"][number] | undefined =>
  score.parts.find(({ parameter }) => parameter === name);

/** A scored value for reading. */
export const shownOf = (parameter: Parameter, value: string, language: Language): string =>
  parameter.kind === "coded"
    ? (parameter.values.find(({ code }) => code === value)?.title[language] ?? value)
    : `${language === "da" ? value.replace(".", ",") : value} ${parameter.unit}`;
