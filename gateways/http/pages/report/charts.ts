/**
 * Charts as SVG, made here: nothing is fetched or run. They are read in black and white: what differs, differs by pattern, form or
 * a label. Each has a title and a description, and a table with the same figures beside it.
 */
import { type Html, html, joined, nothing } from "../../../pages/html.ts";
import { cut, num } from "./svg.ts";

type Named = { id: string; title: string; description: string };

/** Room for the longest name of an agreement, in the units of the drawing; `spark` for its twelve months. */
const labelWidth = 248;
const width = 680;
const plot = { left: labelWidth + 8, right: width - 62 };
/** Where the bars end that a year stands beside. */
const besideYear = width - 156;
const spark = { left: width - 92, right: width - 4 };
const rowHeight = 15.5;
const top = 22;

type Axis = (share: number) => number;
const axisTo =
  (right: number): Axis =>
  (share) =>
    plot.left + (right - plot.left) * Math.min(1, Math.max(0, share));

const frame = (
  { id, title, description }: Named,
  size: { width: number; height: number },
  inside: Html,
): Html =>
  html`<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${num(size.width)} ${num(size.height)}" preserveAspectRatio="xMinYMin meet"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${inside}</svg>`;

const gridAt = (x: number, text: string, height: number): Html =>
  html`<line class="grid" x1="${num(x)}" x2="${num(x)}" y1="${num(top - 4)}" y2="${num(height)}"/><text class="tick" text-anchor="middle" x="${num(x)}" y="12">${text}</text>`;

const hatch = (id: string): Html =>
  html`<defs><pattern id="${id}-h" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>`;

/** `share` and what is marked beside it are of the whole, 0 to 1. `missed`: hatched instead of solid. */
export type Bar = {
  label: string;
  share: number | undefined;
  value: string;
  target?: number | undefined;
  before?: number | undefined;
  missed?: boolean;
  /** The year, of the whole, the last month last; `undefined` where a month is not told. */
  trend?: readonly (number | undefined)[];
};

const targetMark = (x: number, y: number): Html => {
  return html`<line class="halo" x1="${num(x)}" x2="${num(x)}" y1="${num(y - 1)}" y2="${num(y + 13)}"/><line class="target" x1="${num(x)}" x2="${num(x)}" y1="${num(y - 1)}" y2="${num(y + 13)}"/><path class="mark" d="M${num(x - 4)} ${num(y - 3)}h8l-4 5z"/>`;
};

const beforeMark = (x: number, y: number): Html =>
  html`<path class="before" d="M${num(x)} ${num(y + 1.3)}l4.2 4.2l-4.2 4.2l-4.2 -4.2z"/>`;

type Point = { x: number; y: number };

/** Runs of months that follow one another: a line is never drawn over one that is missing. */
const runsOf = (
  shares: readonly (number | undefined)[],
  { xOf, yOf }: { xOf: (i: number) => number; yOf: (share: number) => number },
): Point[][] => {
  const runs: Point[][] = [[]];
  for (const [i, share] of shares.entries()) {
    if (share === undefined) runs.push([]);
    else runs.at(-1)?.push({ x: xOf(i), y: yOf(share) });
  }
  return runs.filter((run) => run.length > 0);
};

const runHtml = (run: readonly Point[], radius: number): Html => {
  const points = run.map(({ x, y }) => `${num(x)},${num(y)}`).join(" ");
  const dots = run.map(
    ({ x, y }) => html`<circle class="dot" cx="${num(x)}" cy="${num(y)}" r="${num(radius)}"/>`,
  );
  return html`<polyline class="line" points="${points}"/>${dots}`;
};

/** The year in a line as high as its row: from half of the whole to all of it, or from nothing where it was lower. */
const sparkLine = (shares: readonly (number | undefined)[], y: number): Html => {
  const floor = Math.min(...shares.map((share) => share ?? 1)) >= 0.5 ? 0.5 : 0;
  const height = rowHeight - 5;
  const step = (spark.right - spark.left) / Math.max(1, shares.length - 1);
  const place = (share: number): number => y + 1 + height * (1 - (share - floor) / (1 - floor));
  const lines = runsOf(shares, { xOf: (i) => spark.left + i * step, yOf: place }).map((run) =>
    runHtml(run, 0.8),
  );
  const last = shares.at(-1);
  const end =
    last === undefined
      ? nothing
      : html`<circle class="dot" cx="${num(spark.right)}" cy="${num(place(last))}" r="2.4"/>`;
  return html`<line class="grid" x1="${num(spark.left)}" x2="${num(spark.right)}" y1="${num(y + 1 + height)}" y2="${num(y + 1 + height)}"/>${lines}${end}`;
};

type Drawn = { y: number; id: string; right: number };

const barRect = ({ share, missed }: Bar, { y, id, right }: Drawn): Html => {
  if (share === undefined) return nothing;
  const look = missed === true ? html`class="missed" fill="url(#${id}-h)"` : html`class="bar"`;
  return html`<rect ${look} x="${num(plot.left)}" y="${num(y)}" width="${num(axisTo(right)(share) - plot.left)}" height="11"/>`;
};

const barRow = (bar: Bar, drawn: Drawn): Html => {
  const { label, value, target, before, trend } = bar;
  const { y, right } = drawn;
  const at = axisTo(right);
  return joined([
    html`<text class="label" text-anchor="end" x="${num(labelWidth)}" y="${num(y + 9.5)}">${cut(label, 43)}</text>`,
    barRect(bar, drawn),
    target === undefined ? nothing : targetMark(at(target), y),
    before === undefined ? nothing : beforeMark(at(before), y),
    html`<text class="value" x="${num(right + 8)}" y="${num(y + 9.5)}">${value}</text>`,
    trend === undefined ? nothing : sparkLine(trend, y),
  ]);
};

/** Bars from left to right; `ticks` are places on the axis and what they are called. */
export const barChart = (
  named: Named & { trend?: string },
  bars: readonly Bar[],
  ticks: readonly (readonly [number, string])[],
): Html => {
  const { trend, id } = named;
  const right = trend === undefined ? plot.right : besideYear;
  const height = top + bars.length * rowHeight;
  const inside = joined([
    hatch(id),
    ...ticks.map(([share, text]) => gridAt(axisTo(right)(share), text, height)),
    trend === undefined
      ? nothing
      : html`<text class="tick" text-anchor="end" x="${num(spark.right)}" y="12">${trend}</text>`,
    ...bars.map((bar, i) => barRow(bar, { y: top + i * rowHeight + 2, id, right })),
  ]);
  return frame(named, { width, height: height + 4 }, inside);
};

/** From the median to what nine of ten were answered within; places are of the axis, 0 to 1. */
export type Spread = { label: string; median: number; p90: number; value: string };

const at = axisTo(plot.right);

const spreadRow = ({ label, median, p90, value }: Spread, y: number): Html =>
  html`<text class="label" text-anchor="end" x="${num(labelWidth)}" y="${num(y + 9.5)}">${cut(label, 43)}</text><rect class="span" x="${num(at(median))}" y="${num(y + 1.5)}" width="${num(Math.max(1, at(p90) - at(median)))}" height="8"/><line class="end" x1="${num(at(p90))}" x2="${num(at(p90))}" y1="${num(y - 1)}" y2="${num(y + 12)}"/><circle class="dot" cx="${num(at(median))}" cy="${num(y + 5.5)}" r="4"/><text class="value small" x="${num(plot.right + 8)}" y="${num(y + 9.5)}">${value}</text>`;

export const spreadChart = (
  named: Named,
  spreads: readonly Spread[],
  ticks: readonly (readonly [number, string])[],
): Html => {
  const height = top + spreads.length * rowHeight;
  const inside = joined([
    ...ticks.map(([place, text]) => gridAt(at(place), text, height)),
    ...spreads.map((one, i) => spreadRow(one, top + i * rowHeight + 2)),
  ]);
  return frame(named, { width, height: height + 4 }, inside);
};

const small = { width: 220, height: 92, left: 30, right: 212, top: 8, bottom: 72 };

/** `shares`: 0 to 1, `undefined` where there is none. `first`, `last`: what the ends of the axis are called. */
export type Trend = {
  shares: readonly (number | undefined)[];
  target?: number | undefined;
  first: string;
  last: string;
  percent: (share: number) => string;
};

/** The axis holds all that is drawn and no more than it needs: small changes are seen, near the top as near the bottom. */
const axisOf = ({ shares, target }: Trend): { floor: number; ceiling: number } => {
  const all = [...shares, target].flatMap((one) => (one === undefined ? [] : [one]));
  const highest = Math.max(...all, 0);
  if (Math.min(...all, 1) >= 0.5) return { floor: 0.5, ceiling: 1 };
  return { floor: 0, ceiling: [0.1, 0.25, 0.5].find((one) => highest <= one) ?? 1 };
};

const level = (share: number, y: number, percent: Trend["percent"]): Html =>
  html`<line class="grid" x1="${num(small.left)}" x2="${num(small.right)}" y1="${num(y)}" y2="${num(y)}"/><text class="tick" text-anchor="end" x="${num(small.left - 4)}" y="${num(y + 3)}">${percent(share)}</text>`;

/** A small line of a year, with its target as a dashed line. */
export const trendChart = (named: Named, trend: Trend): Html => {
  const { shares, target, first, last, percent } = trend;
  const { floor, ceiling } = axisOf(trend);
  const yOf = (share: number): number =>
    small.bottom - ((small.bottom - small.top) * (share - floor)) / (ceiling - floor);
  const xOf = (i: number): number =>
    small.left + ((small.right - small.left) * i) / Math.max(1, shares.length - 1);
  const aim =
    target === undefined
      ? nothing
      : html`<line class="target" x1="${num(small.left)}" x2="${num(small.right)}" y1="${num(yOf(target))}" y2="${num(yOf(target))}"/>`;
  const inside = joined([
    level(ceiling, yOf(ceiling), percent),
    level(floor, yOf(floor), percent),
    aim,
    ...runsOf(shares, { xOf, yOf }).map((run) => runHtml(run, 2)),
    html`<text class="tick" x="${num(small.left)}" y="${num(small.height - 6)}">${first}</text><text class="tick" text-anchor="end" x="${num(small.right)}" y="${num(small.height - 6)}">${last}</text>`,
  ]);
  return frame(named, small, inside);
};
