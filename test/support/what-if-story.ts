/** Two weeks of February 2026 with answers that two working days instead of three, or a closed Friday afternoon, would have made late. */
import type { CaseRecord } from "../../contracts/record.ts";
import { accepted, createTestCases, question, type TestCases } from "./case-given.ts";
import { payloads } from "./observation-given.ts";
import { sending } from "./referral-given.ts";
import { who } from "./region-view.ts";

type Asking = { id: string; unit: string; asked: string; answered: string };

/** Monday 2 to Friday 13 February 2026. The departments close at 16 and 15:30. */
const askings: readonly Asking[] = [
  // Three working days: in time on the third; with two days late.
  { id: "Q-1", unit: who.endocrinology, asked: "2026-02-02 10:00", answered: "2026-02-05 12:00" },
  { id: "Q-2", unit: who.endocrinology, asked: "2026-02-03 10:00", answered: "2026-02-06 11:00" },
  // Due on Friday at closing time: late when Friday afternoon is closed.
  { id: "Q-3", unit: who.endocrinology, asked: "2026-02-03 11:00", answered: "2026-02-06 14:00" },
  // In time whatever is tried.
  { id: "Q-4", unit: who.endocrinology, asked: "2026-02-02 11:00", answered: "2026-02-03 12:00" },
  { id: "Q-5", unit: who.endocrinology, asked: "2026-02-09 11:00", answered: "2026-02-09 12:00" },
  // Late whatever is tried.
  { id: "Q-6", unit: who.endocrinology, asked: "2026-02-02 12:00", answered: "2026-02-09 12:00" },
  // Another party, with one answer: too few to be told of to anybody else.
  { id: "Q-7", unit: who.cardiology, asked: "2026-02-04 12:00", answered: "2026-02-09 15:00" },
];

const advised = async (cases: TestCases, { id, unit, asked, answered }: Asking): Promise<void> => {
  cases.at(asked);
  const payload = question(id, { to: { gln: unit } });
  const { caseId } = accepted(await cases.send({ type: "advice.ask", by: who.practice, payload, id }));
  cases.at(answered);
  const answer = { caseId, text: "Sæt dosis ned." };
  accepted(await cases.send({ type: "advice.answer", by: unit, payload: answer }));
};

/** The cases one by one: their records lie in the journal in the order in which each case was written. */
export const twoWeeks = async (): Promise<CaseRecord[]> => {
  const cases = createTestCases();
  for (const asking of askings) await advised(cases, asking);
  cases.at("2026-02-04 09:00");
  accepted(await cases.send({ type: "referral.send", by: who.practice, payload: sending("hospital") }));
  cases.at("2026-02-05 09:00");
  accepted(
    await cases.send({
      type: "observation.open",
      by: who.municipality,
      payload: payloads["observation.open"] ?? {},
    }),
  );
  return cases.records();
};
