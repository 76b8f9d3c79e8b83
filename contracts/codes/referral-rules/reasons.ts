/**
 * Why a referral comes back. A wrong unit is no reason: then it is forwarded (Praksisplan Midtjylland 5.5). The first two are
 * what returned referrals are known for (guide to the domain, 4.1); the others are proposed here.
 */
export const returnReasons = [
  "content-missing",
  "other-examination-better",
  "not-indicated",
  "treat-in-practice",
  "no-hospital-offers-it",
  "patient-known-here",
] as const;

/** Why an acute team cannot come; basis: default. */
export const declineReasons = ["no-capacity", "outside-area", "needs-admission", "needs-other-help"] as const;
