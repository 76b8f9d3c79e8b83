import { describe, expect, it } from "vitest";
import example from "../../../../contracts/examples/agreements/valid/what-if-result.json" with {
  type: "json",
};
import { WhatIfResult } from "../../../../contracts/messages/what-if.ts";
import { whatIfText } from "../../../../gateways/cli/agreements-what-if-text.ts";

const told = WhatIfResult.parse(example.message);

describe("a trial in words", () => {
  it("begins with a sentence that a committee can act on", () => {
    expect(whatIfText(told, "en").split("\n").slice(0, 2)).toEqual([
      "2026-09-01 to 2026-09-30, under the agreements as on 2027-01-01.",
      "37 of 212 answers would have been late, 12 more than now. 63 would have been warned of, 22 more than now.",
    ]);
    expect(whatIfText(told, "da").split("\n")[1]).toBe(
      "37 af 212 svar ville være kommet for sent, 12 flere end nu. 63 ville være blevet varslet, 22 flere end nu.",
    );
  });

  it("has a row for each party, then all of them, and says where figures are hidden", () => {
    const rows = whatIfText(told, "en")
      .split("\n")
      .filter((line) => line.startsWith("ADVICE-MSG"))
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      [
        "ADVICE-MSG",
        "Sygehus Nørreby, Medicinsk Endokrinologisk Afd.",
        "209",
        "185 > 174",
        "24 > 35",
        "+11",
        "40 > 61",
        "0 > 0",
      ],
      ["ADVICE-MSG", "Sygehus Nørreby, Kardiologisk Afd.", "hidden, few"],
      ["ADVICE-MSG", "all", "212", "187 > 175", "25 > 37", "+12", "41 > 63", "0 > 0"],
    ]);
  });

  it("names what cannot be said, and nothing that is not so", () => {
    const text = whatIfText(told, "en");
    expect(text).toContain("Would be late and were not: 12. Were late and would not be: 0.");
    expect(text).toContain("Cannot be tried, since nobody was promised them in the period: REF-TRIAGE.");
    expect(text).not.toMatch(/in the journal|estimated|left out/);
    const doubtful = { ...told, withoutMatter: 3, unknown: 2, recorded: { ...told.recorded, differing: 4 } };
    expect(whatIfText(doubtful, "en")).toMatch(
      /Of 217 clocks, 4 are other[\s\S]*estimated: 3[\s\S]*left out: 2/,
    );
  });

  it("names the first twenty cases to those who may see them", () => {
    const one = {
      caseId: "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10",
      clockId: "ADVICE-MSG.1",
      promise: "ADVICE-MSG",
      debtor: "5790000200016",
      change: "worse" as const,
      due: { now: "2026-09-04T14:00:00.000Z" },
    };
    const cases = Array.from({ length: 23 }, () => one);
    const lines = whatIfText({ ...told, changed: { worse: 23, better: 0, cases } }, "en").split("\n");
    expect(lines.filter((line) => line.includes(one.caseId))).toHaveLength(20);
    expect(lines.find((line) => line.includes(one.caseId))).toContain("would be none");
    expect(lines.find((line) => line.includes("more (--json"))).toContain("3 more");
  });

  it("says so when there is nothing, or nothing that may be told", () => {
    const none = { clocks: 0, inTime: 0, late: 0, lateOpen: 0, open: 0, cancelled: 0, warned: 0, unbound: 0 };
    const empty = { ...told, answers: { now: none, tried: none }, promises: [], parties: [] };
    expect(whatIfText(empty, "en")).toContain("No answer was owed in the period.");
    expect(whatIfText({ ...told, answers: { now: null, tried: null } }, "da")).toContain("Færre end 5 svar");
  });
});
