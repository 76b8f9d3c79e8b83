export type Language = "da" | "en";

/** The same thing in Danish and in English. */
export type Words = readonly [da: string, en: string];

export const say = (words: Words, language: Language): string => words[language === "da" ? 0 : 1];

/** What the page itself says. */
export const pageWords = {
  document: ["Dokument", "Document"],
  unknownType: ["Dokument af ukendt type", "Document of unknown type"],
  unreadable: ["Dokumentet kan ikke læses", "The document cannot be read"],
  notTaken: ["Dokumentet kan ikke modtages", "The document cannot be taken"],
  refused: ["Dette brev kan ikke modtages", "This letter cannot be taken"],
  refusedNote: [
    "Nedenfor står det, der kunne læses. Fejlene står til sidst.",
    "What could be read is below. The problems are at the end.",
  ],
  notSpoken: ["Indholdet vises, som det er skrevet.", "What it holds is shown as written."],
  seeProblems: ["Se fejlene", "See the problems"],
  corrected: [
    "Rettet brev. Det træder i stedet for et tidligere brev.",
    "Corrected letter. It takes the place of an earlier letter.",
  ],
  cancelled: [
    "Annulleret. Brevet, det handler om, gælder ikke længere.",
    "Cancelled. The letter that it is about holds no longer.",
  ],
  authorised: ["Godkendt", "Authorised"],
  contents: ["Breve i forsendelsen", "Letters in the message"],
  letterNo: ["Brev", "Letter"],
  patient: ["Patient", "Patient"],
  nameUnknown: ["Navn ikke oplyst", "Name not given"],
  important: ["Det vigtigste", "Most important"],
  course: ["Forløb", "Course"],
  order: ["Om henvendelsen", "About the request"],
  clinical: ["Kliniske oplysninger", "Clinical information"],
  diagnoses: ["Henvisning og diagnoser", "Referral and diagnoses"],
  visitation: ["Visitation", "Triage"],
  relatives: ["Pårørende", "Relatives"],
  attachments: ["Bilag og henvisninger", "Attachments and references"],
  parties: ["Fra og til", "From and to"],
  receipt: ["Kvitteringen siger", "The receipt says"],
  more: ["Andre oplysninger", "Other information"],
  technical: ["Tekniske oplysninger", "Technical details"],
  technicalLetter: ["Brevet", "The letter"],
  technicalEnvelope: ["Kuverten", "The envelope"],
  technicalVans: ["VANS-kuverten", "The VANS envelope"],
  technicalOther: ["Resten af dokumentet", "The rest of the document"],
  encoding: ["Tegnsæt", "Encoding"],
  namespace: ["Navnerum", "Namespace"],
  problems: ["Fejl", "Problems"],
  warnings: ["Advarsler", "Warnings"],
  warningsNote: [
    "Brevet kan modtages alligevel, men noget er værd at se på.",
    "The letter can be taken all the same, but something is worth a look.",
  ],
  where: ["Hvor", "Where"],
  what: ["Hvad", "What"],
  code: ["Kode", "Code"],
  whole: ["Hele dokumentet", "The whole document"],
  line: ["linje", "line"],
  which: ["Hvilken", "Which"],
  number: ["Nr.", "No."],
  unnamedElement: ["element", "element"],
  piece: ["stykke", "piece"],
  text: ["Tekst", "Text"],
  notBase64: ["Kan ikke læses som base64", "Cannot be read as base64"],
  emptyPart: ["(tom)", "(empty)"],
  readOnly: [
    "Siden viser et MedCom-dokument, som det er modtaget. Originalen er den, der gælder.",
    "This page shows a MedCom document as it was received. The original is what counts.",
  ],
} as const satisfies Record<string, Words>;

export type PageWord = keyof typeof pageWords;
