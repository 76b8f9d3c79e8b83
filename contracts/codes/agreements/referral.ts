import type { Agreement } from "../../agreement.ts";
import { imagingReferralAgreements } from "./referral-imaging.ts";
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

/**
 * Promises about referrals (guide to the domain, section 10). Each names every fact that ends it, so that no clock of a former
 * receiver stays open.
 */
export const referralAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "REF-TRIAGE",
    promise: "REF-TRIAGE",
    version: 1,
    name: { da: "Visitation af henvisning", en: "Triage of a referral" },
    validFrom,
    appliesTo: {
      family: "referral",
      kinds: ["hospital", "imaging", "psychiatry", "cancer"],
    },
    parties: { debtor: { kinds: [...hospitals] } },
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
    measuredTo: "delivery",
    limit: workingDays(1),
    calendar: "workingDays",
    // Four working hours: within the opening hours of who owes the triage.
    warnAt: { kind: "openingMinutes", minutes: 240 },
    escalation: [
      { to: "team", da: "Visitationens leder ser til det.", en: "The visitation lead sees to it." },
    ],
    source: { document: "sst.dk Henvisning og visitation ('ofte senest hverdagen efter')" },
    basis: "sourced",
  },
  {
    kind: "clock",
    id: "COR-REFQUERY-ASAP",
    promise: "COR-REFQUERY-ASAP",
    version: 1,
    name: { da: "Svar på spørgsmål til henvisning", en: "Answer to a question about a referral" },
    validFrom,
    appliesTo: { family: "referral" },
    parties: {},
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
    measuredTo: "delivery",
    limit: workingDays(1),
    calendar: "workingDays",
    warnAt: { kind: "openingMinutes", minutes: 240 },
    escalation: [
      {
        to: "phone",
        da: "Hospitalets visitation ringer til lægen.",
        en: "The hospital triage desk phones the GP.",
      },
    ],
    source: {
      document: "MedCom use case 2.2.13 (priority), limit is default",
      section: "2.2.13",
      note: "One working day is a default.",
    },
    basis: "default",
  },
  {
    kind: "clock",
    id: "REF-FORWARD",
    promise: "REF-FORWARD",
    version: 1,
    name: { da: "Omvisitering", en: "Forwarding to the right unit" },
    validFrom,
    appliesTo: { family: "referral" },
    parties: { debtor: { kinds: [...hospitals] } },
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
    measuredTo: "delivery",
    limit: workingDays(1),
    calendar: "workingDays",
    warnAt: workingDays(0),
    escalation: [
      { to: "team", da: "Visitationens leder ser til det.", en: "The visitation lead sees to it." },
    ],
    source: {
      document: "Praksisplan Midtjylland s.5.5 (hospital makes sure it reaches the right department)",
      section: "5.5",
      note: "The duty was read; one working day is a default.",
    },
    basis: "default",
  },
  {
    kind: "clock",
    id: "REF-NOTICE",
    promise: "REF-NOTICE",
    version: 1,
    name: { da: "Brev til patienten", en: "Letter to the patient" },
    validFrom,
    appliesTo: {
      family: "referral",
      kinds: ["hospital", "psychiatry", "cancer"],
    },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: arrives,
    ...never,
    stopsOn: ["PatientNoticeSent"],
    cancelsOn: ["PatientAttended", "ReferralConcluded", ...ended],
    measuredTo: "delivery",
    limit: workingDays(8),
    calendar: "workingDays",
    warnAt: workingDays(6),
    escalation: [
      {
        to: "team",
        da: "Patientvejlederen hjælper patienten.",
        en: "The patient guide office helps the patient.",
      },
    ],
    source: {
      document: "hjerteforeningen.dk; sst.dk (8 hverdage/11 kalenderdage); psykiatri-regionh.dk (max 8 days)",
    },
    basis: "sourced",
  },
  {
    kind: "clock",
    id: "REF-DIAG-RIGHT",
    promise: "REF-DIAG-RIGHT",
    version: 1,
    name: { da: "Udredningsret", en: "Right to a diagnosis" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["hospital", "psychiatry"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: arrives,
    ...never,
    stopsOn: ["DiagnosisSettled", "ReferralConcluded"],
    cancelsOn: ended,
    measuredTo: "delivery",
    limit: calendarDays(30),
    calendar: "everyDay",
    warnAt: calendarDays(21),
    escalation: [
      {
        to: "nextInLine",
        da: "Patienten tilbydes et andet hospital eller en skriftlig plan.",
        en: "The patient is offered another hospital or a written plan.",
      },
    ],
    source: { document: "sum.dk; helbredsprofilen.dk" },
    basis: "sourced",
  },
  {
    kind: "clock",
    id: "REF-CANCER",
    promise: "REF-CANCER",
    version: 1,
    name: { da: "Maksimal ventetid til første undersøgelse", en: "Maximal wait to the first examination" },
    validFrom,
    appliesTo: { family: "referral", kinds: ["cancer"] },
    parties: { debtor: { kinds: [...hospitals] } },
    startsOn: arrives,
    ...never,
    stopsOn: ["PatientAttended", "ReferralConcluded"],
    cancelsOn: ended,
    measuredTo: "delivery",
    limit: calendarDays(14),
    calendar: "everyDay",
    warnAt: calendarDays(10),
    escalation: [
      { to: "nextInLine", da: "Regionen har pligt til at handle.", en: "The region has a duty to act." },
    ],
    source: { document: "sst.dk maksimale ventetider (2024-02-08)" },
    basis: "sourced",
  },
  ...imagingReferralAgreements,
  ...municipalReferralAgreements,
];

/**
 * The patient's rights are counted from the first receipt, whoever has the referral now; every other promise of a new receiver
 * begins when the referral reaches it (maximal waiting times and diagnostic right, guide 4.1).
 */
const rights = ["REF-NOTICE", "REF-DIAG-RIGHT", "REF-CANCER"];
export const rightsOfThePatient: readonly string[] = rights;
export const promisesOfTheReceiver: readonly string[] = referralAgreements
  .map(({ promise }) => promise)
  .filter((promise, i, all) => !rights.includes(promise) && all.indexOf(promise) === i);
