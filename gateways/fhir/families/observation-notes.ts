import { type Problem, warning } from "../../../contracts/problem.ts";

/**
 * What a HomeCareObservation says and an episode has no field for, or that was read in another way than it stands, by its code: kept
 * with the command as warnings. The message itself is kept whole beside it.
 */
const meanings = {
  "value-not-scored": [
    "Observation.value",
    "A value cannot be scored as it stands (its unit, its form, or what can be measured): it is kept as a result. / En værdi kan ikke scores, som den står (enhed, form eller hvad der kan måles): den er bevaret som resultat.",
  ],
  "value-twice": [
    "Observation.code",
    "The same was measured more than once: the last is scored, and all are kept. / Det samme er målt flere gange: den sidste måling scores, og alle er bevaret.",
  ],
  "consciousness-by-points": [
    "Observation.value",
    "One point of consciousness is agitated or reacts only when spoken to: it is scored as the latter. / Ét point for bevidsthed er agiteret eller reagerer kun på tiltale: det scores som det sidste.",
  ],
  "total-unreadable": [
    "Observation.value",
    "The sender's total is not a whole number: it is kept as a result. / Afsenderens score er ikke et helt tal: den er bevaret som resultat.",
  ],
  "performer-unnamed": [
    "DiagnosticReport.performer",
    "Whoever measured is told of without a name, or with one that there is no room for. / Den, der har målt, er oplyst uden navn eller med et, der ikke er plads til.",
  ],
  "producer-elsewhere": [
    "DiagnosticReport.performer",
    "Another unit than the sender answers for the report: it stands in the message alone. / En anden enhed end afsenderen står for svaret: den står kun i meddelelsen.",
  ],
  "organisation-measured": [
    "Observation.performer",
    "An organisation is named as who measured: it stands in the message alone. / En organisation er nævnt som den, der har målt: den står kun i meddelelsen.",
  ],
  "media-not-kept": [
    "DiagnosticReport.media",
    "A picture or document without its content, or beyond ten, stands in the message alone. / Et billede eller dokument uden indhold, eller ud over ti, står kun i meddelelsen.",
  ],
  "patient-in-message-alone": [
    "Patient",
    "What is told of the citizen beyond a number and a name stands in the message alone. / Andet om borgeren end et nummer og et navn står kun i meddelelsen.",
  ],
  "patient-unnamed": [
    "Patient.name",
    "The citizen's name is not told, or is longer than there is room for. / Borgerens navn er ikke oplyst, eller er længere, end der er plads til.",
  ],
  "earlier-unknown": [
    "Provenance.entity",
    "The message changes one that is not known here: it is taken as a new one. / Meddelelsen ændrer en, der ikke kendes her: den er modtaget som en ny.",
  ],
  "sharing-refused-apart": [
    "DiagnosticReport.meta.security",
    "The citizen refuses that it is shared: it is kept in a case of its own, which only the practice sees. / Borgeren har nægtet videregivelse: det er bevaret i en egen sag, som kun praksis ser.",
  ],
} as const satisfies Readonly<Record<string, readonly [path: string, text: string]>>;

export type ObservationNote = keyof typeof meanings;

export const noteOf = (code: ObservationNote): Problem => {
  const [path, text] = meanings[code];
  return warning(path, code, text);
};
