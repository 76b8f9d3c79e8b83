/**
 * What a measurement comes to, at once and without a connection: the hub's own rules (contracts/score.ts) for what is typed at the
 * bedside. The scheme is the hub's data; a test holds every answer against the hub's own. The hub's counts when they differ.
 */
import { hasDecimals, roundHalfUp, tenThousandths } from "../../../../../../contracts/decimal.ts";
import type { OrderedLimits } from "../../../../../../contracts/score-result.ts";
import type { Parameter, Rule, ScoreScheme, Tier } from "../../../../../../contracts/score-scheme.ts";

type Measured = Extract<Parameter, { kind: "measured" }>;
/** What was typed or chosen for one value, and where on the body it was measured. */
export type Typed = { value: string; site?: string | undefined };
export type TypedValues = Readonly<Record<string, Typed | undefined>>;

/** `empty`: nothing yet; `wrong`: it cannot be what was measured. */
export type Reading =
  | { state: "empty" | "wrong"; parameter: Parameter }
  | { state: "read"; parameter: Parameter; points: number; size?: number; confirmAt?: string | undefined };
type Read = Extract<Reading, { state: "read" }>;

export type Outcome = {
  readings: Reading[];
  /** Present when all values are there. */
  total?: number;
  /** What the total, the rules and concern ask for; absent: nothing yet. */
  tier?: Tier | undefined;
  flags: Rule[];
};

const bound = (limit: number | undefined): number | undefined =>
  limit === undefined ? undefined : tenThousandths(limit);

type Limits = { min?: number | undefined; max?: number | undefined };
const isWithin = (size: number, { min, max }: Limits): boolean =>
  size >= (bound(min) ?? size) && size <= (bound(max) ?? size);

const sizeOf = ({ decimals, plausible }: Measured, value: string): number | undefined => {
  const size = tenThousandths(value);
  if (size === undefined || (decimals === 0 && !hasDecimals(size, 0))) return undefined;
  return isWithin(size, plausible) ? size : undefined;
};

const confirmAt = ({ confirm }: Measured, size: number, site: string | undefined): string | undefined => {
  if (confirm === undefined || site === confirm.site) return undefined;
  const isOutside = size < (bound(confirm.below) ?? size) || size >= (bound(confirm.from) ?? size + 1);
  return isOutside ? confirm.site : undefined;
};

const readMeasured = (parameter: Measured, { value, site }: Typed): Reading => {
  const found = sizeOf(parameter, value);
  if (found === undefined) return { state: "wrong", parameter };
  const correction = bound(parameter.sites?.find((each) => each.site === site)?.correction) ?? 0;
  const size = roundHalfUp(found + correction, parameter.decimals);
  const points = parameter.bands.find((band) => isWithin(size, band))?.points ?? 0;
  return { state: "read", parameter, size, points, confirmAt: confirmAt(parameter, size, site) };
};

const readingOf = (parameter: Parameter, typed: Typed | undefined): Reading => {
  if (typed === undefined || typed.value.trim() === "") return { state: "empty", parameter };
  if (parameter.kind === "measured") return readMeasured(parameter, typed);
  const chosen = parameter.values.find(({ code }) => code === typed.value);
  return chosen === undefined
    ? { state: "wrong", parameter }
    : { state: "read", parameter, points: chosen.points };
};

const isBeyond = (rule: Extract<Rule, { when: "value" }>, size: number | undefined): boolean => {
  if (size === undefined) return false;
  const [above, below] = [bound(rule.above), bound(rule.below)];
  return (above !== undefined && size > above) || (below !== undefined && size < below);
};

const holds = (rule: Rule, readings: readonly Read[]): boolean => {
  switch (rule.when) {
    case "singlePoints":
      return readings.some(({ points }) => points >= rule.points);
    case "value":
      return readings.some(
        ({ parameter, size }) => parameter.name === rule.parameter && isBeyond(rule, size),
      );
    case "concern":
      return false;
  }
};

const rankOf = ({ tiers }: ScoreScheme, id: string | undefined): number =>
  tiers.findIndex((tier) => tier.id === id);

type Ranked = { rank: number; sum: number; flags: Rule[] };

/** The lowest tier is none before every value is there: it would tell that all is well. */
const ranked = (scheme: ScoreScheme, readings: readonly Read[], isWhole: boolean): Ranked => {
  const flags = scheme.rules.filter((rule) => holds(rule, readings));
  const sum = readings.reduce((all, { points }) => all + points, 0);
  const ofTotal = scheme.tiers.findIndex(
    ({ from, to }) => from !== undefined && to !== undefined && from <= sum && sum <= to,
  );
  const rank = Math.max(ofTotal, ...flags.map(({ atLeast }) => rankOf(scheme, atLeast)));
  return { rank: isWhole || rank > 0 ? rank : -1, sum, flags };
};

const isUsual = ({ parameter, size }: Read, { accepts }: OrderedLimits): boolean =>
  size !== undefined &&
  accepts.some((limits) => limits.parameter === parameter.name && isWithin(size, limits));

const orderedRank = (scheme: ScoreScheme, rank: number, { tiers }: OrderedLimits): number => {
  const order = tiers.find(({ from }) => rankOf(scheme, from) === rank);
  const as = order === undefined ? -1 : rankOf(scheme, order.as);
  return rank >= 0 && as >= 0 ? as : rank;
};

type Circumstances = { isWorried: boolean; ordered?: OrderedLimits | undefined };

/** The score of what is typed so far, with what a doctor has ordered, and with the measurer's concern. */
export const outcomeOf = (
  scheme: ScoreScheme,
  typed: TypedValues,
  { isWorried, ordered }: Circumstances,
): Outcome => {
  const readings = scheme.parameters.map((parameter) => readingOf(parameter, typed[parameter.name]));
  const read = readings.filter((reading): reading is Read => reading.state === "read");
  const isWhole = read.length === scheme.parameters.length;
  const raw = ranked(scheme, read, isWhole);
  const acted =
    ordered === undefined
      ? raw.rank
      : orderedRank(
          scheme,
          ranked(
            scheme,
            read.filter((reading) => !isUsual(reading, ordered)),
            isWhole,
          ).rank,
          ordered,
        );
  const concern = isWorried ? scheme.rules.filter(({ when }) => when === "concern") : [];
  const rank = Math.max(acted, ...concern.map(({ atLeast }) => rankOf(scheme, atLeast)));
  return {
    readings,
    ...(isWhole ? { total: raw.sum } : {}),
    tier: scheme.tiers[rank],
    flags: [...raw.flags, ...concern],
  };
};

/** Whether it matters where a value was measured: another place would give other points, or ask for it to be confirmed. */
export const siteMatters = (parameter: Parameter, value: string): boolean => {
  if (parameter.kind !== "measured" || parameter.sites === undefined || value.trim() === "") return false;
  const said = parameter.sites.map(({ site }) => {
    const reading = readingOf(parameter, { value, site });
    return reading.state === "read" ? `${String(reading.points)} ${reading.confirmAt ?? ""}` : "";
  });
  return new Set(said).size > 1;
};
