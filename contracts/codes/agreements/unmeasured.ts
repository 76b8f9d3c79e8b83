import type { Agreement } from "../../agreement.ts";

const validFrom = "2026-01-01";

/** Promises that no clock measures here, each with the reason why (guide to the domain, section 10). */
export const unmeasuredAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "ADM-NOTIFY",
    promise: "ADM-NOTIFY",
    version: 1,
    name: { da: "Sygehusadvis ved indlæggelse og udskrivelse", en: "Hospital notification" },
    validFrom,
    appliesTo: { family: "discharge", kinds: ["notification"] },
    parties: { debtor: { kinds: ["hospital", "department"] } },
    startsOn: [],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["StayEventReported"],
    cancelsOn: [],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 5 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 5 },
    escalation: [
      {
        to: "operations",
        da: "Driften ser efter forbindelsen til hospitalets system.",
        en: "Operations look at the connection to the hospital's system.",
      },
    ],
    source: {
      document: "MedCom HospitalNotification clinical guideline s.5-6",
      section: "5-6",
      note: "At once and by itself was read; the alarm after five minutes is a default. Citizens with a Danish address alone.",
    },
    basis: "default",
    notYet: {
      da: "Broen hører om registreringen ved selve adviset, der indfrier løftet. Et advis, der kommer mere end fem minutter efter hændelsen, modtages med en advarsel.",
      en: "The hub hears of the registration by the very notification that keeps the promise. One that comes more than five minutes after its event is taken with a warning.",
    },
  },
  {
    kind: "clock",
    id: "RESP-72H",
    promise: "RESP-72H",
    version: 1,
    name: { da: "72 timers udvidet behandlingsansvar", en: "72 hours of extended responsibility" },
    validFrom,
    appliesTo: { family: "discharge", kinds: ["responsibility"] },
    parties: { debtor: { kinds: ["hospital", "department"] } },
    startsOn: ["ResponsibilityDecided"],
    pausesOn: ["ResponsibilitySuspended"],
    resumesOn: ["ResponsibilityResumed"],
    stopsOn: ["ResponsibilityReturned"],
    cancelsOn: ["ResponsibilityLapsed"],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 4_320 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 3_960 },
    escalation: [
      {
        to: "practice",
        da: "Lægen får besked: ansvaret er tilbage hos jer.",
        en: "The GP is told: the responsibility is back with you.",
      },
    ],
    source: {
      document: "medcom.dk/projekter/72-timers...; sd.skive.dk; regionsyddanmark.dk",
      note: "Somatic, a stay of more than 24 hours, municipal nursing after discharge; a call to 112 suspends it.",
    },
    basis: "sourced",
    notYet: {
      da: "Udskrivningsforløbet holder selv tiden og minder om den: ansvaret hører op af sig selv, så ingen kan være for sent på den.",
      en: "The family of discharge keeps this time itself and reminds of it: the responsibility ends by itself, so nobody can be late with it.",
    },
  },
];
