import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../../contracts/agreement.ts";
import { agreementFor } from "../../../../../contracts/agreement-choice.ts";
import { builtInSet } from "../../../../../contracts/codes/agreements.ts";
import { checkSet, readSet } from "../../../../../services/agreement/core/check-set.ts";
import { adviceQuestions, adviceSets } from "../../../../support/agreement-arbitraries.ts";
import { likeAgreement, problemsOf, setWith, setWithout, today } from "../../../../support/agreement-sets.ts";
import { who } from "../../../../support/region-view.ts";

const advice = (): Agreement => likeAgreement("ADVICE-MSG");
const endo = (change: Partial<Agreement> = {}): Agreement =>
  likeAgreement("ADVICE-MSG", {
    id: "ADVICE-MSG-ENDO",
    parties: { debtor: { organisations: [who.endocrinology] } },
    ...change,
  });
const codes = (...entries: Parameters<typeof setWith>) =>
  problemsOf(setWith(...entries)).map(({ code }) => code);

describe("a folder of files", () => {
  it("is one set: what one file lacks another may have", () => {
    const rest = setWithout("REF-TRIAGE");
    const own = { ...builtInSet, id: "triage", agreements: [likeAgreement("REF-TRIAGE")] };
    const files = (id: string) => [
      { file: "a.json", set: rest },
      { file: "b.json", set: { ...own, id } },
    ];
    expect(checkSet(files("triage"), { today })).toEqual([]);
    expect(checkSet(files(rest.id), { today })).toMatchObject([
      { file: "b.json", path: "id", code: "set-twice" },
    ]);
  });

  it("that does not fit the schema is told with every path", () => {
    const { limit: _limit, ...bare } = advice();
    const read = readSet("x.json", { ...builtInSet, version: 0, agreements: [bare] });
    expect(read.ok ? [] : read.problems.map(({ file, path }) => [file, path])).toEqual([
      ["x.json", "version"],
      ["x.json", "agreements.0.limit"],
    ]);
  });

  it("tells that a reading window closes before its cutoff", () => {
    const limit = { kind: "readingWindow", cutoff: "15:00", by: "14:30" };
    const read = readSet("x.json", { ...builtInSet, agreements: [{ ...advice(), limit }] });
    expect(read.ok ? [] : read.problems).toMatchObject([
      { code: "window-order", path: "agreements.0.limit.by" },
    ]);
  });

  it("has all its problems told at once", () => {
    const found = codes(
      endo({ startsOn: ["Nothing"], warnAt: { kind: "workingDays", days: 9 }, validFrom: "2020-01-01" }),
      likeAgreement("REF-TRIAGE", { validTo: "2026-12-31" }),
    );
    expect(new Set(found)).toEqual(
      new Set(["before-set", "fact-unknown", "warns-too-late", "ended-without-successor"]),
    );
  });
});

describe("a set without overlaps", () => {
  it("never has two agreements that nothing tells apart, whatever is asked", () => {
    let sound = 0;
    let overlapping = 0;
    fc.assert(
      fc.property(adviceSets, adviceQuestions, (set, question) => {
        const problems = checkSet([{ file: "x", set: { ...builtInSet, agreements: set } }], { today });
        const overlaps = problems.some(({ code }) => code === "overlap");
        const { why } = agreementFor(set, "ADVICE-MSG", question);
        const ties = why.some(({ code }) => code === "as-specific");
        if (!overlaps) expect(ties).toBe(false);
        sound += overlaps ? 0 : 1;
        overlapping += overlaps ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect([sound, overlapping].every((count) => count > 0)).toBe(true);
  });
});
