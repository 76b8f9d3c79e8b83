import { describe, expect, test } from "vitest";
import { createOddUse, oddUseRules } from "../../../../contracts/access/odd-use.ts";
import { AuditEntry } from "../../../../contracts/messages/audit.ts";

/** Monday 23 November 2026, a quarter past ten in Denmark. */
const monday = "2026-11-23T09:15:00.000Z";
const minutesAfter = (minutes: number, start = monday): string =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString();
const looked = (more: Partial<AuditEntry> = {}): AuditEntry =>
  AuditEntry.parse({
    ...{ at: monday, resource: "case", door: "GET /v1/cases/:caseId", outcome: "shown" },
    ...{ gln: "5790000100019", person: "nurse", role: "nurse", request: "r", ...more },
  });
const weekdays = [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }];
const oddIn = (entries: readonly AuditEntry[], hours = weekdays) => {
  const follower = createOddUse({ hoursOf: () => hours });
  for (const entry of entries) follower.take(entry);
  return follower.end();
};
const rulesIn = (...of: Parameters<typeof oddIn>): string[] => oddIn(...of).map(({ rule }) => rule);

describe("odd use", () => {
  test("is not a day's ordinary work", () => {
    const day = Array.from({ length: 40 }, (_, i) =>
      looked({ at: minutesAfter(i * 8), cases: [`case-${String(i)}`], request: String(i) }),
    );
    expect(oddIn(day)).toEqual([]);
  });

  test("is more different cases in an hour than the rule says, in one line; not the same case often, and no system's", () => {
    const limit = oddUseRules["many-cases"].cases;
    const many = (more: (i: number) => Partial<AuditEntry>) =>
      Array.from({ length: limit + 5 }, (_, i) => looked({ at: minutesAfter(i / 2), ...more(i) }));
    const found = oddIn(many((i) => ({ cases: [`case-${String(i)}`] })));
    expect(found).toEqual([
      expect.objectContaining({ rule: "many-cases", count: limit + 5, person: "nurse" }),
    ]);
    expect(oddIn(many(() => ({ cases: ["case-1"] })))).toEqual([]);
    expect(oddIn(many((i) => ({ cases: [`case-${String(i)}`], person: undefined })))).toEqual([]);
    expect(oddIn(many((i) => ({ cases: [`case-${String(i)}`], resource: "list" })))).toEqual([]);
    const spread = Array.from({ length: limit + 5 }, (_, i) =>
      looked({ at: minutesAfter(i * 1.1), cases: [`case-${String(i)}`] }),
    );
    expect(oddIn(spread)).toEqual([]);
  });

  test("is being refused again and again, also of a system", () => {
    const limit = oddUseRules["many-refusals"].refusals;
    const tries = (n: number) =>
      Array.from({ length: n }, (_, i) =>
        looked({ outcome: "refused", person: undefined, request: String(i), at: minutesAfter(i) }),
      );
    expect(oddIn(tries(limit - 1))).toEqual([]);
    expect(rulesIn(tries(limit))).toEqual(["many-refusals"]);
  });

  test("is a person's look while the organisation is closed, on a Danish clock; one without hours is never closed", () => {
    const evening = looked({ at: "2026-11-23T15:00:00.000Z" });
    const lateInSummer = looked({ at: "2026-07-20T13:59:00.000Z" });
    const sunday = looked({ at: "2026-11-22T09:15:00.000Z" });
    expect(rulesIn([evening])).toEqual(["outside-hours"]);
    expect(rulesIn([lateInSummer])).toEqual([]);
    expect(rulesIn([sunday])).toEqual(["outside-hours"]);
    expect(rulesIn([sunday], [])).toEqual([]);
    expect(rulesIn([looked({ at: sunday.at, person: undefined })])).toEqual([]);
    expect(rulesIn([looked({ at: sunday.at, outcome: "refused" })])).toEqual([]);
  });

  test("is every emergency access, in a line of its own with all its looks", () => {
    const under = (emergency: string, cases: string[], minutes: number) =>
      looked({ emergency, cases, at: minutesAfter(minutes) });
    const found = oddIn([
      under("one", [], 0),
      under("one", ["a"], 5),
      under("other", ["b"], 6),
      under("one", ["c"], 9),
    ]);
    expect(found).toEqual([
      expect.objectContaining({ emergency: "one", count: 3, cases: ["a", "c"], to: minutesAfter(9) }),
      expect.objectContaining({ emergency: "other", count: 1 }),
    ]);
  });

  test("is asking for a citizen whom nobody there has a case of", () => {
    const asked = { resource: "list", door: "POST /v1/patients/cases", patient: "hash" };
    expect(rulesIn([looked({ ...asked, cases: [] })])).toEqual(["no-case-of-citizen"]);
    expect(rulesIn([looked({ ...asked, cases: ["a"] })])).toEqual([]);
    expect(rulesIn([looked({ ...asked, cases: [], outcome: "refused" })])).toEqual([]);
  });
});
