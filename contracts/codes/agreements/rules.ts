import type { AgreementEntry } from "../../agreement.ts";

const validFrom = "2026-01-01";

/** Agreements that are no times: what a document holds or is not used for, and when somebody is reached (guide, section 10). */
export const ruleAgreements: readonly AgreementEntry[] = [
  {
    kind: "rule",
    id: "COR-URGENT-BLOCK",
    promise: "COR-URGENT-BLOCK",
    version: 1,
    name: { da: "Ingen hastesager i korrespondance", en: "No urgent matter by correspondence" },
    validFrom,
    appliesTo: { family: "advice", kinds: ["correspondence"] },
    parties: {},
    rule: {
      da: "Det, der haster, ringes. Prioritet må kun angives, når korrespondancen handler om en henvisning.",
      en: "What is urgent is phoned. A priority is given only when the correspondence is about a referral.",
    },
    whenBroken: "refuse",
    source: {
      document: "hjoerring.dk; MedCom CareCommunication clinical guideline s.7",
      section: "7",
      note: "CareCommunication is refused by the rules of FHIR; older letters have no priority to refuse.",
    },
    basis: "sourced",
  },
  {
    kind: "rule",
    id: "EPI-72H-CONTENT",
    promise: "EPI-72H-CONTENT",
    version: 1,
    name: { da: "Epikrise til 72-timers patient", en: "Summary of a patient under the 72 hours" },
    validFrom,
    appliesTo: { family: "discharge", kinds: ["summary"] },
    parties: { debtor: { kinds: ["hospital", "department"] } },
    rule: {
      da: "Epikrisen oplyser, at de 72 timer gælder, hvornår de ender, og et telefonnummer.",
      en: "The summary tells that the 72 hours apply, when they end, and a telephone number.",
    },
    whenBroken: "refuse",
    source: {
      document: "https://sygehussonderjylland.dk/...72-timers-udvidet-behandlingsansvar (Oct 2023)",
    },
    basis: "sourced",
  },
  {
    kind: "rule",
    id: "PSY-REFERRAL",
    promise: "PSY-REFERRAL",
    version: 1,
    name: {
      da: "Somatisk udredning ved henvisning til psykiatri",
      en: "Somatic work-up of a psychiatric referral",
    },
    validFrom,
    appliesTo: { family: "referral", kinds: ["psychiatry"] },
    parties: {},
    rule: {
      da: "Henvisningen har resultatet af den somatiske udredning, eller siger at den ikke er afsluttet, og hvor lægen kan nås.",
      en: "The referral carries the result of the somatic work-up, or tells that it is not finished and where the GP is reached.",
    },
    whenBroken: "warn",
    source: { document: "Praksisplan Midtjylland s.5.3; psykiatri-regionh.dk", section: "5.3" },
    basis: "sourced",
  },
  {
    kind: "availability",
    id: "ADVICE-PHONE",
    promise: "ADVICE-PHONE",
    version: 1,
    name: { da: "Specialistrådgivning i telefon", en: "Specialist advice by phone" },
    validFrom,
    appliesTo: { family: "advice", kinds: ["specialist"] },
    parties: { debtor: { kinds: ["hospital", "department"] }, creditor: { kinds: ["practice"] } },
    hours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "15:30" }],
    calendar: "workingDays",
    otherwise: { da: "Specialisten ringer tilbage.", en: "The specialist calls back." },
    source: {
      document: "ouh.dk SDCO diabetes hotline",
      note: "One hotline's hours, from doctor to doctor: an example that each department sets for itself.",
    },
    basis: "sourced",
  },
  {
    kind: "availability",
    id: "GP-PHONE",
    promise: "GP-PHONE",
    version: 1,
    name: { da: "Lægens telefon for kommunens personale", en: "The GP's telephone for municipal staff" },
    validFrom,
    appliesTo: { family: "any" },
    parties: { debtor: { kinds: ["practice"] }, creditor: { kinds: ["municipality", "acuteTeam"] } },
    hours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }],
    calendar: "workingDays",
    limit: { kind: "openingMinutes", minutes: 5 },
    otherwise: {
      da: "En navngiven vikar; efter kl. 16 lægevagten.",
      en: "A named substitute; after 16:00 the out-of-hours doctor.",
    },
    source: {
      document: "Praksisplan Midtjylland s.6.1",
      section: "6.1",
      note: "The hours were read; five minutes on the direct line are a default. The number is in the directory.",
    },
    basis: "default",
  },
];
