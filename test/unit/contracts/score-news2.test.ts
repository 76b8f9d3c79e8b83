import { describe, expect, it } from "vitest";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import { score } from "../../../contracts/score.ts";
import type { Values } from "../../../contracts/score-result.ts";

const scored = (given: Values) => {
  const scheme = schemeOf(scoreSchemes, { id: "news2" });
  const result = scheme === undefined ? undefined : score(scheme, given);
  if (result?.ok !== true) throw new Error(JSON.stringify(result));
  return result.score;
};

describe("NEWS2", () => {
  const calm = {
    respiration: 16,
    spo2: 97,
    oxygen: "air",
    systolic: 120,
    pulse: 70,
    consciousness: "alert",
    temperature: 37,
  };
  const news = (change: Values) => scored({ ...calm, ...change });

  it.each([
    [{ respiration: 8 }, 3, "news-single-3"],
    [{ spo2: 91 }, 3, "news-single-3"],
    [{ spo2: 93 }, 2, "news-1"],
    [{ spo2: 95, oxygen: "oxygen" }, 3, "news-1"],
    [{ systolic: 90 }, 3, "news-single-3"],
    [{ systolic: 220 }, 3, "news-single-3"],
    [{ pulse: 131 }, 3, "news-single-3"],
    [{ consciousness: "confusion" }, 3, "news-single-3"],
    [{ temperature: 35 }, 3, "news-single-3"],
    [{ temperature: 39.1 }, 2, "news-1"],
    [{ temperature: 38.05 }, 1, "news-1"],
    [{ respiration: 21, pulse: 111, temperature: 38.1 }, 5, "news-5"],
    [{ respiration: 25, oxygen: "oxygen", pulse: 111 }, 7, "news-7"],
    [{}, 0, "news-0"],
  ] as [Values, number, string][])("%j has a total of %i and the tier %s", (change, total, tier) => {
    expect(news(change)).toMatchObject({ total, tier });
  });

  it("has a greatest total of 20", () => {
    const worst = {
      respiration: 8,
      spo2: 80,
      oxygen: "oxygen",
      systolic: 70,
      pulse: 140,
      consciousness: "unresponsive",
      temperature: 34,
    };
    expect(scored(worst)).toMatchObject({ total: 20, tier: "news-7" });
  });
});
