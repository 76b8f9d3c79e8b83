import { z } from "zod";

export const LegalBasis = z.enum([
  "own-message",
  "current-treatment",
  "discharge-letter",
  "consent",
  "value-spring",
  "section-12c",
  "operation",
  "repair",
  "figures",
  "control",
  "no-patient-data",
]);
export type LegalBasis = z.infer<typeof LegalBasis>;

/**
 * Why somebody may read what, and a message may be sent: the rules that a row of the policy, or of the table of messages, stands on, each by a stable code, with where it is written. Sure
 * (`H`) or as we read it (`M`), as the domain guide says.
 */
export const legalBases = {
  "own-message": {
    source: "Sundhedsloven § 41, stk. 2, nr. 1; its sender or addressee",
    sure: "H",
    da: "Beskeden er sendt af eller til organisationen selv.",
    en: "The organisation itself sent the message, or it was sent to it.",
  },
  "current-treatment": {
    source: "Sundhedsloven § 41, stk. 2, nr. 1, and § 42 a, stk. 1",
    sure: "H",
    da: "Nødvendigt for et aktuelt behandlingsforløb.",
    en: "Necessary for a current course of treatment.",
  },
  "discharge-letter": {
    source: "Sundhedsloven § 41, stk. 2, nr. 2-3",
    sure: "H",
    da: "Udskrivningsbrev eller epikrise til egen læge eller den henvisende læge.",
    en: "Discharge letter to the registered or the referring doctor.",
  },
  consent: {
    source: "Sundhedsloven § 41, stk. 1, and § 42 (written or oral consent, noted)",
    sure: "H",
    da: "Borgeren har samtykket.",
    en: "The citizen has consented.",
  },
  "value-spring": {
    source: "Sundhedsloven § 41, stk. 2, nr. 4, and § 42 a (værdispring)",
    sure: "H",
    da: "Værdispring: nødvendigt for at varetage et væsentligt hensyn.",
    en: "Value spring: necessary for an essential regard.",
  },
  "section-12c": {
    source: "Retssikkerhedsloven § 12 c (municipality and health care about a stay or help at home)",
    sure: "M",
    da: "Retssikkerhedslovens § 12 c: kommunen og sundhedsvæsenet om indlæggelse og hjælp.",
    en: "Section 12 c: municipality and health care about a stay and help at home.",
  },
  operation: {
    source: "GDPR art. 28 and 32: the processor's running of the service; no content",
    sure: "H",
    da: "Drift af knudepunktet, uden kliniske oplysninger.",
    en: "Running the hub, without clinical content.",
  },
  repair: {
    source: "GDPR art. 32, 1 (b)-(c): restoring a message that failed, with a reason",
    sure: "M",
    da: "Genopretning af en fejlet besked, med begrundelse.",
    en: "Restoring a message that failed, with a reason.",
  },
  figures: {
    source: "GDPR recital 26: groups of five or more, nobody can be told apart",
    sure: "H",
    da: "Tal om grupper på mindst fem.",
    en: "Figures of groups of at least five.",
  },
  control: {
    source: "GDPR art. 32 and 15; sikkerhedsbekendtgørelsen § 19 as a yardstick",
    sure: "H",
    da: "Kontrol af opslag og indsigt til borgeren.",
    en: "Control of look-ups, and access for the citizen.",
  },
  "no-patient-data": {
    source: "No personal data of patients",
    sure: "H",
    da: "Ingen oplysninger om borgere.",
    en: "Nothing about citizens.",
  },
} as const satisfies Record<LegalBasis, { source: string; sure: "H" | "M"; da: string; en: string }>;
