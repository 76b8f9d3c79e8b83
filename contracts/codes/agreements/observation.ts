import type { Agreement } from "../../clocks.ts";

const sources = {
  message: "see TOBS tiers: guide to the domain, section 1.2",
  repeat:
    "plhoholstebro.dk (3 times in 24 h); dsr.dk Sygeplejersken 2014/9 (within 8 h); guide to the domain, section 1.2",
};

/**
 * Promises about measurements of a citizen (guide to the domain, section 10). How long each tier gives is data of the score
 * scheme (`contracts/codes/schemes`), and comes with the promise; the limits here are those of the highest TOBS tier.
 */
export const observationAgreements: readonly Agreement[] = [
  {
    id: "TOBS-MSG",
    version: 1,
    name: { da: "Lægens plan efter en score", en: "The doctor's plan after a score" },
    validFrom: "2026-01-01",
    appliesTo: {
      family: "observation",
      kinds: ["score"],
      debtorKinds: ["practice", "outOfHours", "hospital", "department", "other"],
    },
    startsOn: ["DoctorAsked"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["PlanMade"],
    cancelsOn: ["QuestionDropped"],
    limit: { kind: "elapsed", minutes: 15 },
    warnAt: { kind: "elapsed", minutes: 7 },
    onBreach: "re-route to out-of-hours doctor after 16:00; nurse sees 'phone 112/vagtlæge'",
    source: sources.message,
    basis: "default",
  },
  {
    id: "TOBS-REPEAT",
    version: 1,
    name: { da: "Næste måling", en: "The next measurement" },
    validFrom: "2026-01-01",
    appliesTo: { family: "observation", kinds: ["score"], debtorKinds: ["municipality", "acuteTeam"] },
    startsOn: ["RepeatOwed"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["Measured"],
    cancelsOn: ["RepeatDropped"],
    limit: { kind: "elapsed", minutes: 30 },
    warnAt: { kind: "elapsed", minutes: 25 },
    onBreach: "team lead; the doctor sees that no repeat has come",
    source: sources.repeat,
    basis: "default",
  },
];
