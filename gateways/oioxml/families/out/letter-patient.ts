import type { ClosingLetter } from "../../../../contracts/letters/closing-letter.ts";
import type { ReferralContent } from "../../../../contracts/messages/referral-content.ts";

/** The citizen as the answers to a referral name them: without what only a referral has. */
export const letterPatientOf = ({ patient }: ReferralContent): ClosingLetter["patient"] => {
  const { telephones: _telephones, email: _email, title, occupation, ...rest } = patient;
  const told = occupation ?? title;
  return { ...rest, ...(told === undefined ? {} : { occupation: told }) };
};
