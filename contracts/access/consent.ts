import { isObservationFact } from "../messages/observation-facts.ts";
import { isReferralFact } from "../messages/referral-facts.ts";
import type { CaseRecord } from "../record.ts";
import type { LegalBasis } from "./law.ts";

/**
 * Whether a citizen's refusal stops a message: what rests on consent, and on nothing else, is not passed on. What rests on treatment, a
 * value spring or a duty is, and is shown with the refusal (sundhedsloven § 41; guide, section 8).
 */
export const isStoppedBy = ({
  refused,
  basis,
}: {
  refused: boolean;
  basis: LegalBasis | undefined;
}): boolean => refused && basis === "consent";

/** What a fact tells of it. A referral that was taken tells it by what it says, in the place of what was refused before. */
const saidIn = (fact: CaseRecord["facts"][number]): boolean | undefined => {
  if (isObservationFact(fact) && fact.type === "EpisodeOpened") return fact.restricted;
  if (isReferralFact(fact) && fact.type === "ReferralWithdrawn") return fact.consentWithdrawn;
  return isReferralFact(fact) && (fact.type === "ReferralSent" || fact.type === "ReferralCorrected")
    ? fact.referral.prevention?.consent?.given === false
    : undefined;
};

/** Whether a case tells that the citizen has refused consent, as it stands after these records. */
export const consentRefusedIn = (records: readonly Pick<CaseRecord, "facts" | "meta">[]): boolean =>
  records.reduce((refused, { facts, meta }) => {
    if (meta.refusal === "consent-refused") return true;
    return facts.map(saidIn).findLast((said) => said !== undefined) ?? refused;
  }, false);
