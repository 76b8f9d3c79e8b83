import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import { score } from "../../../contracts/score.ts";
import type { Values } from "../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import { domainData } from "../../support/domain-data.ts";
import { totalling, values } from "../../support/observation-given.ts";

const schemeNamed = (id: string): ScoreScheme => {
  const found = schemeOf(scoreSchemes, { id });
  if (found === undefined) throw new Error(id);
  return found;
};
const tobs = schemeNamed("tobs-dk-2013");

const scored = (given: Values, circumstances: Parameters<typeof score>[2] = {}) => {
  const result = score(tobs, given, circumstances);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { ...result.score, codes: result.warnings.map(({ code }) => code) };
};
const problemsOf = (given: Values) => {
  const result = score(tobs, given);
  return result.ok ? [] : result.problems.map(({ path, code }) => `${path} ${code}`);
};
const temperatureAt = (value: number | string, site?: string) =>
  scored(values({ temperature: site === undefined ? value : { value, site } }));
const scoredTemperature = (value: number | string, site?: string) =>
  temperatureAt(value, site).parts.find(({ parameter }) => parameter === "temperature");

type Vector = {
  in: Record<string, string | number> & { temperature: number; site: string };
  corrected: number;
  parts: Record<string, number>;
  total: number;
};
const vectors = domainData("tobs-test-vectors") as Vector[] | undefined;
describe.skipIf(vectors === undefined)("the published TOBS vectors", () => {
  it("are eighteen", () => {
    expect(vectors).toHaveLength(18);
  });
  it.each(vectors ?? [])("vector %# gives total $total", ({ in: given, corrected, parts, total }) => {
    const { site, temperature, ...rest } = given;
    const found = scored({ ...rest, temperature: { value: temperature, site } });
    expect(found.total).toBe(total);
    expect(Object.fromEntries(found.parts.map(({ parameter, points }) => [parameter, points]))).toEqual(
      parts,
    );
    const scoredAs = found.parts.find(({ parameter }) => parameter === "temperature")?.scored;
    expect(Number(scoredAs)).toBe(corrected);
  });
});

describe("a temperature", () => {
  it.each([
    ["oral", 37.5, "38.0", 1],
    ["axillary", 37, "38.0", 1],
    ["axillary", 34.95, "36.0", 0],
    ["axillary", 34.94, "35.9", 2],
    ["rectal", 37.95, "38.0", 1],
    ["tympanic", 37.9, "37.9", 0],
    ["other", 38, "38.0", 1],
  ])("measured %s as %s is scored as %s", (site, value, text, points) => {
    expect(scoredTemperature(value, site)).toMatchObject({ scored: text, points, measured: String(value) });
  });

  it("from a place without a correction is warned of, and so is one without a place", () => {
    for (const site of ["tympanic", "other", undefined])
      expect(temperatureAt(37, site).codes).toEqual(["site-uncorrected"]);
    for (const site of ["rectal", "oral", "axillary"]) expect(temperatureAt(37, site).codes).toEqual([]);
  });

  it("below 36.0 or from 40.0 is to be confirmed rectally, unless it was rectal", () => {
    expect(temperatureAt(34.9, "axillary").codes).toEqual(["confirm-rectal"]);
    expect(temperatureAt(39.5, "oral").confirm).toEqual([{ parameter: "temperature", site: "rectal" }]);
    expect(temperatureAt(39.4, "oral").confirm).toEqual([]);
    expect(temperatureAt(35, "axillary").confirm).toEqual([]);
    expect(temperatureAt(35, "rectal").confirm).toEqual([]);
    expect(temperatureAt(41, "rectal").confirm).toEqual([]);
  });

  it("keeps its text as it was sent", () => {
    expect(scoredTemperature("38,70", "rectal")).toMatchObject({ measured: "38,70", scored: "38.7" });
  });
});

describe("values that cannot be what was measured", () => {
  it("are told all at once, and there is no score", () => {
    expect(
      problemsOf({
        respiration: 81,
        pulse: 72.5,
        systolic: "high",
        temperature: { value: 37, site: "elbow" },
        consciousness: "sover",
        spo2: 101,
        invented: 1,
      }),
    ).toEqual([
      "values parameter-unknown",
      "values.respiration value-not-plausible",
      "values.pulse value-not-whole",
      "values.systolic value-unreadable",
      "values.temperature site-unknown",
      "values.consciousness code-unknown",
      "values.spo2 value-not-plausible",
    ]);
  });

  it.each([
    ["respiration", 1, 80],
    ["pulse", 10, 300],
    ["systolic", 30, 320],
    ["temperature", 25, 45],
  ])("%s is plausible from %i to %i, both included", (name, least, most) => {
    for (const value of [least, most]) expect(problemsOf(values({ [name]: value }))).toEqual([]);
    for (const value of [least - 1, most + 1])
      expect(problemsOf(values({ [name]: value }))).toEqual([`values.${name} value-not-plausible`]);
  });

  it("never have their value in the text", () => {
    const result = score(tobs, { pulse: 4711, consciousness: "hemmelig" });
    expect(JSON.stringify(result)).not.toMatch(/4711|hemmelig/);
  });
});

describe("a measurement that lacks a value", () => {
  it("has no total, and names what is missing in place of it", () => {
    const { consciousness: _, ...rest } = values({ pulse: 92 });
    const found = scored(rest);
    expect(found).not.toHaveProperty("total");
    expect(found).toMatchObject({ missing: ["consciousness"], rawTier: "tier-1" });
  });

  it("of nothing lacks everything, and has no tier: it would tell that all is well", () => {
    const found = scored({});
    expect(found.missing).toEqual(["respiration", "pulse", "systolic", "temperature", "consciousness"]);
    expect([found.total, found.tier, found.rawTier]).toEqual([undefined, undefined, undefined]);
  });

  it("has the tier that what was measured already asks for", () => {
    expect(scored({ respiration: 31 })).toMatchObject({
      tier: "tier-5",
      flags: ["single-3", "resp-over-30"],
    });
  });
});

describe("the tier", () => {
  it.each([
    [0, "tier-0"],
    [1, "tier-1"],
    [2, "tier-2"],
    [3, "tier-3"],
    [4, "tier-3"],
    [5, "tier-5"],
  ] as const)("of a total of %i is %s", (total, tier) => {
    expect(scored(totalling(total))).toMatchObject({ total, tier, rawTier: tier, flags: [] });
  });

  it("is raised by one value of 3 points", () => {
    expect(scored(values({ consciousness: "ingen" }))).toMatchObject({ total: 3, tier: "tier-3" });
    expect(scored(values({ systolic: 60 }))).toMatchObject({ total: 3, flags: ["single-3"] });
  });

  it("is raised by a respiration over 30, and not by 30", () => {
    expect(scored(values({ respiration: 31 }))).toMatchObject({ total: 3, tier: "tier-5" });
    expect(scored(values({ respiration: 30 }))).toMatchObject({ total: 3, tier: "tier-3" });
  });

  it("is raised by concern, and never lowered by it", () => {
    expect(scored(totalling(0), { concern: {} })).toMatchObject({
      total: 0,
      rawTier: "tier-0",
      tier: "tier-3",
      flags: ["concern"],
    });
    expect(scored(totalling(1), { concern: { tier: "tier-2" } }).tier).toBe("tier-2");
    expect(scored(totalling(5), { concern: { tier: "tier-1" } }).tier).toBe("tier-5");
  });
});

describe("what a doctor has ordered", () => {
  const usualPulse = { accepts: [{ parameter: "pulse", min: 40, max: 130 }], tiers: [] };

  it("changes the tier, never the raw score; both are shown", () => {
    expect(scored(totalling(3), { ordered: usualPulse })).toMatchObject({
      total: 3,
      rawTier: "tier-3",
      adjusted: { total: 1, tier: "tier-1" },
      tier: "tier-1",
    });
  });

  it("accepts values at its limits, and none beyond them", () => {
    const at = (pulse: number) => scored(values({ pulse }), { ordered: usualPulse }).tier;
    expect([at(130), at(131)]).toEqual(["tier-0", "tier-3"]);
    expect([at(40), at(39)]).toEqual(["tier-0", "tier-2"]);
  });

  it("silences a red flag on a value that it calls usual, and no other", () => {
    const ordered = { accepts: [{ parameter: "respiration", max: 35 }], tiers: [] };
    expect(scored(values({ respiration: 34 }), { ordered })).toMatchObject({
      tier: "tier-0",
      rawTier: "tier-5",
    });
    expect(scored(values({ respiration: 36 }), { ordered }).tier).toBe("tier-5");
  });

  it("treats one tier as another, and leaves a higher one as it is", () => {
    const ordered = { accepts: [], tiers: [{ from: "tier-3", as: "tier-1" }] };
    expect(scored(totalling(4), { ordered })).toMatchObject({ tier: "tier-1", adjusted: { tier: "tier-1" } });
    expect(scored(totalling(5), { ordered }).tier).toBe("tier-5");
  });

  it("gives way to concern", () => {
    expect(scored(totalling(3), { ordered: usualPulse, concern: {} }).tier).toBe("tier-3");
  });
});

it("the scoring code names no scheme and no parameter", () => {
  const names = scoreSchemes.flatMap(({ id, name, parameters, tiers, rules }) => [
    id,
    name,
    ...parameters.map((parameter) => parameter.name),
    ...[...tiers, ...rules].map((each) => each.id),
  ]);
  for (const file of ["score", "score-reading", "decimal", "score-scheme-check"]) {
    const code = readFileSync(`contracts/${file}.ts`, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const named = names.filter((name) => name !== "concern" && new RegExp(`\\b${name}\\b`).test(code));
    expect(named).toEqual([]);
  }
});
