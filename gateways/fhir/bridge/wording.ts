import type { FormattedText } from "../../../contracts/formatted-text.ts";

/** The fixed words of MedCom's conversion (mapping sheets of January 2026; guide to MedCom FHIR, section 11). */
export const wording = {
  highPriority: "Denne meddelelse har høj prioritet.",
  unknownTopic: "Ukendt emne",
  unknownPhone: "0000 0000",
  unknownRole: "ukendt",
  /** MedCom wants a given name and a family name; the family name is the organisation's. */
  unknownGivenName: "Ukendt",
  moreNumbers:
    "Der er modtaget flere end et CPR-nummer i korrespondancemeddelelsen. Derfor er de resterende medsendte CPR-numre indsat her",
  author: "Forfatter",
  role: "Stilling",
  specificSender: "Specifik afsender",
  specificRecipient: "Specifik modtager",
  reply: "Meddelelsen er et svar på en tidligere meddelelse.",
  forward: "Meddelelsen er videresendt.",
  corrected: "Meddelelsen retter en tidligere meddelelse.",
  earlier: "Tidligere i korrespondancen:",
  attachment: "Bilag",
  notCarried: "Bilag, der ikke kunne overføres",
  address: "Adresse",
  noText: "Ingen tekst.",
} as const;

/** Names of letters that are not known are written so (seen in MedCom's own examples). */
export const unnamed = "_";

/** At most `max` characters, never half of one. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  const last = cut.charCodeAt(max - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
};

const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** What XML cannot carry becomes the replacement character, as in the letters that the hub prints. */
const writable = (text: string): string => text.replace(unwritable, "\u{fffd}");

/** A field of a letter as FHIR may carry it: nothing for one without a visible character. */
export const visible = (text: string | undefined): string | undefined => {
  const written = text === undefined ? "" : writable(text);
  return /\S/.test(written) ? written : undefined;
};

const isPlain = (run: FormattedText[number]): boolean =>
  typeof run === "string" ? !/[\r\n]/.test(run) : run.el === "Break";

/** Whether a text has nothing but words and line breaks. */
export const isPlainText = (text: FormattedText): boolean => text.every(isPlain);
