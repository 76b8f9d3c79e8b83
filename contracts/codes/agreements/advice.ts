import type { Agreement } from "../../agreement.ts";

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
];
