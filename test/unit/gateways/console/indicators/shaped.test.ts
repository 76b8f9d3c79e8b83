import { describe, expect, it } from "vitest";
import type { Indicators } from "../../../../../contracts/messages/indicators.ts";
import {
  groupName,
  hiddenCount,
  monthBefore,
  questionOf,
  shownRows,
  startFor,
  trendOf,
} from "../../../../../gateways/console/web/src/pages/indicators/shaped.ts";

describe("what a person of a role sees first", () => {
  const at = "2026-11";
  it("is everybody for a committee, what it owes for a hospital, and what it waits for for a practice", () => {
    const person = { id: "x", name: "X", roles: ["committee" as const] };
    expect(startFor({ kind: "practice", role: "organisation", person }, at).view).toBe("all");
    expect(startFor({ kind: "department", role: "organisation" }, at).view).toBe("debtor");
    expect(startFor({ kind: "practice", role: "organisation" }, at)).toEqual({
      ...{ from: "2025-12", to: "2026-11" },
      groupBy: "agreement",
      view: "creditor",
    });
  });
  it("is asked for by the organisation, with the months in order", () => {
    const asked = { from: "2026-11", to: "2026-01", groupBy: "month", view: "debtor" } as const;
    expect(questionOf(asked, "5790000100019")).toEqual({
      ...{ from: "2026-01", to: "2026-11" },
      groupBy: "month",
      organisation: "5790000100019",
    });
    expect(monthBefore("2026-01", 1)).toBe("2025-12");
  });
});

describe("small groups", () => {
  const rows = [
    { hidden: true, by: { agreement: "A" }, names: {} },
    { hidden: false, by: { agreement: "B" }, names: {} },
  ] as unknown as Indicators["rows"];
  it("are counted and not shown", () => {
    expect(hiddenCount({ rows })).toBe(1);
    expect(shownRows({ rows })).toHaveLength(1);
  });
  it("are gaps of a trend", () => {
    const trend = [
      { month: "2026-10", hidden: true },
      {
        month: "2026-11",
        hidden: false,
        clocks: 9,
        decided: 8,
        inTime: 6,
        breached: 2,
        shareInTime: 75,
        answerMinutes: null,
      },
    ] as const;
    expect(trendOf({ trend: [...trend] }, "shareInTime")).toEqual([null, 75]);
    expect(trendOf({ trend: [...trend] }, "median")).toEqual([null, null]);
  });
});

it("a group is called by its agreement, its name, its code, or nobody's", () => {
  const agreements = [{ id: "A", name: { da: "Svar", en: "Answer" } }] as unknown as Indicators["agreements"];
  const said = { agreements, language: "da" as const };
  expect(groupName({ by: { agreement: "A" }, names: {} }, "agreement", said)).toBe("Svar");
  expect(groupName({ by: { hospital: "579" }, names: { hospital: "Nord" } }, "hospital", said)).toBe("Nord");
  expect(groupName({ by: { hospital: "" }, names: {} }, "hospital", said)).toBe("Andre");
});
