import { expect, test } from "vitest";
import { judgeAudit } from "../../../../infra/setup/audit-verdict.mjs";

const answer = (total: number, vulnerabilities = {}): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { total } } });

test("a registry that knows of no hole is a clean end", () => {
  expect(judgeAudit(answer(0)).code).toBe(0);
});

test("holes are named, and end with 1", () => {
  const { code, text } = judgeAudit(answer(2, { b: {}, a: {} }));
  expect([code, text]).toEqual([1, expect.stringContaining("2 known holes in what is shipped: a, b")]);
});

test.each([
  ["a registry that refuses the question", '{"message":"405 Method Not Allowed - POST somewhere"}'],
  ["nothing at all", ""],
  ["something that is no JSON", "npm error"],
  ["an answer without a sum", '{"metadata":{}}'],
])("%s is no clean end, and says that nobody has looked", (_, printed) => {
  const { code, text } = judgeAudit(printed);
  expect([code, text]).toEqual([2, expect.stringContaining("nobody has looked")]);
});
