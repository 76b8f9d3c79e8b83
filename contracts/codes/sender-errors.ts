import { type Meaning, park, retry } from "./fate.ts";

/** What can be wrong with what a sender sent, or with who sends it. */
export const senderErrors = {
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
    "Det tager for lang tid eller kræver for meget hukommelse at læse dokumentet.",
  ),
  "record-too-large": park(
    "What this comes to is larger than one record may be.",
    "Det fylder mere, end der er plads til i én post i journalen.",
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
  "too-many-requests": retry(
    "This caller asks more often than it may; after the time that is named it may again.",
    "Denne afsender spørger oftere, end den må; efter den angivne tid må den igen.",
  ),
  "not-authenticated": park("A valid bearer token is needed.", "Et gyldigt adgangstoken mangler."),
  "sender-not-authorised": park(
    "The caller may not speak for the sender that the message names.",
    "Kalderen må ikke sende på vegne af beskedens afsender.",
  ),
  "role-not-allowed": park(
    "What you do where you work does not give access to this.",
    "Din rolle giver ikke adgang til dette.",
  ),
  "assurance-too-low": park(
    "Whoever let you in does not know you surely enough for this.",
    "Dit login har ikke et sikringsniveau, der er højt nok til dette.",
  ),
  "emergency-over": park(
    "You have no such emergency access, or it has ended.",
    "Du har ikke denne nødadgang, eller den er udløbet.",
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
    "Denne slags organisation kan ikke henvise til det.",
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
  "clock-unknown": park("The case has no such clock.", "Sagen har ikke et sådant ur."),
  "receiver-not-pushed": park(
    "The hub brings this receiver nothing: it comes for its documents.",
    "Hubben bringer ikke noget ud til denne modtager: den henter selv.",
  ),
  "dead-letter-unknown": park("There is no such dead letter.", "Der er intet sådant fejlet dokument."),
  "message-unknown": park("There is no such message.", "Beskeden findes ikke."),
  "delivery-unknown": park("There is no such document in the inbox.", "Dokumentet findes ikke i indbakken."),
} as const satisfies Record<string, Meaning>;
