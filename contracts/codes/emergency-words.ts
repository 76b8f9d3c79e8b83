/**
 * Why somebody who is no party to a case may see it all the same (værdispring: sundhedsloven § 41, stk. 2, nr. 4, and § 42 a), as
 * people choose from a list. Their own words come beside it, and are kept in the audit alone.
 */
export const emergencyReasonCodes = [
  "life-threatening",
  "cannot-consent",
  "essential-regard",
  "regard-for-others",
] as const;
