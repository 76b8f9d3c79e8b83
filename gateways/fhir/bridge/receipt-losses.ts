import type { ToldLoss } from "./converted.ts";

/** What receipts and Acknowledgements do not say of one another (map of XCTL to Acknowledgement; guide to MedCom FHIR, sections 6, 11). */
const table = {
  "receipt-ids": [
    "Acknowledgement",
    ["bundleId", "messageId", "created"],
    "Kvitteringen har sit eget nummer og sit eget tidspunkt.",
    "The receipt has a number and a time of its own.",
  ],
  "receipt-history": [
    "Acknowledgement",
    ["history"],
    "Historikken (Provenance) følger ikke med.",
    "The history (Provenance) does not come along.",
  ],
  "transient-as-refused": [
    "Acknowledgement",
    ["code"],
    "En midlertidig fejl er en afvisning: OIOXML kender ikke forskel.",
    "A fault that will pass is a refusal: OIOXML has one for both.",
  ],
  "issues-in-words": [
    "Acknowledgement",
    ["issues"],
    "Bemærkningerne bliver til én af fem afvisningskoder og en tekst.",
    "What was wrong becomes one of five codes and a text.",
  ],
  "letter-receipt-ids": [
    "receipt",
    ["letterId", "originalEnvelopeId", "originalLetters"],
    "Kvitteringen nævner FHIR-meddelelsens id i stedet for brevets og kuvertens.",
    "The answer names the id of the FHIR message instead of the letter's and its envelope's.",
  ],
  "refusal-as-issues": [
    "receipt",
    ["refuseCode", "refuseText", "originalLetters"],
    "Afvisningskoden er omsat til MedComs koder for FHIR; hvilket brev den gjaldt, følger ikke med.",
    "The reason is told by MedCom's codes of FHIR; which letter it was about does not come along.",
  ],
} as const satisfies Readonly<Record<string, readonly [string, readonly string[], string, string]>>;

export type ReceiptLoss = keyof typeof table;

export const receiptLosses = (codes: readonly ReceiptLoss[]): ToldLoss[] =>
  codes.map((code) => {
    const [of, paths, da, en] = table[code];
    return { code, of, paths, da, en };
  });
