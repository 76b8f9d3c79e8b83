import { type DischargeFact, isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

type SummarySent = Extract<DischargeFact, { type: "SummarySent" }>;

const wishIn = (record: CaseRecord): SummarySent | undefined =>
  record.facts.find(
    (fact): fact is SummarySent =>
      isDischargeFact(fact) && fact.type === "SummarySent" && fact.asksHomeVisit !== undefined,
  );

/** A summary that wishes for a follow-up home visit needs no other message: the visit is asked for (guide, section 2.4). */
export const askHomeVisit: Workflow = {
  rule: "ask-home-visit",
  facts: ["SummarySent"],
  concerns: (record) => record.family === "discharge" && wishIn(record) !== undefined,
  ordersOf: (history): Order[] => {
    const occasion = occasionOf(history);
    const sent = wishIn(occasion);
    if (sent === undefined) return [];
    const { summaryId } = sent;
    return [{ type: "discharge.askWishedVisit", payload: { caseId: occasion.caseId, summaryId } }];
  },
};
