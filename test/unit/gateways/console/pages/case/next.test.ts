import { expect, test } from "vitest";
import type { Family } from "../../../../../../contracts/family.ts";
import { offered } from "../../../../../../gateways/console/web/src/pages/case/next.ts";

const us = "5790000100019";
const viewOf = (family: Family, act: string, can?: string[]) => ({
  family,
  card: {
    ...{ kind: "specialist", opener: us, closed: false, links: [] },
    awaits: [{ who: us, act, overdue: false }],
  },
  ...(can === undefined ? {} : { can }),
});
const isUs = (gln: string): boolean => gln === us;

test.each([
  ["advice", "answer", "advice.answer"],
  ["referral", "answer", "referral.accept"],
  ["referral", "triage", "referral.accept"],
  ["discharge", "make-ready-medication", "discharge.tick"],
  ["discharge", "make-ready-summary", "discharge.sendSummary"],
  ["observation", "measure-or-close", "observation.measure"],
] as const)(
  "in %s what is expected (%s) comes first, and the rest of what the hub takes after",
  (family, act, first) => {
    const other = `${family}.other`;
    expect(offered(viewOf(family, act, [other, first]), isUs)).toEqual({ next: [first], more: [other] });
  },
);

test("what is expected and not taken now is no button", () => {
  expect(offered(viewOf("advice", "answer", []), isUs)).toEqual({ next: [], more: [] });
});

test("where the hub did not say what may be done, nothing is offered", () => {
  expect(offered(viewOf("advice", "answer"), isUs)).toEqual({ next: [], more: [] });
});
