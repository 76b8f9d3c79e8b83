/**
 * Everything in which a message may differ after it went to the other standard and back, and why (MedCom's mapping sheets of
 * January 2026; guide to MedCom FHIR, section 11). `touches`: the places that may differ, `*` for any index, of the form that is
 * named in `of`; a property test compares and allows nothing else. The hub keeps every message whole beside what it made of it.
 */
export interface LossRow {
  readonly of: "CareCommunication" | "letter";
  readonly touches: readonly string[];
  readonly da: string;
  readonly en: string;
}

const care = (touches: readonly string[], da: string, en: string): LossRow => ({
  of: "CareCommunication",
  touches,
  da,
  en,
});
const letter = (touches: readonly string[], da: string, en: string): LossRow => ({
  of: "letter",
  touches,
  da,
  en,
});

export const lossTable = {
  // ---- CareCommunication to XDIS91 and XBIN01
  "message-ids": care(
    ["bundleId", "messageId", "created"],
    "Brevet har sit eget nummer og sit eget tidspunkt.",
    "The letter has a number and a time of its own.",
  ),
  history: care(
    ["history"],
    "Trådens historik (Provenance) følger ikke med.",
    "The history of the thread (Provenance) does not come along.",
  ),
  "thread-id": care(["threadId"], "Trådens id følger ikke med.", "The id of the thread does not come along."),
  "category-code": care(
    ["category", "topic", "priority"],
    "Kategorien står med ord i brevets emne.",
    "The category stands in words in the subject of the letter.",
  ),
  "subject-cut": care(["topic"], "Emnet er forkortet til 70 tegn.", "The subject is cut at 70 characters."),
  "payload-order": care(
    ["payloads"],
    "Teksterne står i ét brev: de nye først, derefter de tidligere.",
    "The texts stand in one letter: the new ones first, then the earlier ones.",
  ),
  "authors-in-words": care(
    ["payloads"],
    "Forfatter og stilling står med ord i teksten.",
    "Author and role stand in words in the text.",
  ),
  "times-to-the-minute": care(
    ["payloads"],
    "Tidspunkter er dansk tid i hele minutter.",
    "Times are Danish, to the minute.",
  ),
  "attachment-dates": care(
    ["payloads"],
    "Bilagenes dato, forfatter og oprettelse følger ikke med.",
    "When and by whom attachments were made does not come along.",
  ),
  "attachment-id": care(
    ["payloads"],
    "Et bilags id var ikke et UUID og er erstattet.",
    "The id of an attachment was no UUID, and was replaced.",
  ),
  "attachment-untitled": care(
    ["payloads"],
    "Et bilag uden titel hedder »Bilag«.",
    "An attachment without a title is called `Bilag`.",
  ),
  "title-cut": care(
    ["payloads"],
    "Et bilags titel er forkortet til 70 tegn.",
    "The title of an attachment is cut at 70 characters.",
  ),
  "attachment-without-content": care(
    ["payloads"],
    "Bilag, der kun er omtalt, følger ikke med.",
    "Attachments that are only told of do not come along.",
  ),
  "attachment-not-carried": care(
    ["payloads"],
    "Et bilag kunne ikke overføres; det er nævnt i teksten.",
    "An attachment could not be carried; the text names it.",
  ),
  contact: care(
    ["payloads"],
    "En kontaktoplysning, der ikke er et telefonnummer på højst 25 tegn, følger ikke med.",
    "A contact that is no telephone number of at most 25 characters does not come along.",
  ),
  "specific-in-words": care(
    ["specificSender", "specificRecipient", "payloads"],
    "Specifik afsender og modtager står med ord i teksten.",
    "The specific sender and recipient stand in words in the text.",
  ),
  "party-names": care(
    ["sender", "receiver"],
    "Parternes navn er forkortet til 35 tegn, eller slået op; kun GLN og SOR følger med af deres identifikationer.",
    "The names of the parties are cut at 35 characters, or looked up; of their identifiers only GLN and SOR come along.",
  ),
  "patient-numbers": care(
    ["patient.national", "patient.regional", "patient.cpr", "payloads"],
    "Kun ét CPR-nummer har et felt; de øvrige står i teksten.",
    "Only one number of the citizen has a field; the others stand in the text.",
  ),
  "patient-number-system": care(
    ["patient.regional", "patient.national"],
    "Hvilken region der gav et erstatnings-CPR, følger ikke med.",
    "Which region gave a replacement number does not come along.",
  ),
  "patient-name": care(
    ["patient.surname", "patient.givenNames"],
    "Fornavne står i ét felt; navne over 70 tegn er forkortet, og et ukendt efternavn skrives _.",
    "Given names stand in one field; names over 70 characters are cut, and an unknown surname is written _.",
  ),
  "patient-address": care(
    ["patient.address"],
    "Adressen har én linje på 35 tegn.",
    "The address has one line of 35 characters.",
  ),
  "patient-telecom": care(
    ["patient.telecoms"],
    "Borgerens kontaktoplysninger følger ikke med.",
    "How the citizen is reached does not come along.",
  ),
  "patient-organisation": care(
    ["patient.managingOrganisation"],
    "Borgerens organisation følger ikke med.",
    "The citizen's organisation does not come along.",
  ),
  deceased: care(
    ["patient.deceased"],
    "At borgeren udtrykkeligt lever, har intet felt.",
    "That the citizen is said to be alive has no field.",
  ),
  encounter: care(
    ["encounter"],
    "Af kontakten følger ét forløbs-id og en grov status med.",
    "Of the encounter one id of the course and a rough status come along.",
  ),
  "url-too-long": care(
    ["payloads"],
    "En adresse over 350 tegn står i teksten.",
    "An address of more than 350 characters stands in the text.",
  ),

  // ---- XDIS91 and XBIN01 to CareCommunication
  "letter-number": letter(
    ["letterId", "statisticalCode"],
    "Meddelelsen har sine egne id'er.",
    "The message has ids of its own.",
  ),
  "corrected-in-words": letter(
    ["status", "texts"],
    "At brevet retter et tidligere, står med ord i teksten.",
    "That the letter corrects another stands in words in the text.",
  ),
  "parties-as-organisations": letter(
    ["sender", "receiver"],
    "Af parterne følger GLN, SOR, navn og telefon med; navn, afdeling og enhed er ét felt.",
    "Of the parties GLN, SOR, name and telephone come along; name, department and unit are one field.",
  ),
  "patient-details": letter(
    ["patient.suburb", "patient.occupation"],
    "Borgerens bydel og stilling følger ikke med.",
    "The citizen's suburb and occupation do not come along.",
  ),
  "patient-fields": letter(
    ["patient"],
    "Felter uden synlige tegn udelades, og tegn, som XML ikke kan bære, erstattes.",
    "Fields without visible characters are left out, and characters that XML cannot carry are replaced.",
  ),
  "episode-status": letter(
    ["patient.episodeOfCareStatus"],
    "Status uden forløbs-id følger kun med for døde; røntgenambulant bliver ambulant.",
    "A status without an id of the course comes along only for the dead; ambulatory X-ray becomes ambulatory.",
  ),
  "episode-id": letter(
    ["episodeOfCareId"],
    "Forløbs-id'et skrives uden bindestreger i et brev.",
    "In a letter the id of the course is written without hyphens.",
  ),
  "hour-left-out": letter(
    ["authorised"],
    "Et klokkeslæt i den time, som sommertiden springer over, læses som vintertid.",
    "A time in the hour that summer time leaves out is read by winter time.",
  ),
  "priority-in-words": letter(
    ["priority", "texts"],
    "Høj prioritet uden for henvisninger står med ord i teksten; rutine har intet felt.",
    "High priority outside referrals stands in words in the text; routine has no field.",
  ),
  "subject-with-category": letter(
    ["subject"],
    "Emnet får kategorien »Andet« foran; et brev uden emne får »Ukendt emne«.",
    "The subject gets the category `Andet` before it; a letter without one gets `Ukendt emne`.",
  ),
  formatting: letter(
    ["texts"],
    "Teksten er ren tekst: fed, kursiv og faste bredder falder bort.",
    "The text is plain: bold, italics and fixed widths fall away.",
  ),
  "text-blocks": letter(["texts"], "Brevets tekstblokke er én tekst.", "The blocks of text are one text."),
  "text-characters": letter(
    ["texts", "subject", "references"],
    "Tegn, som XML ikke kan bære, erstattes; en tom tekst bliver »Ingen tekst.«",
    "Characters that XML cannot carry are replaced; an empty text becomes `Ingen tekst.`",
  ),
  "reference-sup": letter(
    ["references", "texts"],
    "En henvisning til supplerende materiale (SUP) står i teksten.",
    "A reference to supplementary material (SUP) stands in the text.",
  ),
  "reference-content": letter(
    ["references"],
    "Bilagets art og størrelse følger af indholdet.",
    "What kind of thing an attachment is, and its size, follow from its content.",
  ),
  "attachment-missing": letter(
    ["references", "texts"],
    "Et bilag, hvis indhold ikke er kommet, er nævnt i teksten.",
    "An attachment whose content has not come is named in the text.",
  ),
  "attachment-type": letter(
    ["references", "texts"],
    "Bilag af en type, som FHIR-meddelelsen ikke tillader, er nævnt i teksten.",
    "Attachments of a type that the FHIR message does not allow are named in the text.",
  ),
  "reference-url": letter(
    ["references", "texts"],
    "Blanktegn i en adresse er kodet; en adresse, der ikke viser, hvilken type fil den fører til, står i teksten.",
    "Blanks in an address are encoded; an address that does not show which type of file it leads to stands in the text.",
  ),
} as const satisfies Readonly<Record<string, LossRow>>;

export type LossCode = keyof typeof lossTable;

/** Notes that something was lost; the same loss counts once. */
export type Lose = (code: LossCode) => void;

/** Where losses are collected while a message is made. In the order of the table, so that a result is the same each time. */
export const collectLosses = (): { readonly lose: Lose; readonly losses: () => readonly LossCode[] } => {
  const found = new Set<string>();
  return {
    lose: (code) => {
      found.add(code);
    },
    losses: () => codes.filter((code) => found.has(code)),
  };
};

const isLossCode = (code: string): code is LossCode => Object.hasOwn(lossTable, code);
const codes: readonly LossCode[] = Object.keys(lossTable).filter(isLossCode);
