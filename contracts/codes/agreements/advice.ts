import type { Agreement } from "../../agreement.ts";
import { documentRead } from "../promises.ts";

/** Promises about questions and correspondence (guide to the domain, section 10). */
export const adviceAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "ADVICE-MSG",
    promise: "ADVICE-MSG",
    version: 1,
    name: { da: "Svar på specialistrådgivning", en: "Answer to a request for specialist advice" },
    validFrom: "2026-01-01",
    appliesTo: { family: "advice", kinds: ["specialist"] },
    parties: { debtor: { kinds: ["hospital", "department"] } },
    // A redirected question is new to the unit that gets it, and a follow-up reopens the case: each starts a clock of its own.
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked", "ConversionFailed"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceConverted", "AdviceDeclined"],
    cancelsOn: [],
    measuredTo: "delivery",
    limit: { kind: "workingDays", days: 3 },
    calendar: "workingDays",
    warnAt: { kind: "workingDays", days: 2 },
    escalation: [
      {
        to: "team",
        da: "Afdelingens sekretær minder om svaret; lægen tilbydes at lave spørgsmålet om til en henvisning.",
        en: "The department secretary sees to the answer; the GP is offered to convert the question to a referral.",
      },
    ],
    source: {
      document:
        "Praksisplan Midtjylland s.5.5 'svartid aftales nærmere'; NHS NCL: 80 % within 2 working days",
      section: "5.5",
      note: "No Danish number of days was found: three working days are a default.",
    },
    basis: "default",
  },
  {
    kind: "clock",
    id: "COR-ROUTINE",
    promise: "COR-ROUTINE",
    version: 1,
    name: { da: "Behandling af korrespondancemeddelelse", en: "Handling of routine correspondence" },
    validFrom: "2026-01-01",
    appliesTo: {
      family: "advice",
      kinds: ["correspondence"],
    },
    parties: { debtor: { kinds: ["practice", "municipality", "acuteTeam"] } },
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceDeclined", "CorrespondenceHandled"],
    cancelsOn: [],
    measuredTo: "delivery",
    limit: { kind: "workingDays", days: 3 },
    calendar: "workingDays",
    warnAt: { kind: "workingDays", days: 2 },
    escalation: [
      {
        to: "team",
        da: "Modtagerens teamleder ser til det; afsenderen ser, at svaret er over tid, og ringer.",
        en: "The receiver's team lead sees to it; the sender sees that it is overdue, and phones.",
      },
    ],
    source: {
      document: "https://praktiserendelaeger.hjoerring.dk/elektronisk-kommunikation",
      note: "Read: 'behandles inden for max. 3 hverdage'.",
    },
    basis: "sourced",
  },
  {
    kind: "clock",
    id: "COR-HOSP-READ",
    promise: "COR-HOSP-READ",
    version: 1,
    name: {
      da: "Hospitalets læsning af korrespondance fra kommunen",
      en: "The hospital reads correspondence",
    },
    validFrom: "2026-01-01",
    appliesTo: { family: "advice", kinds: ["correspondence"] },
    parties: {
      debtor: { kinds: ["hospital", "department"] },
      creditor: { kinds: ["municipality", "acuteTeam"] },
    },
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked"],
    pausesOn: [],
    resumesOn: [],
    // Whoever answers or asks back has read it, also where the hospital does so for its ward.
    stopsOn: [
      documentRead,
      "AdviceAnswered",
      "AdviceDeclined",
      "CorrespondenceHandled",
      "InformationRequested",
    ],
    cancelsOn: [],
    measuredTo: "delivery",
    limit: { kind: "readingWindow", cutoff: "14:30", by: "15:00" },
    // Wards read every day; a clinic's own agreement says working days.
    calendar: "everyDay",
    warnAt: { kind: "readingWindow", cutoff: "14:29", by: "14:30" },
    escalation: [
      { to: "phone", da: "Kommunen ringer til afdelingen.", en: "The municipality phones the ward." },
    ],
    source: {
      document: "http://www.sektorovergang.rm.dk/flowchart/underside-2-5",
      section: "2-5",
      note: "Read the same day when it came before 14:30, else in the next window; 08-15 daily (wards), 08-15 on working days (clinics). About care plans there; no letter says that, so all correspondence from a municipality.",
    },
    basis: "sourced",
  },
];
