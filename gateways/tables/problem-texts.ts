import type { Problem } from "../../contracts/problem.ts";

/** What a problem with a document means, for the sender's log and for the refusal text. No text repeats a value. */
export const problemTexts = {
  "xml-malformed": { en: "Not well-formed XML.", da: "Ikke velformet XML." },
  "xml-forbidden": { en: "A DOCTYPE is not allowed.", da: "DOCTYPE er ikke tilladt." },
  "xml-too-deep": {
    en: "Nested too deeply, or too many elements.",
    da: "For dybt eller for mange elementer.",
  },
  "document-too-large": { en: "Larger than the limit.", da: "Større end grænsen." },
  "document-too-costly": {
    en: "Reading it took too much time or memory.",
    da: "Tager for lang tid eller for meget hukommelse at læse.",
  },
  "encoding-unknown": {
    en: "Use ISO-8859-1, windows-1252, UTF-8 or US-ASCII, and declare the one that is used.",
    da: "Brug og angiv ISO-8859-1, windows-1252, UTF-8 eller US-ASCII.",
  },
  "type-unknown": { en: "This type is not known.", da: "Typen kendes ikke." },
  "type-unspoken": { en: "This type is not received here.", da: "Typen modtages ikke." },
  "version-wrong": { en: "This version is not received.", da: "Versionen modtages ikke." },
  "namespace-wrong": {
    en: "The element is in another namespace than its letter.",
    da: "Elementet er i et andet navnerum end brevet.",
  },
  "element-missing": { en: "The element is required.", da: "Elementet mangler." },
  "element-unknown": { en: "There is no such element here.", da: "Elementet findes ikke her." },
  "element-misplaced": { en: "The element is out of order.", da: "Elementet står forkert i rækkefølgen." },
  "element-repeated": { en: "The element is there too often.", da: "Elementet forekommer for mange gange." },
  "choice-missing": { en: "One of several elements is required.", da: "Ét af flere elementer mangler." },
  "choice-conflict": {
    en: "Only one of these elements may stand.",
    da: "Kun ét af elementerne må forekomme.",
  },
  "text-unexpected": { en: "Text is not allowed here.", da: "Her må ikke stå tekst." },
  "attribute-unexpected": { en: "Attributes are not allowed here.", da: "Her må ikke stå attributter." },
  "attribute-missing": { en: "An attribute is required here.", da: "En attribut mangler." },
  "value-too-long": { en: "The value is too long.", da: "Værdien er for lang." },
  "value-too-short": { en: "The value is empty or too short.", da: "Værdien er tom eller for kort." },
  "value-not-in-list": { en: "The value is not one of the list.", da: "Værdien findes ikke på listen." },
  "value-format": { en: "The value is not of the right form.", da: "Værdien har ikke den rette form." },
  "cpr-not-a-date": {
    en: "A CPR number begins with a real date.",
    da: "Et CPR-nummer begynder med en dato, der findes.",
  },
  "base64-malformed": { en: "Not base64, or not whole.", da: "Ikke base64, eller ikke helt." },
  "attachment-size-differs": {
    en: "The attachment's size is not OriginalObjectSize.",
    da: "Bilagets størrelse er ikke OriginalObjectSize.",
  },
  "envelope-size-differs": {
    en: "The data's size is not SizeInBytes.",
    da: "Indholdets størrelse er ikke SizeInBytes.",
  },
  "envelope-empty": { en: "There is nothing in the envelope.", da: "Der er intet i konvolutten." },
  "envelope-nested": {
    en: "An envelope holds a document, and not another envelope.",
    da: "En konvolut indeholder et dokument og ikke en konvolut til.",
  },
  "header-differs": {
    en: "The envelope's header says something else than the message in it.",
    da: "Konvoluttens hoved siger noget andet end meddelelsen i den.",
  },
  "gln-check-digit": {
    en: "Not a location number of 13 digits with a valid check digit.",
    da: "Ikke et lokationsnummer på 13 cifre med gyldigt kontrolciffer.",
  },
  "identifier-form": {
    en: "The identifier does not look like what its code says.",
    da: "Identifikationen ligner ikke det, koden siger.",
  },
  "speciality-unknown": { en: "The speciality is not on the list.", da: "Specialet findes ikke på listen." },
  "replacement-cpr-form": {
    en: "Not a known form of replacement CPR number.",
    da: "Ikke en kendt form for erstatnings-CPR.",
  },
  "encoding-doubtful": {
    en: "Bytes 80-9F in ISO-8859-1: perhaps it is windows-1252.",
    da: "Byte 80-9F i ISO-8859-1: måske er det windows-1252.",
  },
  "namespace-mixed": {
    en: "The letter is of another version than its Emessage.",
    da: "Brevet er af en anden version end sin Emessage.",
  },
  "name-without-prefix": {
    en: "The document's Name lacks MCM:.",
    da: "Dokumentets Name mangler MCM:.",
  },
  "identifier-not-uuid": { en: "The identifier is not a UUID.", da: "Identifikationen er ikke et UUID." },
  "escaped-tags": {
    en: "Escaped tags were read as the formatting they stand for.",
    da: "Undvegne mærker er læst som den formatering, de står for.",
  },
  "date-zone": { en: "A time zone on a date was dropped.", da: "En tidszone på en dato er udeladt." },
  "local-elements": { en: "Local_Elements was not read.", da: "Local_Elements er ikke læst." },
} as const satisfies Record<string, { en: string; da: string }>;

export type ProblemCode = keyof typeof problemTexts;

export const problemOf = (code: ProblemCode, path: string): Problem => ({
  path,
  code,
  message: problemTexts[code].en,
  severity: "error",
});
export const warningOf = (code: ProblemCode, path: string): Problem => ({
  ...problemOf(code, path),
  severity: "warning",
});

/** The Danish text of a problem's code, for a refusal. */
export const danishTextOf = (code: string): string | undefined =>
  Object.entries(problemTexts).find(([known]) => known === code)?.[1].da;
