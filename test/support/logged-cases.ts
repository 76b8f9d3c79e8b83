import type { CaseRecord } from "../../contracts/record.ts";
import { accepted, createTestCases, question, type TestCases } from "./case-given.ts";
import { who } from "./region-view.ts";

/** Some cases of advice with all that can become of a document: receipted, refused, sent again, seen to, never fetched. */
export type Logged = { cases: TestCases; records: CaseRecord[]; caseIds: string[] };

const settle = (cases: TestCases, deliveryId: string, outcome: string): Promise<unknown> =>
  cases.send({
    type: "delivery.settle",
    by: who.endocrinology,
    payload: { deliveryId, outcome, ...(outcome === "negative" ? { code: "no-such-patient" } : {}) },
  });

/** What becomes of the first document of each case, in turn. */
const courses: readonly ((cases: TestCases, deliveryId: string) => Promise<unknown>)[] = [
  () => Promise.resolve(),
  (cases, deliveryId) => settle(cases, deliveryId, "positive"),
  (cases, deliveryId) => settle(cases, deliveryId, "negative"),
  async (cases, deliveryId) => {
    await settle(cases, deliveryId, "negative");
    await cases.send({
      type: "delivery.handle",
      by: who.practice,
      payload: { caseId: deliveryId.slice(0, 36), deliveryId },
    });
  },
];

export const loggedCases = async (count = 8): Promise<Logged> => {
  const cases = createTestCases();
  cases.envelopeIs(() => undefined);
  const caseIds: string[] = [];
  for (let n = 0; n < count; n++) {
    cases.at(`2026-11-23 10:${String(n).padStart(2, "0")}`);
    const { caseId } = accepted(
      await cases.send({
        type: "advice.ask",
        by: who.practice,
        payload: question(`M-${String(n)}`, {
          patient: { cpr: `040465001${String(n % 3)}`, surname: "Prøve" },
        }),
        id: `ask:${String(n)}`,
      }),
    );
    caseIds.push(caseId);
    const deliveryId = `${caseId}.1.0`;
    if (n % 2 === 0)
      await cases.send({ type: "delivery.markFetched", by: who.endocrinology, payload: { deliveryId } });
    await courses[n % courses.length]?.(cases, deliveryId);
    if (n % 3 === 0)
      await cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId, text: "Ja" } });
  }
  // A command that is refused is a record too.
  await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-0", { subject: "Andet" }) });
  return { cases, records: cases.records(), caseIds };
};
