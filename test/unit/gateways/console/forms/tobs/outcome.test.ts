import { describe, expect, test } from "vitest";
import { scoreSchemes } from "../../../../../../contracts/codes/schemes.ts";
import { rankOf, score } from "../../../../../../contracts/score.ts";
import type { Values } from "../../../../../../contracts/score-result.ts";
import type { Parameter, ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import {
  outcomeOf,
  siteMatters,
  type Typed,
  type TypedValues,
} from "../../../../../../gateways/console/web/src/forms/tobs/outcome.ts";

const sitesOf = (parameter: Parameter): (string | undefined)[] =>
  parameter.kind === "measured" && parameter.sites !== undefined
    ? [undefined, ...parameter.sites.map(({ site }) => site)]
    : [undefined];

/** Every value that there can be of a parameter: each step of its decimals, a step outside what is plausible, at every site. */
const everyValue = (parameter: Parameter): Typed[] => {
  if (parameter.kind === "coded")
    return [...parameter.values.map(({ code }) => code), "no-such-code"].map((value) => ({ value }));
  const { plausible, decimals } = parameter;
  const step = 10 ** decimals;
  const values = Array.from({ length: (plausible.max - plausible.min) * step + 3 }, (_, i) =>
    ((plausible.min * step + i - 1) / step).toFixed(decimals),
  );
  // One more decimal than counts, where rounding decides the band.
  const finer = decimals === 0 ? [] : values.flatMap((value) => [`${value}4`, `${value}5`]);
  return [...values, ...finer, "not a number"].flatMap((value) =>
    sitesOf(parameter).map((site) => ({ value, site })),
  );
};

const asSent = (typed: TypedValues): Values =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, one]) =>
      one === undefined
        ? []
        : [[name, one.site === undefined ? one.value : { value: one.value, site: one.site }]],
    ),
  );

/** What the hub makes of the same, in the words of the page. */
const ofHub = (scheme: ScoreScheme, typed: TypedValues, isWorried: boolean) => {
  const scored = score(scheme, asSent(typed), isWorried ? { concern: {} } : {});
  if (!scored.ok) return "wrong";
  const { total, tier, flags, parts, confirm } = scored.score;
  return { total, tier, flags, points: parts.map(({ points }) => points), confirm: confirm.length };
};

const ofPage = (scheme: ScoreScheme, typed: TypedValues, isWorried: boolean) => {
  const { readings, total, tier, flags } = outcomeOf(scheme, typed, { isWorried });
  if (readings.some(({ state }) => state === "wrong")) return "wrong";
  const read = readings.flatMap((reading) => (reading.state === "read" ? [reading] : []));
  return {
    total,
    tier: tier?.id,
    flags: flags.map(({ id }) => id),
    points: read.map(({ points }) => points),
    confirm: read.filter(({ confirmAt }) => confirmAt !== undefined).length,
  };
};

/** One value of each kind of points for every parameter, so that every total and tier comes up. */
const byPoints = (parameter: Parameter): Typed[] => {
  if (parameter.kind === "coded") return parameter.values.map(({ code }) => ({ value: code }));
  const seen = new Map<number, Typed>();
  for (const { min, max, points } of parameter.bands) seen.set(points, { value: String(min ?? max) });
  return [...seen.values()];
};

const everyMix = ({ parameters }: ScoreScheme): TypedValues[] =>
  parameters.reduce<TypedValues[]>(
    (mixes, parameter) =>
      mixes.flatMap((mix) => byPoints(parameter).map((one) => ({ ...mix, [parameter.name]: one }))),
    [{}],
  );

describe.each(scoreSchemes.map((scheme) => [scheme.id, scheme] as const))(
  "what the page says of %s",
  (_, scheme) => {
    test("is what the hub says, for every value of every parameter at every site", () => {
      for (const parameter of scheme.parameters)
        for (const one of everyValue(parameter)) {
          const typed = { [parameter.name]: one };
          expect([one, ofPage(scheme, typed, false)]).toEqual([one, ofHub(scheme, typed, false)]);
        }
    });

    test("is what the hub says for every mix of points, with concern and without", () => {
      const mixes = scheme.parameters.length <= 5 ? everyMix(scheme) : everyMix(scheme).slice(0, 2000);
      for (const isWorried of [false, true])
        for (const mix of mixes)
          expect([mix, ofPage(scheme, mix, isWorried)]).toEqual([mix, ofHub(scheme, mix, isWorried)]);
      expect(mixes.length).toBeGreaterThan(200);
    });

    test("is nothing at all before anything is typed, and concern alone where somebody is worried", () => {
      expect(ofPage(scheme, {}, false)).toEqual(ofHub(scheme, {}, false));
      expect(ofPage(scheme, {}, true)).toEqual(ofHub(scheme, {}, true));
    });
  },
);

const tobs = scoreSchemes.find(({ id }) => id === "tobs-dk-2013");
const temperature = tobs?.parameters.find(({ name }) => name === "temperature");

describe("what a doctor has ordered", () => {
  test("takes away the points of what is usual, and treats a tier as another, as the hub does", () => {
    if (tobs === undefined) throw new Error("There is no TOBS.");
    const ordered = {
      accepts: [{ parameter: "systolic", min: 85, max: 99 }],
      tiers: [{ from: "tier-2", as: "tier-1" }],
    };
    const typed = {
      respiration: { value: "22" },
      pulse: { value: "80" },
      systolic: { value: "90" },
      temperature: { value: "37.0", site: "rectal" },
      consciousness: { value: "habituel" },
    };
    const scored = score(tobs, asSent(typed), { ordered });
    const page = outcomeOf(tobs, typed, { isWorried: false, ordered });
    expect(scored.ok && scored.score.tier).toBe("tier-1");
    expect(page.tier?.id).toBe("tier-1");
    expect(page.total).toBe(3);
    expect(rankOf(tobs, "tier-1")).toBe(1);
  });
});

describe("where the temperature is measured", () => {
  test("is asked only where another place would say something else", () => {
    if (temperature === undefined) throw new Error("There is no temperature.");
    expect(siteMatters(temperature, "36,5")).toBe(false);
    expect(siteMatters(temperature, "37,5")).toBe(true);
    expect(siteMatters(temperature, "35,8")).toBe(true);
    expect(siteMatters(temperature, "")).toBe(false);
  });
});
