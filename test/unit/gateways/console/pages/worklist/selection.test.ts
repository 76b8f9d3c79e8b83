import { expect, test } from "vitest";
import { cameOf, toggled } from "../../../../../../gateways/console/web/src/pages/worklist/selection.ts";

test("a case is chosen, and chosen again is not", () => {
  const once = toggled(new Set(), "a");
  expect([...once, ...toggled(once, "a")]).toEqual(["a"]);
});

test("what came of many says how many stand as was wanted, who has the others, and what is not known", () => {
  const held = { readTo: 0, holder: { id: "x", name: "Asta Åkjær" } };
  const came = cameOf([
    { caseId: "a", outcome: "done" },
    { caseId: "b", outcome: "unchanged" },
    { caseId: "c", outcome: "held", desk: held },
    { caseId: "d", outcome: "held", desk: held },
    { caseId: "e", outcome: "unknown" },
    { caseId: "f", outcome: "failed" },
  ]);
  expect(came).toEqual({ count: 2, held: [{ name: "Asta Åkjær", cases: 2 }], lost: 2 });
});
