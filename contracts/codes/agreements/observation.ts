import type { Agreement } from "../../agreement.ts";

/**
 * Promises about measurements of a citizen (guide to the domain, section 10). How long each tier gives is data of the score
 * scheme (`contracts/codes/schemes`), and comes with the promise; the limits here are those of the highest TOBS tier.
 */
export const observationAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "TOBS-MSG",
    promise: "TOBS-MSG",
    version: 1,
    name: { da: "Lægens plan efter en score", en: "The doctor's plan after a score" },
    validFrom: "2026-01-01",
    appliesTo: {
      family: "observation",
      kinds: ["score"],
    },
    parties: { debtor: { kinds: ["practice", "outOfHours", "hospital", "department", "other"] } },
    startsOn: ["DoctorAsked"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["PlanMade"],
    cancelsOn: ["QuestionDropped"],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 15 },
    // Of no matter to elapsed time; the lower tiers of the scheme count the doctor's own hours.
    calendar: "debtorHours",
    warnAt: { kind: "elapsed", minutes: 7 },
    escalation: [
      {
        to: "nextInLine",
        da: "Efter kl. 16 går spørgsmålet videre til lægevagten.",
        en: "After 16:00 the question moves to the out-of-hours doctor.",
      },
      {
        to: "phone",
        da: "Sygeplejersken ser: ring 112 eller vagtlægen.",
        en: "The nurse sees: phone 112 or the doctor on duty.",
      },
    ],
    source: {
      document: "see TOBS tiers",
      note: "The times of each tier are data of the score scheme, and a default.",
    },
    basis: "default",
  },
  {
    kind: "clock",
    id: "TOBS-REPEAT",
    promise: "TOBS-REPEAT",
    version: 1,
    name: { da: "Næste måling", en: "The next measurement" },
    validFrom: "2026-01-01",
    appliesTo: { family: "observation", kinds: ["score"] },
    parties: { debtor: { kinds: ["municipality", "acuteTeam"] } },
    startsOn: ["RepeatOwed"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["Measured"],
    cancelsOn: ["RepeatDropped"],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 30 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 25 },
    escalation: [
      {
        to: "team",
        da: "Teamlederen ser til det; lægen ser, at der ikke er målt igen.",
        en: "The team lead sees to it; the doctor sees that no repeat has come.",
      },
    ],
    source: { document: "plhoholstebro.dk (3 times in 24 h); dsr.dk Sygeplejersken 2014/9 (within 8 h)" },
    basis: "default",
  },
];
