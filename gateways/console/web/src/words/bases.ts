import type { LegalBasis } from "../../../../../contracts/access/law.ts";
import type { Both } from "./both.ts";

/** What a document was passed on by, in law, as short as it can stand beside it. */
export const basisWords: Both<Record<LegalBasis, string>> = {
  da: {
    "own-message": "Hjemmel: bliver i egen organisation",
    "current-treatment": "Hjemmel: aktuel behandling",
    "discharge-letter": "Hjemmel: udskrivningsbrev til egen eller henvisende læge",
    consent: "Hjemmel: borgerens samtykke",
    "value-spring": "Hjemmel: værdispring",
    "section-12c": "Hjemmel: retssikkerhedslovens § 12 c (kommune og sundhedsvæsen)",
    operation: "Hjemmel: drift, uden kliniske oplysninger",
    repair: "Hjemmel: genopretning af en fejlet besked",
    figures: "Hjemmel: tal om grupper",
    control: "Hjemmel: kontrol af opslag",
    "no-patient-data": "Ingen oplysninger om borgere",
  },
  en: {
    "own-message": "Basis: stays in the organisation",
    "current-treatment": "Basis: current treatment",
    "discharge-letter": "Basis: discharge letter to own or referring doctor",
    consent: "Basis: the citizen's consent",
    "value-spring": "Basis: value spring (essential regard)",
    "section-12c": "Basis: section 12 c (municipality and health care)",
    operation: "Basis: running the hub, no clinical content",
    repair: "Basis: restoring a message that failed",
    figures: "Basis: figures of groups",
    control: "Basis: control of look-ups",
    "no-patient-data": "Nothing about citizens",
  },
};
