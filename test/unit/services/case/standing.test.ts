import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { leftAfter, recordFor, seenBy } from "../../../../services/case/standing.ts";

type Made = Partial<Pick<CaseRecord, "facts" | "deliveries" | "written">> & {
  actor?: string;
  parties?: string[];
};
const record = (no: number, { actor = "gp", parties, ...rest }: Made): CaseRecord => ({
  version: 1,
  caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
  family: "referral",
  facts: [],
  deliveries: [],
  clocks: [],
  ...rest,
  meta: {
    no,
    at: "2026-11-23T09:00:00.000Z",
    commandId: String(no),
    commandType: "referral.send",
    digest: "d",
    actor,
    outcome: "accepted",
    status: "sent",
    ...(parties === undefined ? {} : { parties }),
  },
});
const passed = (from: string, to: string): { type: string } =>
  Object.assign({ type: "ReferralForwarded" }, { from, to });
const viewing = (...mine: string[]) => ({
  isOurs: (gln: string) => mine.includes(gln),
  isOfOurHouse: (gln: string) => mine.includes(gln),
});

const course = [
  record(1, { parties: ["gp", "first"] }),
  record(2, { actor: "first", facts: [passed("first", "second")], parties: ["second"] }),
  record(3, { actor: "second" }),
];

describe("who knows what of a case", () => {
  test("a party knows all of it", () => {
    expect(seenBy(course, viewing("gp"))).toMatchObject({ relation: "party", records: { length: 3 } });
    expect(seenBy(course, viewing("second"))).toMatchObject({ relation: "party", records: { length: 3 } });
  });

  test("who passed it on knows it until then, its own act included", () => {
    expect(seenBy(course, viewing("first"))).toMatchObject({ relation: "former", records: { length: 2 } });
  });

  test("who gets it back knows all of it again", () => {
    const back = [...course, record(4, { actor: "second", facts: [passed("second", "first")] })];
    expect(seenBy(back, viewing("first"))).toMatchObject({ relation: "party", records: { length: 4 } });
    expect(seenBy(back, viewing("second"))).toMatchObject({ relation: "former", records: { length: 4 } });
  });

  test("a hospital knows what one of its units knows, whichever has it now", () => {
    expect(seenBy(course, viewing("first", "second"))).toMatchObject({ relation: "party" });
  });

  test("anybody else knows nothing", () => {
    expect(seenBy(course, viewing("other"))).toBeUndefined();
    expect(seenBy([], viewing("gp"))).toBeUndefined();
  });

  test("passing on is told by the fact, and undone by getting it back", () => {
    expect(leftAfter([], { facts: [passed("a", "b")] })).toEqual(["a"]);
    expect(leftAfter(["a"], { facts: [passed("b", "a")] })).toEqual(["b"]);
    expect(leftAfter(["a"], { facts: [{ type: "Other" }] })).toEqual(["a"]);
  });
});

describe("a letter between two parties of a stay", () => {
  const summary = Object.assign({ type: "SummarySent" }, { by: "ward", text: "hidden" });
  const owed = {
    change: "owed",
    deliveryId: "x.1.0",
    from: "ward",
    to: "practice",
    standard: "json",
    transport: "inbox",
    documentType: "SummarySent",
    fact: 1,
    receiptExpected: true,
  } as const;
  const sent = record(4, {
    actor: "hospital",
    facts: [{ type: "DischargePlanned" }, summary],
    deliveries: [owed],
  });

  test("is read by whoever sent it and whoever it was sent to", () => {
    for (const us of ["ward", "hospital", "practice"])
      expect(recordFor(sent, { isOfOurHouse: (gln) => gln === us })).toBe(sent);
  });

  test("is not read by a third party, which learns that it was sent and everything else", () => {
    const seen = recordFor(sent, { isOfOurHouse: (gln) => gln === "municipality" });
    expect(seen.facts).toEqual([{ type: "DischargePlanned" }, { type: "Withheld", fact: "SummarySent" }]);
    expect(JSON.stringify(seen)).not.toContain("hidden");
  });
});
