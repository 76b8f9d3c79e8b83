import type { Agreement } from "../clocks.ts";
import type { OrganisationKind } from "../messages/directory.ts";
import type { Family } from "../record.ts";

/**
 * The response-time agreements that the hub starts with (guide, section 10). `source` tells where a rule was read;
 * where `basis` is `default` nobody has agreed on it yet, and each region sets its own. A version that a clock has
 * started under is never changed or taken away: a new one is added, and the old one ends.
 * `startsOn`, `pausesOn`, `resumesOn` and `stopsOn` name facts of the family, or for `delivery` changes of a delivery.
 */
export const agreements: readonly Agreement[] = [
  {
    id: "ADVICE-MSG",
    version: 1,
    name: { da: "Svar på specialistrådgivning", en: "Answer to a request for specialist advice" },
    validFrom: "2026-01-01",
    appliesTo: { family: "advice", kind: "specialist", debtorKinds: ["hospital", "department"] },
    // A redirected question is new to the unit that gets it, and a follow-up reopens the case: each starts a clock of its own.
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceConverted", "AdviceDeclined"],
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
      kind: "correspondence",
      debtorKinds: ["practice", "municipality", "acuteTeam"],
    },
    startsOn: ["AdviceAsked", "AdviceRedirected", "FollowUpAsked"],
    pausesOn: ["InformationRequested"],
    resumesOn: ["InformationGiven"],
    stopsOn: ["AdviceAnswered", "AdviceDeclined", "CorrespondenceHandled"],
    limit: { kind: "workingDays", days: 3 },
    warnAt: { kind: "workingDays", days: 2 },
    onBreach: "receiver's team lead; sender sees 'overdue, phone'",
    source:
      "https://praktiserendelaeger.hjoerring.dk/elektronisk-kommunikation 'behandles inden for max. 3 hverdage'",
    basis: "sourced",
  },
  {
    id: "RECEIPT",
    version: 1,
    name: { da: "Kvittering fra modtagerens system", en: "Receipt from the receiving system" },
    validFrom: "2026-01-01",
    appliesTo: { family: "any", kind: "delivery" },
    startsOn: ["owed"],
    pausesOn: [],
    resumesOn: [],
    // A negative receipt is a receipt: the clock of the receipt stops, and the failed delivery is shown for what it is.
    stopsOn: ["acknowledged", "failed"],
    limit: { kind: "elapsed", minutes: 15 },
    warnAt: { kind: "elapsed", minutes: 10 },
    onBreach: "operations",
    source: "MedCom acknowledgement rules name 30 or 120 min; 15 min is the default alarm here",
    basis: "default",
  },
];

/** What a promise is about: a matter of a family, or a delivery of any. */
export type Matter = { family: Family; kind: Agreement["appliesTo"]["kind"] };

const isInForce = (agreement: Agreement, date: string): boolean =>
  agreement.validFrom <= date && (agreement.validTo === undefined || date <= agreement.validTo);

const appliesTo = (agreement: Agreement, matter: Matter, debtorKind: OrganisationKind): boolean => {
  const { family, kind, debtorKinds } = agreement.appliesTo;
  return (
    (family === "any" || family === matter.family) &&
    kind === matter.kind &&
    (debtorKinds === undefined || debtorKinds.includes(debtorKind))
  );
};

/** The agreement that binds a kind of debtor on a Danish date (`yyyy-mm-dd`, `validTo` included); the newest version wins. */
export const agreementFor = (
  matter: Matter,
  debtorKind: OrganisationKind,
  date: string,
): Agreement | undefined =>
  agreements
    .filter((agreement) => appliesTo(agreement, matter, debtorKind) && isInForce(agreement, date))
    .toSorted((a, b) => a.version - b.version)
    .at(-1);
