import type { ReferralFact } from "../../contracts/messages/referral.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { now } from "./advice-given.ts";
import { caseId } from "./referral-given.ts";

/** A record of a referral, as far as those who count it look. */
export const recordOf = (
  no: number,
  facts: readonly ReferralFact[],
  change: Partial<Pick<CaseRecord, "caseId" | "family">> & { outcome?: "accepted" | "refused" } = {},
): CaseRecord => {
  const { outcome = "accepted", ...rest } = change;
  return {
    version: 1,
    caseId,
    family: "referral",
    facts: [...facts],
    deliveries: [],
    clocks: [],
    meta: {
      no,
      at: now,
      commandId: `c-${no}`,
      commandType: "referral.send",
      digest: "",
      actor: "5790000100019",
      outcome,
      status: "sent",
    },
    ...rest,
  };
};
