/** What a schema of its fields cannot see of a score scheme: that its bands and tiers leave no hole, and its names fit. */
import { tenThousandths } from "./decimal.ts";

type Band = { min?: number | undefined; max?: number | undefined };
type Named = { name: string };
type Measured = Named & { kind: "measured"; decimals: number; bands: readonly Band[] };
type Coded = Named & { kind: "coded" };
type Rule = { atLeast: string; parameter?: string };
type Tier = { id: string; from?: number | undefined; to?: number | undefined };

/** As much of a scheme as is checked here. */
export type SchemeShape = {
  range: { min: number; max: number };
  parameters: readonly (Measured | Coded)[];
  carried: readonly Named[];
  tiers: readonly Tier[];
  rules: readonly Rule[];
};
type Found = { path: (string | number)[]; message: string };

const least = Number.NEGATIVE_INFINITY;
const most = Number.POSITIVE_INFINITY;
const sizeOf = (bound: number | undefined, open: number): number =>
  bound === undefined ? open : (tenThousandths(bound) ?? Number.NaN);

/** Each band begins one step after the one below it ends, from open to open: every value has exactly one. */
const areWhole = (bands: readonly Band[], decimals: number): boolean => {
  const step = 10_000 / 10 ** decimals;
  const spans = bands
    .map(({ min, max }) => ({ min: sizeOf(min, least), max: sizeOf(max, most) }))
    .toSorted((a, b) => a.min - b.min);
  return (
    spans[0]?.min === least &&
    spans.at(-1)?.max === most &&
    spans.every(
      (span, i) => span.min <= span.max && (i === 0 || span.min === (spans[i - 1]?.max ?? most) + step),
    )
  );
};

const bandProblems = ({ parameters }: SchemeShape): Found[] =>
  parameters.flatMap((parameter, i) =>
    parameter.kind === "coded" || areWhole(parameter.bands, parameter.decimals)
      ? []
      : [{ path: ["parameters", i, "bands"], message: "The bands leave a hole, or overlap." }],
  );

/** Totals rise from tier to tier without a hole, from the least total to the greatest. */
const tierProblems = ({ tiers, range }: SchemeShape): Found[] => {
  let next = range.min;
  for (const { from, to } of tiers) {
    if (from === undefined || to === undefined) continue;
    if (from !== next || to < from)
      return [{ path: ["tiers"], message: "The tiers leave a hole, or overlap." }];
    next = to + 1;
  }
  return next === range.max + 1 ? [] : [{ path: ["tiers"], message: "The tiers do not cover the range." }];
};

const ruleProblems = ({ rules, tiers, parameters }: SchemeShape): Found[] =>
  rules.flatMap((rule, i): Found[] => {
    const noTier = tiers.every((tier) => tier.id !== rule.atLeast);
    const noParameter =
      rule.parameter !== undefined && parameters.every(({ name }) => name !== rule.parameter);
    return [
      ...(noTier ? [{ path: ["rules", i, "atLeast"], message: "There is no such tier." }] : []),
      ...(noParameter ? [{ path: ["rules", i, "parameter"], message: "There is no such parameter." }] : []),
    ];
  });

const nameProblems = ({ parameters, carried }: SchemeShape): Found[] => {
  const names = [...parameters, ...carried].map(({ name }) => name);
  return new Set(names).size === names.length
    ? []
    : [{ path: ["parameters"], message: "A name is used twice." }];
};

export const schemeProblems = (scheme: SchemeShape): Found[] => [
  ...nameProblems(scheme),
  ...bandProblems(scheme),
  ...tierProblems(scheme),
  ...ruleProblems(scheme),
];
