import { expect, test } from "vitest";
import type { EscalationStep } from "../../../../contracts/agreement.ts";
import { versionsText } from "../../../../gateways/cli/agreement-text.ts";
import { likeAgreement } from "../../../support/agreement-sets.ts";

const words = { da: "Ring til afdelingen.", en: "Phone the department." };
const shown = (...escalation: EscalationStep[]) => {
  const agreement = likeAgreement("ADVICE-MSG", { escalation });
  const one = {
    agreement,
    status: "in-force",
    set: "region",
    changedBy: "Driften",
    changedAt: "2026-11-23T09:00:00.000Z",
  };
  return (language: "da" | "en") =>
    versionsText(
      { id: "ADVICE-MSG", versions: [one] } as unknown as Parameters<typeof versionsText>[0],
      language,
    ).split("\n");
};

test("a version tells who is told, when, and what is to be done, in both languages", () => {
  const text = shown(
    { to: "team", on: "warning", ...words },
    { to: "nextInLine", urgent: true, after: { kind: "workingDays", days: 1 }, ...words },
  );
  expect(text("en")).toContain("  warning, in the day's list: team. Phone the department.");
  expect(text("en")).toContain("  late + 1 working days, at once: nextInLine. Phone the department.");
  expect(text("da")).toContain("  advarsel, i dagens oversigt: team. Ring til afdelingen.");
  expect(text("da")).toContain("  for sent + 1 hverdage, straks: nextInLine. Ring til afdelingen.");
});
