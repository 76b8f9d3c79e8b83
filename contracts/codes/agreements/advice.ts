import type { Agreement } from "../../clocks.ts";

/** Promises about questions and correspondence (guide to the domain, section 10). */
export const adviceAgreements: readonly Agreement[] = [
  {
    id: "ADVICE-MSG",
    version: 1,
    name: { da: "Svar på specialistrådgivning", en: "Answer to a request for specialist advice" },
    validFrom: "2026-01-01",
    appliesTo: { family: "advice", kinds: ["specialist"], debtorKinds: ["hospital", "department"] },
    // A redirected question is new to the unit that gets it, and a follow-up reopens the case: each starts a clock of its own.
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked", "ConversionFailed"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceConverted", "AdviceDeclined"],
    cancelsOn: [],
    limit: { kind: "workingDays", days: 3 },
    warnAt: { kind: "workingDays", days: 2 },
    onBreach: "department secretary; GP offered to convert to referral",
    source:
      "Praksisplan Midtjylland s.5.5 'svartid aftales nærmere'; NHS NCL: 80 % within 2 working days; no Danish number of days found",
    basis: "default",
  },
  {
    id: "COR-ROUTINE",
    version: 1,
    name: { da: "Behandling af korrespondancemeddelelse", en: "Handling of routine correspondence" },
    validFrom: "2026-01-01",
    appliesTo: {
      family: "advice",
      kinds: ["correspondence"],
      debtorKinds: ["practice", "municipality", "acuteTeam"],
    },
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceDeclined", "CorrespondenceHandled"],
    cancelsOn: [],
    limit: { kind: "workingDays", days: 3 },
    warnAt: { kind: "workingDays", days: 2 },
    onBreach: "receiver's team lead; sender sees 'overdue, phone'",
    source:
      "https://praktiserendelaeger.hjoerring.dk/elektronisk-kommunikation 'behandles inden for max. 3 hverdage'",
    basis: "sourced",
  },
];
