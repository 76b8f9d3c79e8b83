import type { Agreement } from "../../clocks.ts";
import { municipalReferralAgreements } from "./referral-municipal.ts";

/** The referral is no longer with the debtor, or no longer a matter. */
const left = ["ReferralForwarded", "ReferralWithdrawn", "ReferralExpired"];
const ended = ["ReferralReturned", "ReferralDeclined", ...left];
const arrives = ["ReferralSent", "ReferralReaddressed"];
const hospitals = ["hospital", "department"] as const;
const validFrom = "2026-01-01";
const never = { pausesOn: [], resumesOn: [] };
const workingDays = (days: number) => ({ kind: "workingDays", days }) as const;
const calendarDays = (days: number) => ({ kind: "calendarDays", days }) as const;
const elapsed = (minutes: number) => ({ kind: "elapsed", minutes }) as const;

/**
 * Promises about referrals (guide to the domain, section 10). Each names every fact that ends it, so that no clock of a former
 * receiver stays open.
 */
export const referralAgreements: readonly Agreement[] = [
  {
    id: "REF-TRIAGE",
    version: 1,
    name: { da: "Visitation af henvisning", en: "Triage of a referral" },
    validFrom,
    appliesTo: {
      family: "referral",
      kinds: ["hospital", "imaging", "psychiatry", "cancer"],
      debtorKinds: [...hospitals],
    },
    startsOn: arrives,
    pausesOn: ["ReferralInformationRequested"],
    resumesOn: ["ReferralInformationGiven"],
    stopsOn: [
      "ReferralAccepted",
      "ReferralReturned",
      "ReferralForwarded",
      "ReferralMisdirected",
      "AppointmentBooked",
      // Who answers by MedCom's letters alone concludes what it never accepted.
      "ReferralConcluded",
    ],
    cancelsOn: ["ReferralWithdrawn", "ReferralExpired"],
    limit: workingDays(1),
    // Four working hours: within the opening hours of who owes the triage.
    warnAt: { kind: "openingMinutes", minutes: 240 },
    onBreach: "visitation lead",
    source: "sst.dk Henvisning og visitation ('ofte senest hverdagen efter')",
    basis: "sourced",
  },
  {
    id: "COR-REFQUERY-ASAP",
    version: 1,
    name: { da: "Svar på spørgsmål til henvisning", en: "Answer to a question about a referral" },
    validFrom,
    appliesTo: { family: "referral" },
    startsOn: ["ReferralInformationRequested"],
    ...never,
    stopsOn: ["ReferralInformationGiven"],
    cancelsOn: [
      "ReferralAccepted",
      "ReferralMisdirected",
      "AppointmentBooked",
      "InvitedToTalk",
      "ReferralConcluded",
      ...ended,
    ],
    limit: workingDays(1),
    warnAt: { kind: "openingMinutes", minutes: 240 },
    onBreach: "hospital triage desk phones GP",
    source: "MedCom use case 2.2.13 (priority); the limit is a default",
    basis: "default",
  },
  {
    id: "REF-FORWARD",
    version: 1,
    name: { da: "Omvisitering", en: "Forwarding to the right unit" },
    validFrom,
    appliesTo: { family: "referral", debtorKinds: [...hospitals] },
    startsOn: ["ReferralMisdirected"],
    ...never,
    stopsOn: [
      "ReferralForwarded",
      "ReferralReturned",
      "ReferralAccepted",
      "AppointmentBooked",
      "ReferralConcluded",
    ],
    cancelsOn: ["ReferralWithdrawn", "ReferralExpired"],
    // Forwarded the same working day, returned within one: the first is the warning, the second the breach.
    limit: workingDays(1),
    warnAt: workingDays(0),
    onBreach: "visitation lead",
    source: "Praksisplan Midtjylland s.5.5 (hospital makes sure it reaches the right department)",
    basis: "default",
  },
  {
    id: "REF-NOTICE",
    version: 1,
    name: { da: "Brev til patienten", en: "Letter to the patient" },
    validFrom,
    appliesTo: {
      family: "referral",
      kinds: ["hospital", "psychiatry", "cancer"],
      debtorKinds: [...hospitals],
    },
    startsOn: arrives,
    ...never,
    stopsOn: ["PatientNoticeSent"],
    cancelsOn: ["PatientAttended", "ReferralConcluded", ...ended],
    limit: workingDays(8),
    warnAt: workingDays(6),
    onBreach: "patient guide office",
    source: "hjerteforeningen.dk; sst.dk (8 hverdage/11 kalenderdage); psykiatri-regionh.dk (max 8 days)",
    basis: "sourced",
  },
  {
    id: "REF-DIAG-RIGHT",
    version: 1,
    name: { da: "Udredningsret", en: "Right to a diagnosis" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["hospital", "psychiatry"], debtorKinds: [...hospitals] },
    startsOn: arrives,
    ...never,
    stopsOn: ["DiagnosisSettled", "ReferralConcluded"],
    cancelsOn: ended,
    limit: calendarDays(30),
    warnAt: calendarDays(21),
    onBreach: "offer other hospital / plan",
    source: "sum.dk; helbredsprofilen.dk",
    basis: "sourced",
  },
  {
    id: "REF-CANCER",
    version: 1,
    name: { da: "Maksimal ventetid til første undersøgelse", en: "Maximal wait to the first examination" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["cancer"], debtorKinds: [...hospitals] },
    startsOn: arrives,
    ...never,
    stopsOn: ["PatientAttended", "ReferralConcluded"],
    cancelsOn: ended,
    limit: calendarDays(14),
    warnAt: calendarDays(10),
    onBreach: "region has duty to act",
    source: "sst.dk maksimale ventetider (2024-02-08)",
    basis: "sourced",
  },
  {
    id: "IMG-DIRECT",
    version: 1,
    name: { da: "Svar på direkte billeddiagnostik", en: "Result of direct imaging" },
    validFrom,
    // Agreed per package: a region gives each examination an agreement of its own, by tier.
    appliesTo: { family: "referral", kinds: ["imaging"], debtorKinds: [...hospitals] },
    startsOn: arrives,
    ...never,
    stopsOn: ["ReferralConcluded"],
    cancelsOn: ended,
    limit: workingDays(10),
    warnAt: workingDays(7),
    onBreach: "radiology phones GP or on-duty GP",
    source: "Praksisplan Midtjylland s.5.5; 'agreed per package', no number found",
    basis: "default",
  },
  {
    id: "IMG-CRITICAL",
    version: 1,
    name: { da: "Kritisk fund ringes samme dag", en: "A critical finding is phoned the same day" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["imaging"], debtorKinds: [...hospitals] },
    startsOn: ["CriticalFindingFound"],
    ...never,
    stopsOn: ["CriticalFindingPhoned"],
    cancelsOn: ["ResultReviewed", ...ended],
    limit: calendarDays(0),
    warnAt: elapsed(60),
    onBreach: "radiology phones GP or on-duty GP",
    source: "pri.rn.dk/Sider/8577.aspx (IMG-DIRECT: critical finding: phone same day)",
    basis: "sourced",
  },
  ...municipalReferralAgreements,
];

/**
 * The patient's rights are counted from the first receipt, whoever has the referral now; every other promise of a new receiver
 * begins when the referral reaches it (maximal waiting times and diagnostic right, guide 4.1).
 */
const rights = ["REF-NOTICE", "REF-DIAG-RIGHT", "REF-CANCER"];
export const rightsOfThePatient: readonly string[] = rights;
export const promisesOfTheReceiver: readonly string[] = referralAgreements
  .map(({ id }) => id)
  .filter((id) => !rights.includes(id));
