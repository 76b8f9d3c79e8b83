import { letterLosses } from "./letter-losses.ts";
import type { LossRow } from "./loss-row.ts";

const care = (touches: readonly string[], da: string, en: string): LossRow => ({
  of: "CareCommunication",
  touches,
  da,
  en,
});

/** What a CareCommunication says, and XDIS91 and XBIN01 do not; and then the other way. */
export const lossTable = {
  "message-ids": care(
    ["bundleId", "messageId", "created", "payloads.*.id"],
    "Brevet har sit eget nummer og sit eget tidspunkt.",
    "The letter has a number and a time of its own.",
  ),
  history: care(
    ["history", "payloads.*.text"],
    "Trådens historik (Provenance) følger ikke med.",
    "The history of the thread (Provenance) does not come along.",
  ),
  "thread-id": care(["threadId"], "Trådens id følger ikke med.", "The id of the thread does not come along."),
  "category-code": care(
    ["category", "topic", "priority", "payloads.*.text"],
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
    ["payloads.*.author", "payloads.*.text"],
    "Forfatter og stilling står med ord i teksten.",
    "Author and role stand in words in the text.",
  ),
  "times-to-the-minute": care(
    ["payloads.*.at"],
    "Tidspunkter er dansk tid i hele minutter.",
    "Times are Danish, to the minute.",
  ),
  "attachment-dates": care(
    ["payloads.*.at", "payloads.*.author", "payloads.*.contact", "payloads.*.created"],
    "Bilagenes dato, forfatter og oprettelse følger ikke med.",
    "When and by whom attachments were made does not come along.",
  ),
  "attachment-id": care(
    ["payloads.*.id"],
    "Et bilags id var ikke et UUID og er erstattet.",
    "The id of an attachment was no UUID, and was replaced.",
  ),
  "attachment-untitled": care(
    ["payloads.*.title"],
    "Et bilag uden titel hedder »Bilag«.",
    "An attachment without a title is called `Bilag`.",
  ),
  "title-cut": care(
    ["payloads.*.title"],
    "Et bilags titel er forkortet til 70 tegn.",
    "The title of an attachment is cut at 70 characters.",
  ),
  "attachment-without-content": care(
    ["payloads"],
    "Bilag, der kun er omtalt, følger ikke med.",
    "Attachments that are only told of do not come along.",
  ),
  "attachment-not-carried": care(
    ["payloads", "payloads.*.text"],
    "Et bilag kunne ikke overføres; det er nævnt i teksten.",
    "An attachment could not be carried; the text names it.",
  ),
  contact: care(
    ["payloads.*.contact"],
    "En kontaktoplysning, der ikke er et telefonnummer på højst 25 tegn, følger ikke med.",
    "A contact that is no telephone number of at most 25 characters does not come along.",
  ),
  "specific-in-words": care(
    ["specificSender", "specificRecipient", "payloads.*.text"],
    "Specifik afsender og modtager står med ord i teksten.",
    "The specific sender and recipient stand in words in the text.",
  ),
  "party-names": care(
    ["sender", "receiver", "payloads.*.assigner"],
    "Parternes navn er forkortet til 35 tegn, eller slået op; kun GLN og SOR følger med af deres identifikationer.",
    "The names of the parties are cut at 35 characters, or looked up; of their identifiers only GLN and SOR come along.",
  ),
  "patient-numbers": care(
    ["patient.national", "patient.regional", "patient.cpr", "payloads.*.text"],
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
    "Fornavne står i ét felt; navne over 70 tegn er forkortet, og efternavnet _ er intet navn.",
    "Given names stand in one field; names over 70 characters are cut, and the surname _ is none.",
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
  assigner: care(
    ["payloads.*.assigner"],
    "Hvilken organisation der gav en del sit id, følger ikke med: det er afsenderen.",
    "Which organisation gave a part its id does not come along: it is the sender.",
  ),
  "line-breaks": care(
    ["payloads.*.text"],
    "Alle linjeskift er af én slags.",
    "All line breaks are of one kind.",
  ),
  "url-id": care(
    ["payloads.*.id"],
    "En adresses id følger ikke med.",
    "The id of an address does not come along.",
  ),
  "url-type": care(
    ["payloads"],
    "Hvilken type fil en adresse fører til, kan kun ses af adressen selv.",
    "Which type of file an address leads to is seen from the address alone.",
  ),
  "url-beside-content": care(
    ["payloads.*.url", "payloads.*.text"],
    "Et bilags indhold følger med; adressen, som det også havde, står i teksten.",
    "The content of an attachment comes along; the address that it had too stands in the text.",
  ),
  "url-too-long": care(
    ["payloads", "payloads.*.text"],
    "En adresse over 350 tegn står i teksten.",
    "An address of more than 350 characters stands in the text.",
  ),
  ...letterLosses,
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
