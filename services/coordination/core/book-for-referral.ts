import { isReferralFact, type ReferralFact } from "../../../contracts/messages/referral.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

type Fact<Type extends ReferralFact["type"]> = Extract<ReferralFact, { type: Type }>;

const isWanted = (fact: { type: string }): fact is Fact<"SlotWanted"> =>
  isReferralFact(fact) && fact.type === "SlotWanted";
const isSent = (fact: { type: string }): fact is Fact<"ReferralSent"> =>
  isReferralFact(fact) && fact.type === "ReferralSent";
const wantedIn = (record: CaseRecord): Fact<"SlotWanted"> | undefined => record.facts.find(isWanted);

/** A party of a referral wants a sub-acute place for it: a booking is opened, for whoever wants it. */
export const bookForReferral: Workflow = {
  rule: "book-for-referral",
  facts: ["SlotWanted"],
  concerns: (record) => record.family === "referral" && wantedIn(record) !== undefined,
  ordersOf: (history): Order[] => {
    const occasion = occasionOf(history);
    const wanted = wantedIn(occasion);
    const sent = history.flatMap((record) => record.facts).find(isSent);
    if (wanted === undefined || sent === undefined) return [];
    const { caseId } = occasion;
    const payload = {
      messageId: `referral:${caseId}:${String(occasion.meta.no)}`,
      referralCaseId: caseId,
      slotId: wanted.slotId,
      by: wanted.by,
      patient: sent.referral.patient,
    };
    return [{ type: "booking.bookForReferral", payload }];
  },
};
