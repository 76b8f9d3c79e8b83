import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import { decimalText } from "../../../contracts/decimal.ts";
import { rankOf, score } from "../../../contracts/score.ts";
import type { Values } from "../../../contracts/score-result.ts";
import { type Parameter, ScoreScheme } from "../../../contracts/score-scheme.ts";
import { domainData } from "../../support/domain-data.ts";

type Measured = Extract<Parameter, { kind: "measured" }>;
const measuredOf = ({ parameters }: ScoreScheme): Measured[] =>
  parameters.filter((parameter) => parameter.kind === "measured");
const everyValue = ({ plausible, decimals }: Measured): number[] => {
  const step = 10 ** decimals;
  const [first, last] = [plausible.min * step - 5 * step, plausible.max * step + 5 * step];
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) / step);
};
const bandsOf = ({ bands }: Measured, value: number) =>
  bands.filter(({ min, max }) => (min ?? value) <= value && value <= (max ?? value));

describe.each(scoreSchemes.map((scheme) => [scheme.id, scheme] as const))("%s", (_id, scheme) => {
  it.each(measuredOf(scheme).map((parameter) => [parameter.name, parameter] as const))(
    "has exactly one band for every value of %s",
    (_name, parameter) => {
      const holes = everyValue(parameter).filter((value) => bandsOf(parameter, value).length !== 1);
      expect(holes).toEqual([]);
    },
  );

  it("has points that sum to its range, and a tier for each total", () => {
    const most = scheme.parameters.map((parameter) =>
      Math.max(
        ...(parameter.kind === "measured" ? parameter.bands : parameter.values).map(({ points }) => points),
      ),
    );
    expect(most.reduce((sum, points) => sum + points, 0)).toBe(scheme.range.max);
    for (let total = scheme.range.min; total <= scheme.range.max; total++) {
      const tiers = scheme.tiers.filter(({ from = 99, to = -1 }) => from <= total && total <= to);
      expect(tiers).toHaveLength(1);
    }
  });

  it("tells the source and basis of every tier and rule, and its words in two languages", () => {
    for (const each of [...scheme.tiers, ...scheme.rules]) {
      expect(each.source).not.toBe("");
      expect(each.title.da).not.toBe("");
      expect(each.title.en).not.toBe("");
    }
    for (const { actions } of scheme.tiers) for (const { da, en } of actions) expect(da && en).not.toBe("");
  });

  it("asks for a doctor's plan in a tier that must be phoned, ever faster", () => {
    const minutes = scheme.tiers
      .filter(({ phoneFirst }) => phoneFirst)
      .map(({ plan }) => (plan?.limit.kind === "elapsed" ? plan.limit.minutes : 0));
    expect(minutes.length).toBeGreaterThan(1);
    expect(minutes).toEqual(minutes.toSorted((a, b) => b - a));
    expect(minutes.at(-1)).toBe(15);
  });

  const anyValueOf = (parameter: Parameter): fc.Arbitrary<string> => {
    if (parameter.kind === "coded") return fc.constantFrom(...parameter.values.map(({ code }) => code));
    const { plausible, decimals } = parameter;
    const step = 10 ** decimals;
    return fc
      .integer({ min: plausible.min * step, max: plausible.max * step })
      .map((size) => decimalText(size * (10_000 / step), decimals));
  };
  const anyValues: fc.Arbitrary<Values> = fc
    .subarray([...scheme.parameters])
    .chain((some) =>
      fc.tuple(...some.map((parameter) => fc.tuple(fc.constant(parameter.name), anyValueOf(parameter)))),
    )
    .map((entries) => Object.fromEntries(entries));
  const anyConcern = fc.option(fc.record({ tier: fc.constantFrom(...scheme.tiers.map(({ id }) => id)) }), {
    nil: undefined,
  });
  const anyOrder = fc.option(
    fc.record({
      accepts: fc.array(
        fc.record({
          parameter: fc.constantFrom(...measuredOf(scheme).map(({ name }) => name)),
          max: fc.integer({ min: 0, max: 300 }),
        }),
        { maxLength: 3 },
      ),
      tiers: fc.constant<{ from: string; as: string }[]>([]),
    }),
    { nil: undefined },
  );

  test.prop([anyValues, anyConcern, anyOrder])(
    "has a raw score that neither concern nor an order changes, and a tier below the raw one by an order alone",
    (values, concern, ordered) => {
      const [bare, whole] = [score(scheme, values), score(scheme, values, { concern, ordered })];
      if (!bare.ok || !whole.ok) throw new Error("It was not scored.");
      const raw = ({ parts, total, missing, rawTier }: typeof bare.score) => ({
        parts,
        total,
        missing,
        rawTier,
      });
      expect(raw(whole.score)).toEqual(raw(bare.score));
      expect(bare.score.tier).toBe(bare.score.rawTier);
      const [rank, rawRank] = [whole.score.tier, whole.score.rawTier].map((tier) => rankOf(scheme, tier));
      if (ordered === undefined) expect(rank).toBeGreaterThanOrEqual(rawRank ?? 0);
      expect(rank).toBeGreaterThanOrEqual(rankOf(scheme, whole.score.adjusted?.tier ?? undefined));
      expect(whole.score.total === undefined).toBe(whole.score.missing.length > 0);
    },
  );

  test.prop([anyValues])("loses no severity by what comes in addition", (values) => {
    const whole = score(scheme, values);
    const [first] = Object.keys(values);
    const { [first ?? ""]: _dropped, ...fewer } = values;
    const part = score(scheme, fewer);
    if (!whole.ok || !part.ok) throw new Error("It was not scored.");
    expect(rankOf(scheme, whole.score.rawTier)).toBeGreaterThanOrEqual(rankOf(scheme, part.score.rawTier));
  });
});

describe("a scheme by its id", () => {
  const [tobs] = scoreSchemes;
  if (tobs === undefined) throw new Error("There is no scheme.");
  const second = { ...tobs, version: 2 };

  it("is the newest, or the version that is asked for", () => {
    expect(schemeOf([tobs, second], { id: tobs.id })?.version).toBe(2);
    expect(schemeOf([second, tobs], { id: tobs.id, version: 1 })?.version).toBe(1);
    expect(schemeOf([tobs], { id: tobs.id, version: 2 })).toBeUndefined();
    expect(schemeOf([tobs], { id: "nothing" })).toBeUndefined();
  });

  it("is each id and version once", () => {
    const ids = scoreSchemes.map(({ id, version }) => `${id} ${String(version)}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is refused when a name is used twice", () => {
    const [first] = tobs.parameters;
    const twice = ScoreScheme.safeParse({ ...tobs, carried: [{ ...first, name: first?.name }] });
    expect(twice.success).toBe(false);
  });
});

type Published = {
  parameters: Record<string, { bands?: { min: number | null; max: number | null; score: number }[] }>;
};
const published = domainData("tobs") as Published | undefined;
const publishedTiers = domainData("tobs-tiers") as
  | { tiers: { min: number; max: number; hubRepeatDue: string | null; repeatCount?: number }[] }
  | undefined;
const durations: Record<string, number> = { PT8H: 480, PT2H: 120, PT1H: 60, PT30M: 30 };

describe.skipIf(published === undefined)("TOBS as published", () => {
  const tobs = schemeOf(scoreSchemes, { id: "tobs-dk-2013" });
  it("has the same bands", () => {
    for (const { name, bands } of tobs === undefined ? [] : measuredOf(tobs))
      expect(bands.map(({ min = null, max = null, points }) => ({ min, max, score: points }))).toEqual(
        published?.parameters[name]?.bands?.map(({ min, max, score: points }) => ({
          min,
          max,
          score: points,
        })),
      );
  });

  it("has the same tiers, repeats and counts", () => {
    expect(
      tobs?.tiers.map(({ from, to, repeat }) => [
        from,
        to,
        repeat.limits?.limit.kind === "elapsed" ? repeat.limits.limit.minutes : undefined,
        repeat.count,
      ]),
    ).toEqual(
      publishedTiers?.tiers.map(({ min, max, hubRepeatDue, repeatCount }) => [
        min,
        max,
        hubRepeatDue === null ? undefined : durations[hubRepeatDue],
        repeatCount,
      ]),
    );
  });
});
