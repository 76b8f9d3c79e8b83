import { describe, expect, it } from "vitest";
import { schemeOf, scoreSchemes } from "../../../../contracts/codes/schemes.ts";
import { score } from "../../../../contracts/score.ts";
import type { Values } from "../../../../contracts/score-result.ts";
import { bandText, type Language, scoreText } from "../../../../gateways/cli/score-text.ts";
import { totalling, values } from "../../../support/observation-given.ts";

const textOf = (given: Values, language: Language = "da", id = "tobs-dk-2013"): string => {
  const scheme = schemeOf(scoreSchemes, { id });
  if (scheme === undefined) throw new Error(id);
  const result = score(scheme, given);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return scoreText(scheme, result, language);
};

describe("a score for a person", () => {
  it("tells points, total, tier, what to do, and what is worth a look", () => {
    const given = values({
      respiration: 31,
      pulse: 92,
      temperature: { value: 34.9, site: "axillary" },
      consciousness: "tiltale",
    });
    expect(textOf(given)).toBe(
      [
        "TOBS - Tidlig Opsporing af Begyndende Sygdom (tobs-dk-2013, version 1)",
        "",
        "  Respiration         31 /min                    3 point  (≥ 25)",
        "  Puls                92 /min                    1 point  (90–109)",
        "  Systolisk blodtryk  130 mmHg                   0 point  (100–199)",
        "  Temperatur          34,9 i armhulen → 35,9 °C  2 point  (34–35,9)",
        "  Bevidsthed          Reagerer kun på tiltale    1 point",
        "",
        "Samlet score: 7",
        "Niveau: Score 5 eller mere (tier-5)",
        "Handling:",
        "  - Ring straks til egen læge eller lægevagten; 112, hvis det er livstruende",
        "  - ISBAR",
        "  - Overvej indlæggelse; ABCDE",
        "Gentag: Hver halve time, til borgeren er overdraget",
        "Læge: skal kontaktes straks, ring først",
        "Bemærk:",
        "  - Én værdi giver 3 point",
        "  - Respiration over 30: meget syg (sepsis?)",
        "Advarsler:",
        "  - Kontrollér temperaturen rektalt.",
      ].join("\n"),
    );
  });

  it("has no total where a value is missing, and names it", () => {
    const { pulse: _, ...rest } = totalling(0);
    const text = textOf(rest);
    expect(text).toContain("Ingen samlet score. Der mangler: Puls");
    expect(text).not.toContain("Niveau");
  });

  it("tells the least tier where what is there already asks for it", () => {
    expect(textOf({ respiration: 31 }, "en")).toContain("At least tier: Score 5 or more (tier-5)");
  });

  it("is in English, and of any scheme", () => {
    const news = {
      respiration: 16,
      spo2: 97,
      oxygen: "oxygen",
      systolic: 120,
      pulse: 70,
      consciousness: "alert",
      temperature: 37,
    };
    const text = textOf(news, "en", "news2");
    expect(text).toMatch(/Supplemental oxygen +Oxygen +2 points/);
    expect(textOf(totalling(1), "en")).toMatch(/Pulse +92 \/min +1 point +\(90–109\)/);
    expect(text).toContain("Total: 2");
    expect(text).toContain("Tier: NEWS 1-4: low risk (news-1)");
  });

  it("warns in Danish of a place without correction", () => {
    expect(textOf(values({ temperature: 37 }))).toContain("Målestedet er ukendt eller har ingen korrektion");
    expect(textOf(values({ temperature: "37,4" }))).toContain("37,4 °C");
  });
});

describe("a band for a person", () => {
  it("shows its bounds as inclusive", () => {
    expect(bandText({ min: 130, points: 3 }, "da")).toBe("≥ 130");
    expect(bandText({ max: 33.9, points: 3 }, "da")).toBe("≤ 33,9");
    expect(bandText({ min: 38, max: 38.9, points: 1 }, "en")).toBe("38–38.9");
    expect(bandText({ points: 1 }, "en")).toBe("");
  });
});
