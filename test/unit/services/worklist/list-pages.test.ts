import { beforeEach, describe, expect, it } from "vitest";
import { who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";

let cases: WorklistCases["cases"];
let ask: WorklistCases["ask"];
let answer: WorklistCases["answer"];
let list: WorklistCases["list"];
beforeEach(() => {
  ({ cases, ask, answer, list } = createWorklistCases());
});

describe("filters and pages", () => {
  it("each filter that is given must fit; dates are Danish and both included", async () => {
    cases.at("2026-11-24 00:30");
    const caseId = await ask("M-1", { priority: "high" });
    const found = async (filter: object) => ids(await list("cases", who.practice, filter));
    for (const filter of [
      { family: "advice" },
      { kind: "specialist" },
      { status: "asked" },
      { urgency: "high" },
      { from: "2026-11-24", to: "2026-11-24" },
      {},
    ])
      expect([filter, await found(filter)]).toEqual([filter, [caseId]]);
    for (const filter of [
      { family: "booking" },
      { kind: "other" },
      { status: "answered" },
      { urgency: "akut" },
      { to: "2026-11-23" },
      { from: "2026-11-25" },
      { family: "advice", status: "answered" },
    ])
      expect([filter, await found(filter)]).toEqual([filter, []]);
  });

  it("what is no cursor and what fits no schema is refused", async () => {
    for (const payload of [
      { cursor: "x" },
      { cursor: `1_${"0".repeat(36)}` },
      { cursor: `cpr_1_${"0".repeat(36)}` },
      { sort: "name" },
      { limit: 0 },
      { family: "x" },
      { after: "x" },
    ])
      expect(await answer("expected", who.practice, payload)).toEqual({
        status: "refused",
        code: "message-invalid",
      });
  });
});
