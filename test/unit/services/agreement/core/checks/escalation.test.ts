import { expect, test } from "vitest";
import type { EscalationStep } from "../../../../../../contracts/agreement.ts";
import { likeAgreement, problemsOf, setWith } from "../../../../../support/agreement-sets.ts";

const words = { da: "Sig til.", en: "Say so." };
const soon: EscalationStep = { to: "team", on: "warning", ...words };
const late: EscalationStep = { to: "team", ...words };
const found = (...escalation: EscalationStep[]) =>
  problemsOf(setWith(likeAgreement("ADVICE-MSG", { escalation })));

test.each<[why: string, EscalationStep[], problems: { code: string; path: string }[]]>([
  ["who is told as before", [late], []],
  [
    "whoever is told in turn",
    [soon, late, { ...late, to: "nextInLine", after: { kind: "workingDays", days: 1 } }],
    [],
  ],
  ["the same one, later again", [late, { ...late, after: { kind: "elapsed", minutes: 60 } }], []],
  [
    "a warning that waits",
    [late, { ...soon, after: { kind: "elapsed", minutes: 5 } }],
    [{ code: "after-warning", path: "~escalation.1.after" }],
  ],
  [
    "a time in another unit",
    [{ ...late, after: { kind: "timeOfDay", at: "10:00", days: 1 } }],
    [{ code: "after-not-countable", path: "~escalation.0.after" }],
  ],
  ["the same one at the same time", [late, late], [{ code: "step-twice", path: "~escalation.1.to" }]],
  ["nobody after a breach", [soon], [{ code: "nobody-told", path: "~escalation" }]],
])("%s", (_why, escalation, problems) => {
  expect(found(...escalation)).toEqual(problems);
});

test("who is told may change in a version that is in use, and what was promised may not", () => {
  const before = [likeAgreement("ADVICE-MSG", { escalation: [late] })];
  const told = likeAgreement("ADVICE-MSG", { escalation: [{ ...late, urgent: true }] });
  expect(problemsOf(setWith(told), { before })).toEqual([]);
  const sooner = {
    ...told,
    limit: { kind: "elapsed", minutes: 60 },
    warnAt: { kind: "elapsed", minutes: 30 },
  } as const;
  expect(problemsOf(setWith(sooner), { before })).toEqual([{ code: "version-changed", path: "~version" }]);
});
