import type { Agreement } from "../../agreement.ts";

/** The referral is no longer with the debtor, or no longer a matter. */
const ended = [
  "ReferralReturned",
  "ReferralDeclined",
  "ReferralForwarded",
  "ReferralWithdrawn",
  "ReferralExpired",
];
const hospitals = ["hospital", "department"] as const;
const validFrom = "2026-01-01";
const never = { pausesOn: [], resumesOn: [] };

/** Promises about direct imaging (guide to the domain, sections 5 and 10). */
export const imagingReferralAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "IMG-DIRECT",
    promise: "IMG-DIRECT",
    version: 1,
    name: { da: "Svar på direkte billeddiagnostik", en: "Result of direct imaging" },
    validFrom,
    // Agreed per package: a region gives each examination an agreement of its own, by tier.
    appliesTo: { family: "referral", kinds: ["imaging"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: ["ReferralSent", "ReferralReaddressed"],
    ...never,
    stopsOn: ["ReferralConcluded"],
    cancelsOn: ended,
    measuredTo: "delivery",
    limit: { kind: "workingDays", days: 10 },
    calendar: "workingDays",
    warnAt: { kind: "workingDays", days: 7 },
    escalation: [
      {
        to: "phone",
        da: "Røntgenafdelingen ringer til lægen eller vagtlægen.",
        en: "Radiology phones the GP or the on-duty GP.",
      },
    ],
    source: {
      document: "pri.rn.dk/Sider/8577.aspx; Praksisplan Midtjylland s.5.5",
      section: "5.5",
      note: "'Agreed per package', no number found: ten working days are a default.",
    },
    basis: "default",
  },
  {
    kind: "clock",
    id: "IMG-CRITICAL",
    promise: "IMG-CRITICAL",
    version: 1,
    name: { da: "Kritisk fund ringes samme dag", en: "A critical finding is phoned the same day" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["imaging"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: ["CriticalFindingFound"],
    ...never,
    stopsOn: ["CriticalFindingPhoned"],
    cancelsOn: ["ResultReviewed", ...ended],
    measuredTo: "delivery",
    limit: { kind: "calendarDays", days: 0 },
    calendar: "everyDay",
    warnAt: { kind: "elapsed", minutes: 60 },
    escalation: [
      {
        to: "phone",
        da: "Røntgenafdelingen ringer til lægen eller vagtlægen.",
        en: "Radiology phones the GP or the on-duty GP.",
      },
    ],
    source: {
      document: "pri.rn.dk/Sider/8577.aspx; Praksisplan Midtjylland s.5.5",
      note: "A critical finding is phoned the same day: read.",
    },
    basis: "sourced",
  },
];
