import { z } from "zod";

/**
 * What to do with a message that met this code. `retry`: surely not processed, send again. `park`: never will be, mend it
 * first. `ask`: may have been processed: the same id is safe to send again, and tells.
 */
export const Fate = z.enum(["retry", "ask", "park"]);
export type Fate = z.infer<typeof Fate>;

const park = (en: string, da: string) => ({ fate: "park", en, da }) as const;
const retry = (en: string, da: string) => ({ fate: "retry", en, da }) as const;
const ask = (en: string, da: string) => ({ fate: "ask", en, da }) as const;

/** Every error code of the hub: its fate and its meaning in one line. Codes are stable; texts may be bettered. */
export const errorCodes = {
  // what a sender sent
  "message-invalid": park("The message does not fit its schema.", "Beskeden passer ikke til sit skema."),
  "xml-malformed": park("The bytes are not well-formed XML.", "Dokumentet er ikke velformet XML."),
  "xml-forbidden": park(
    "A DTD, an entity or an external reference is not allowed.",
    "DTD, entiteter og eksterne referencer er ikke tilladt.",
  ),
  "xml-too-deep": park(
    "The document is nested too deeply or has too many elements.",
    "Dokumentet er for dybt eller har for mange elementer.",
  ),
  "encoding-unknown": park(
    "The encoding is unknown or the bytes do not fit it.",
    "Tegnsættet er ukendt eller passer ikke til dokumentet.",
  ),
  "type-unknown": park("This kind of document is not known.", "Dokumenttypen kendes ikke."),
  "type-unspoken": park(
    "This kind of document is known but not yet received here.",
    "Dokumenttypen kendes, men modtages ikke endnu.",
  ),
  "version-wrong": park(
    "The version is not one that is received for this type.",
    "Versionen modtages ikke for denne type.",
  ),
  "document-invalid": park(
    "The document breaks the rules of its standard.",
    "Dokumentet overholder ikke standarden.",
  ),
  "document-too-large": park("The document is larger than the limit.", "Dokumentet er større end grænsen."),
  "document-too-costly": park(
    "Reading the document took too much time or memory.",
    "Dokumentet tager for lang tid eller for meget hukommelse at læse.",
  ),
  "record-too-large": park(
    "What this comes to is larger than one record may be.",
    "Det fylder mere, end én post i journalen må.",
  ),
  "media-type-unknown": park(
    "Send application/xml or application/json.",
    "Send application/xml eller application/json.",
  ),
  "attachment-size-differs": park(
    "An attachment's size is not what the message says.",
    "Et bilags størrelse passer ikke med det oplyste.",
  ),
  "envelope-size-differs": park(
    "The envelope's SizeInBytes is not the size of its data.",
    "Kuvertens SizeInBytes passer ikke med indholdet.",
  ),
  "object-unknown": park(
    "The attachment is not kept here: upload it first.",
    "Bilaget findes ikke her: upload det først.",
  ),
  // who may
  "not-authenticated": park("A valid bearer token is needed.", "Et gyldigt adgangstoken mangler."),
  "sender-not-authorised": park(
    "The caller may not speak for the sender that the message names.",
    "Kalderen må ikke sende på vegne af beskedens afsender.",
  ),
  "operator-only": park("Only an operator may do this.", "Kun en driftsoperatør må gøre dette."),
  "sender-unknown": park("The sender is not in the directory.", "Afsenderen findes ikke i vejviseren."),
  "receiver-unknown": park("The receiver is not in the directory.", "Modtageren findes ikke i vejviseren."),
  "receiver-cannot-receive": park(
    "The receiver has no channel for this type.",
    "Modtageren har ingen kanal til denne type.",
  ),
  "receiver-is-sender": park("The receiver is the sender itself.", "Modtageren er afsenderen selv."),
  "receiver-id-mismatch": park(
    "The receiver's identifier is not that of its address.",
    "Modtagerens identifikation passer ikke til lokationsnummeret.",
  ),
  "no-unit-advises": park(
    "No unit in the directory advises in that speciality.",
    "Ingen enhed i vejviseren rådgiver i det speciale.",
  ),
  "no-unit-takes": park(
    "No unit in the directory takes this referral today.",
    "Ingen enhed i vejviseren modtager denne henvisning i dag.",
  ),
  "sender-may-not-refer": park(
    "This kind of organisation does not refer to that.",
    "Denne slags organisation henviser ikke til det.",
  ),
  "referral-incomplete": park(
    "The referral lacks what its receiver needs.",
    "Henvisningen mangler noget, som modtageren skal bruge.",
  ),
  "stay-differs": park(
    "The message is about another citizen than the stay.",
    "Beskeden handler om en anden borger end opholdet.",
  ),
  "summary-incomplete": park(
    "The discharge summary lacks what this patient's must say.",
    "Epikrisen mangler noget, som den skal oplyse for denne patient.",
  ),
  "case-unknown": park("There is no such case.", "Sagen findes ikke."),
  "agreement-unknown": park("There is no such agreement.", "Aftalen findes ikke."),
  "clock-unknown": park("The case has no such clock.", "Sagen har ikke sådan et ur."),
  "receiver-not-pushed": park(
    "The hub brings this receiver nothing: it comes for its documents.",
    "Hubben bringer ikke noget ud til denne modtager: den henter selv.",
  ),
  "delivery-unknown": park("There is no such document in the inbox.", "Dokumentet findes ikke i indbakken."),
  // what the case allows
  "not-your-turn": park("Another party is the one to do this.", "En anden part skal gøre dette."),
  "wrong-state": park(
    "The case does not allow this as it stands.",
    "Sagen tillader ikke dette, som den står.",
  ),
  "conversion-not-authorised": park(
    "The asker has not allowed conversion to a referral.",
    "Spørgeren har ikke tilladt omdannelse til henvisning.",
  ),
  "gp-asks-specialist": park(
    "A specialist is asked by general practice.",
    "Specialistrådgivning bedes der om fra almen praksis.",
  ),
  "specialist-kind-only": park(
    "Only advice asked of a specialist can do this.",
    "Kun specialistrådgivning kan dette.",
  ),
  "not-for-this-kind": park("This kind of case does not know this.", "Denne slags sag kender ikke dette."),
  "forward-loops": park(
    "It has been there before: it would go round.",
    "Den har været der før: den ville gå i ring.",
  ),
  "envelope-reused": park(
    "This envelope identifier was used before for another message.",
    "Kuvertens identifikation er tidligere brugt til en anden besked.",
  ),
  "content-differs": park(
    "This id was used before for other content.",
    "Dette id er tidligere brugt til andet indhold.",
  ),
  "correction-elsewhere": park(
    "The correction names another receiver than what it corrects.",
    "Rettelsen har en anden modtager end det, den retter.",
  ),
  // places in slots
  "not-sub-acute": park(
    "That unit gives out no sub-acute times by the directory.",
    "Enheden tilbyder ingen subakutte tider i vejviseren.",
  ),
  "not-a-booker": park(
    "Your kind of organisation books no sub-acute times.",
    "Jeres slags organisation booker ikke subakutte tider.",
  ),
  "unit-elsewhere": park(
    "That unit is not one of the sender's hospital.",
    "Enheden hører ikke til afsenderens hospital.",
  ),
  "need-in-future": park(
    "The need is said to arise in the future.",
    "Behovet er angivet til at opstå senere.",
  ),
  "slot-unknown": park("There is no such slot.", "Tiden findes ikke."),
  "slot-full": park("No place is left in that slot.", "Der er ikke flere pladser i tiden."),
  "slot-not-in-time": park(
    "That slot is later than the day after the need.",
    "Tiden ligger senere end dagen efter behovet.",
  ),
  "slot-begun": park("That slot has begun already.", "Tiden er allerede begyndt."),
  "slot-cancelled": park("The hospital has taken that slot back.", "Hospitalet har trukket tiden tilbage."),
  "slot-not-for-citizen": park(
    "That slot is for other municipalities or regions.",
    "Tiden er for andre kommuner eller regioner.",
  ),
  "places-taken": park(
    "More places than that are booked or held already.",
    "Flere pladser end det er allerede optaget.",
  ),
  "too-early": park("That time has not come yet.", "Tidspunktet er ikke nået endnu."),
  // observation
  "care-team-measures": park(
    "A municipality or an acute team opens an episode of observation.",
    "Et observationsforløb åbnes af en kommune eller et akutteam.",
  ),
  "scheme-unknown": park("There is no such score scheme.", "Scoreskemaet findes ikke."),
  "measurement-invalid": park(
    "A measured value cannot be what was measured.",
    "En målt værdi kan ikke være rigtig.",
  ),
  "measurement-unknown": park(
    "No measurement of that number counts in the episode.",
    "Ingen gældende måling i forløbet har det nummer.",
  ),
  "sharing-refused": park(
    "The citizen refuses that this is passed on to others.",
    "Borgeren har nægtet, at dette gives videre til andre.",
  ),
  "municipality-unknown": park(
    "The citizen's municipality is not told, and does not follow from the sender.",
    "Borgerens kommune er ikke oplyst og følger ikke af afsenderen.",
  ),
  "adjustment-invalid": park(
    "The ordered limits do not fit the score scheme.",
    "De ordinerede grænser passer ikke til scoreskemaet.",
  ),
  "valid-until-past": park(
    "It would be valid until a time that is past.",
    "Gyldigheden er allerede udløbet.",
  ),
  // faults
  "journal-unavailable": retry("The journal cannot be reached.", "Journalen kan ikke nås."),
  "journal-timeout": ask("The journal did not confirm in time.", "Journalen bekræftede ikke i tide."),
  "journal-full": retry("The journal has no room.", "Der er ikke plads i journalen."),
  "journal-busy": retry("The case changed too often meanwhile.", "Sagen blev ændret for ofte undervejs."),
  "index-unavailable": retry("The index (Redis) cannot be reached.", "Indekset (Redis) kan ikke nås."),
  "service-unavailable": retry(
    "The service that decides this is not running.",
    "Tjenesten, der afgør dette, kører ikke.",
  ),
  "answer-late": ask(
    "The document is kept safe, but its answer is not ready; send it again to get it.",
    "Dokumentet er gemt, men svaret er ikke klar; send igen for at få det.",
  ),
  "internal-error": ask(
    "Something broke here; an operator has been told.",
    "Der opstod en fejl; driften har fået besked.",
  ),
} as const satisfies Record<string, { fate: Fate; en: string; da: string }>;
export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

/** A fault: something outside failed. Expected outcomes are decisions, never thrown. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, options?: { cause?: unknown }) {
    super(errorCodes[code].en, options);
    this.code = code;
  }
  get fate(): Fate {
    return errorCodes[this.code].fate;
  }
}
