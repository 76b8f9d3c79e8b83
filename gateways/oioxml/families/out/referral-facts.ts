import type { ReferralLetter } from "../../../../contracts/letters/referral-letter.ts";
import { isReferralFact, type ReferralFact } from "../../../../contracts/messages/referral.ts";
import type { ReferralContent } from "../../../../contracts/messages/referral-content.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { isLetter } from "../../../../contracts/written.ts";
import type { ToTell } from "../../../families/to-tell.ts";

export type Of<Type extends ReferralFact["type"]> = Extract<ReferralFact, { type: Type }>;
export type WithContent = Extract<ReferralFact, { referral: ReferralContent }>;

const hasContent = (fact: ReferralFact): fact is WithContent => "referral" in fact;

export const referralFactsOf = (records: readonly CaseRecord[]): ReferralFact[] =>
  records.flatMap(({ facts }) => facts.filter(isReferralFact));

export const isOfType =
  <Type extends ReferralFact["type"]>(...types: readonly Type[]) =>
  (fact: ReferralFact): fact is Of<Type> =>
    types.some((type) => type === fact.type);

/** The referral as it was last said to whoever had it then. @throws when the case is no referral */
export const referralTold = ({ records }: Pick<ToTell, "records">): WithContent => {
  const found = referralFactsOf(records).findLast(hasContent);
  if (found === undefined) throw new Error("The case holds no referral.");
  return found;
};

export const isReferralLetter = (letter: CaseRecord["written"]): letter is ReferralLetter =>
  isLetter(letter) && letter.type.startsWith("XREF");

/** The letter that its sender wrote, as it was last written. */
export const referralWritten = ({ records }: Pick<ToTell, "records">): ReferralLetter | undefined =>
  records.map(({ written }) => written).findLast(isReferralLetter);

/** The first letter's number: by it the referrer knows the referral. */
export const firstLetterId = ({ records }: Pick<ToTell, "records">): string | undefined =>
  records.map(({ written }) => written).find(isReferralLetter)?.letterId;
