import type { ReferralFact } from "../../../../contracts/messages/referral.ts";
import { monthOf } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";

/** What a referral has told so far that is counted. `first`: whoever got it first; `receiver`: whoever has it now. */
export type ReferralSoFar = {
  month: string;
  kind: string;
  sender: string;
  first: string;
  receiver: string;
  returned: boolean;
  forwarded: boolean;
  seen: boolean;
  noShow: boolean;
};

const sent = ({
  receivedAt,
  kind,
  sender,
  receiver,
}: Extract<ReferralFact, { type: "ReferralSent" }>): ReferralSoFar => ({
  month: monthOf(receivedAt),
  kind,
  sender,
  first: receiver,
  receiver,
  returned: false,
  forwarded: false,
  seen: false,
  noShow: false,
});

export const referralAfter = (
  before: ReferralSoFar | undefined,
  fact: ReferralFact,
): ReferralSoFar | undefined => {
  if (fact.type === "ReferralSent") return sent(fact);
  if (before === undefined) return undefined;
  if (fact.type === "ReferralReaddressed") return { ...before, receiver: fact.receiver, forwarded: true };
  if (fact.type === "ReferralReturned") return { ...before, returned: true };
  if (fact.type === "PatientAttended") return { ...before, seen: true };
  return fact.type === "PatientNoShow" ? { ...before, seen: true, noShow: true } : before;
};

/** Passing on is whoever got it first; all else is whoever has it. */
export const referralRows = ({ month, kind, sender, ...so }: ReferralSoFar): FigureRow[] => {
  const common = { month, kind, family: "referral", creditor: sender };
  const { first, receiver, returned, forwarded, seen, noShow } = so;
  return [
    { figure: "referrals-returned", ...common, organisation: receiver, met: returned },
    { figure: "referrals-forwarded", ...common, organisation: first, met: forwarded },
    ...(seen
      ? [{ figure: "referral-no-shows", ...common, organisation: receiver, met: noShow } as const]
      : []),
  ];
};
