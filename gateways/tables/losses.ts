/** What a value of ours may lose on its way into a version of a standard that has no room for it, and why. */
export const printingLosses = {
  "text-cut": "A text longer than the version allows is cut at the limit.",
  "text-split":
    "A text of more than 3150 characters stands in several blocks, as the versions have room for.",
  "text-empty": "An empty text where the version allows none is left out.",
  "name-unknown": "A required name that is not known is written _ (seen in MedCom's own examples).",
  "character-illegal": "A character that XML 1.0 forbids is written as the replacement character.",
  "style-nested": "Styles inside styles are not allowed (FormattedText.xsd): the outer one is kept.",
  "element-not-carried": "The version has no element for this value.",
  "element-repeated": "More occurrences than the version allows: the rest is left out.",
  "value-not-in-version":
    "The version's list lacks this value: a general one is written, or none. A speciality too, though an unknown one is read.",
  "required-missing": "The version requires this and the value has none: the document is not valid.",
  "identity-replaced": "The version lacks the identifier's kind: the location number is written instead.",
} as const;

/** The same for whoever reads Danish. */
export const printingLossesInDanish: Readonly<Record<keyof typeof printingLosses, string>> = {
  "text-cut": "En tekst, der er længere end versionen tillader, er afkortet.",
  "text-split": "En tekst på over 3150 tegn står i flere blokke, som versionerne har plads til.",
  "text-empty": "En tom tekst, hvor versionen ikke tillader det, er udeladt.",
  "name-unknown": "Et navn, der kræves og ikke kendes, skrives _ (som i MedComs egne eksempler).",
  "character-illegal": "Et tegn, som XML 1.0 forbyder, skrives som erstatningstegnet.",
  "style-nested": "Formatering i formatering er ikke tilladt (FormattedText.xsd): den yderste er bevaret.",
  "element-not-carried": "Versionen har intet element til værdien.",
  "element-repeated": "Flere forekomster end versionen tillader: resten er udeladt.",
  "value-not-in-version": "Værdien er ikke på versionens liste: der skrives en generel eller ingen.",
  "required-missing": "Versionen kræver værdien, og den findes ikke: dokumentet er ikke gyldigt.",
  "identity-replaced": "Versionen har ikke den slags identifikation: lokationsnummeret skrives i stedet.",
};

/** One thing that a printed document does not carry as the value had it. */
export interface Loss {
  readonly code: keyof typeof printingLosses;
  readonly path: string;
}

/** The bytes of a document and what it could not carry. */
export interface Printed {
  readonly bytes: Uint8Array;
  readonly losses: readonly Loss[];
}
