import { expect, test } from "vitest";
import { askedFor } from "../../../../../../gateways/console/web/src/pages/citizens/asked.ts";

const caseId = "7d0e7d53-5f5a-4c2f-9f0a-2b1c3d4e5f60";

test.each([
  ["040465-0010", { kind: "patient", patient: { cpr: "0404650010" } }],
  [" 0404650010 ", { kind: "patient", patient: { cpr: "0404650010" } }],
  ["040465-ab01", { kind: "patient", patient: { alternativeId: "040465AB01" } }],
  [caseId.toUpperCase(), { kind: "ids", ids: { caseId } }],
  ["A-6", { kind: "ids", ids: { messageId: "A-6" } }],
  ["  ", undefined],
])("%j asks for what it is", (typed, asked) => {
  expect(askedFor(typed)).toEqual(asked);
});
