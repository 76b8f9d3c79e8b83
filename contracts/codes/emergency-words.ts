export const emergencyReasonCodes = [
  "life-threatening",
  "cannot-consent",
  "essential-regard",
  "regard-for-others",
] as const;
export type EmergencyReason = (typeof emergencyReasonCodes)[number];

/**
 * Why somebody who is no party to a case may see it all the same (værdispring: sundhedsloven § 41, stk. 2, nr. 4, and § 42 a), as
 * people choose from a list. Their own words come beside it, and are kept in the audit alone.
 */
export const emergencyReasons = {
  "life-threatening": {
    da: "Livstruende tilstand: oplysningerne er nødvendige nu",
    en: "Life-threatening: the information is needed now",
  },
  "cannot-consent": {
    da: "Borgeren kan ikke selv give samtykke, og behandlingen kan ikke vente",
    en: "The citizen cannot consent, and treatment cannot wait",
  },
  "essential-regard": {
    da: "Væsentligt hensyn til borgeren",
    en: "An essential regard for the citizen",
  },
  "regard-for-others": {
    da: "Væsentligt hensyn til andre eller åbenbar almen interesse",
    en: "An essential regard for others, or a plain public interest",
  },
} as const satisfies Record<EmergencyReason, { da: string; en: string }>;
