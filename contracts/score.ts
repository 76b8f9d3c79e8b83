/**
 * Scores values by a scheme. Pure, and blind to which scheme it is: what a value is called, which points it gives and what a
 * total asks for is all data (`score-scheme.ts`).
 */

import { tenThousandths } from "./decimal.ts";
import type { Problem } from "./problem.ts";
import { type Reading, readParameters } from "./score-reading.ts";
import type { Concern, OrderedLimits, Score, Values } from "./score-result.ts";
import type { Parameter, Rule, ScoreScheme, Tier } from "./score-scheme.ts";

/** What else bears on the tier: what a doctor has ordered, and the measurer's concern. */
export type Circumstances = { ordered?: OrderedLimits | undefined; concern?: Concern | undefined };

/** `problems`: no score at all, since a value cannot be what was measured. `warnings`: taken, and worth a look. */
export type Scored = { ok: true; score: Score; warnings: Problem[] } | { ok: false; problems: Problem[] };

/** How severe a tier is: its place in the scheme's list. -1: no tier. */
export const rankOf = ({ tiers }: ScoreScheme, tier: string | undefined): number =>
  tiers.findIndex(({ id }) => id === tier);

export const tierOf = ({ tiers }: ScoreScheme, id: string | undefined): Tier | undefined =>
  tiers.find((tier) => tier.id === id);

const sumOf = (readings: readonly Reading[]): number => readings.reduce((sum, { points }) => sum + points, 0);

const rankOfTotal = ({ tiers }: ScoreScheme, total: number): number =>
  tiers.findIndex(({ from, to }) => from !== undefined && to !== undefined && from <= total && total <= to);

const isBeyond = (rule: Extract<Rule, { when: "value" }>, { size }: Reading): boolean => {
  if (size === undefined) return false;
  const [above, below] = [rule.above, rule.below].map((bound) =>
    bound === undefined ? undefined : tenThousandths(bound),
  );
  return (above !== undefined && size > above) || (below !== undefined && size < below);
};

const holds = (rule: Rule, readings: readonly Reading[]): boolean => {
  switch (rule.when) {
    case "singlePoints":
      return readings.some(({ points }) => points >= rule.points);
    case "value":
      return readings.some((reading) => reading.parameter.name === rule.parameter && isBeyond(rule, reading));
    case "concern":
      return false;
  }
};

type Ranked = { rank: number; total: number | undefined; flags: string[] };

/**
 * The severity that values and rules call for. With values missing it is the least that it can be: their points are known to
 * be none or more. Then the lowest tier is no tier yet: it would tell that all is well.
 */
const ranked = (scheme: ScoreScheme, readings: readonly Reading[], isWhole: boolean): Ranked => {
  const rules = scheme.rules.filter((rule) => holds(rule, readings));
  const sum = sumOf(readings);
  const rank = Math.max(rankOfTotal(scheme, sum), ...rules.map(({ atLeast }) => rankOf(scheme, atLeast)));
  return {
    rank: isWhole || rank > 0 ? rank : -1,
    total: isWhole ? sum : undefined,
    flags: rules.map((rule) => rule.id),
  };
};

const isWithin = (
  size: number,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): boolean =>
  (min === undefined || size >= (tenThousandths(min) ?? size)) &&
  (max === undefined || size <= (tenThousandths(max) ?? size));

const isAccepted = ({ parameter, size }: Reading, { accepts }: OrderedLimits): boolean =>
  size !== undefined &&
  accepts.some((limits) => limits.parameter === parameter.name && isWithin(size, limits));

/** What is left to score when a doctor has called some values usual: those count as no points and raise no flag. */
const unusual = (readings: readonly Reading[], ordered: OrderedLimits): Reading[] =>
  readings.filter((reading) => !isAccepted(reading, ordered));

const treatedAs = (scheme: ScoreScheme, rank: number, { tiers }: OrderedLimits): number => {
  const order = tiers.find(({ from }) => rankOf(scheme, from) === rank);
  const as = order === undefined ? -1 : rankOf(scheme, order.as);
  return rank >= 0 && as >= 0 ? as : rank;
};

const concernRank = (scheme: ScoreScheme, concern: Concern): { rank: number; flags: string[] } => {
  const rule = scheme.rules.find(({ when }) => when === "concern");
  const flags = rule === undefined ? [] : [rule.id];
  return { rank: rankOf(scheme, concern.tier ?? rule?.atLeast), flags };
};

const idAt = ({ tiers }: ScoreScheme, rank: number): { tier?: string } => {
  const tier = tiers[rank]?.id;
  return tier === undefined ? {} : { tier };
};

const totalOf = (total: number | undefined): { total?: number } => (total === undefined ? {} : { total });

type Judged = Pick<Score, "rawTier" | "tier" | "flags" | "adjusted">;

type Found = { raw: Ranked; adjusted: Ranked | undefined; concern: Concern | undefined };

const judged = (scheme: ScoreScheme, { raw, adjusted, concern }: Found): Judged => {
  const worried = concern === undefined ? { rank: -1, flags: [] } : concernRank(scheme, concern);
  const { tier: rawTier } = idAt(scheme, raw.rank);
  return {
    ...(rawTier === undefined ? {} : { rawTier }),
    ...idAt(scheme, Math.max((adjusted ?? raw).rank, worried.rank)),
    flags: [...raw.flags, ...worried.flags],
    ...(adjusted === undefined
      ? {}
      : { adjusted: { ...totalOf(adjusted.total), ...idAt(scheme, adjusted.rank) } }),
  };
};

const confirmOf = (readings: readonly Reading[]): Score["confirm"] =>
  readings.flatMap(({ parameter, confirmAt }) =>
    confirmAt === undefined ? [] : [{ parameter: parameter.name, site: confirmAt }],
  );

const partOf = ({ parameter, measured, site, scored, points }: Reading): Score["parts"][number] => ({
  parameter: parameter.name,
  measured,
  ...(site === undefined ? {} : { site }),
  scored,
  points,
});

const missingIn = ({ parameters }: ScoreScheme, readings: readonly Reading[]): string[] => {
  const known = new Set(readings.map(({ parameter }) => parameter.name));
  return parameters.map(({ name }: Parameter) => name).filter((name) => !known.has(name));
};

/** The score of values. Every value that cannot be scored is told at once; a value that is only missing is no problem. */
export const score = (
  scheme: ScoreScheme,
  values: Values,
  { ordered, concern }: Circumstances = {},
): Scored => {
  const { readings, carried, problems, warnings } = readParameters(scheme, values);
  if (problems.length > 0) return { ok: false, problems };
  const missing = missingIn(scheme, readings);
  const isWhole = missing.length === 0;
  const raw = ranked(scheme, readings, isWhole);
  const usual = ordered === undefined ? undefined : ranked(scheme, unusual(readings, ordered), isWhole);
  const adjusted =
    usual === undefined || ordered === undefined
      ? undefined
      : { ...usual, rank: treatedAs(scheme, usual.rank, ordered) };
  return {
    ok: true,
    warnings,
    score: {
      scheme: scheme.id,
      version: scheme.version,
      parts: readings.map(partOf),
      carried,
      ...totalOf(raw.total),
      missing,
      ...judged(scheme, { raw, adjusted, concern }),
      confirm: confirmOf(readings),
    },
  };
};
