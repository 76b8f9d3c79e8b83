/**
 * Everything in which a notification may differ after it went to the other standard and back (MedCom's map of XDIS20 and XDIS17 to
 * HospitalNotification; guide to MedCom FHIR, section 11). `touches`: the places that may differ, of the form named in `of`; a
 * property test allows nothing else. The hub keeps every message whole beside what it made of it.
 */
export interface StayNoticeLossRow {
  readonly of: "StayNotice" | "HospitalNotification";
  readonly touches: readonly string[];
  readonly da: string;
  readonly en: string;
}

const notice = (touches: readonly string[], en: string, da: string): StayNoticeLossRow => ({
  of: "StayNotice",
  touches,
  da,
  en,
});
const message = (touches: readonly string[], en: string, da: string): StayNoticeLossRow => ({
  of: "HospitalNotification",
  touches,
  da,
  en,
});

export const stayNoticeLosses = {
  // ---- XDIS20 and XDIS17 to HospitalNotification
  "letter-id": notice(
    ["letterId", "statisticalCode"],
    "A FHIR message has an id of its own; the letter's number is kept with it.",
    "En FHIR-meddelelse har sit eget id; brevets nummer gemmes sammen med det.",
  ),
  "party-identifier": notice(
    ["sender.identifier", "receiver.identifier"],
    "Organisations are named by SOR code and GLN, and by no other number.",
    "Organisationer angives med SOR-kode og lokationsnummer og ikke med andre numre.",
  ),
  "party-names": notice(
    ["sender.organisation", "sender.department", "sender.unit", "receiver.organisation"],
    "Organisation, department and unit are one name.",
    "Organisation, afdeling og afsnit er ét navn.",
  ),
  phone: notice(
    ["sender.phone", "sender", "receiver"],
    "Telephone numbers and addresses are those of SOR.",
    "Telefonnumre og adresser findes i SOR.",
  ),
  "notification-id": notice(
    ["notificationId"],
    "The stay's id is written with or without hyphens and in small letters.",
    "Opholdets id skrives med eller uden bindestreger og med små bogstaver.",
  ),
  "answer-elsewhere": notice(
    ["answerTo"],
    "Where answers are wanted is told of an admission, and of an organisation with a SOR code.",
    "Hvor svar ønskes, siges ved indlæggelse og om en organisation med SOR-kode.",
  ),
  "where-to": notice(
    ["patient.status"],
    "A discharge is to the home or the primary sector; other places are not told.",
    "En udskrivning er til hjemmet eller primærsektoren; andre steder oplyses ikke.",
  ),
  "cancelled-time": notice(
    ["at"],
    "What is taken back is told without its time.",
    "Det, der annulleres, oplyses uden sit tidspunkt.",
  ),
  "start-unknown": notice(
    [],
    "When the stay began is not known: it is said to begin when it ended. With its XDIS20 beside it, it begins when that says.",
    "Det vides ikke, hvornår opholdet begyndte: det siges at begynde, da det sluttede. Med indlæggelsesadviset (XDIS20) ved siden af begynder det, når det siger.",
  ),
  "dead-on-arrival-cancelled": notice(
    ["type", "version", "statisticalCode", "answerTo", "at"],
    "A death on arrival that is taken back is told as the end of the stay that it was.",
    "Annullering af dødsfald ved ankomst meldes som den afslutning af opholdet, den var.",
  ),
  "death-corrected": notice(
    ["status"],
    "There is no correction of a death: it is told again.",
    "Dødsfald kan ikke rettes: det meldes igen.",
  ),
  // ---- HospitalNotification to XDIS20 and XDIS17
  "message-ids": message(
    ["bundleId", "messageId", "created"],
    "The letter has a number and a time of its own.",
    "Brevet har sit eget nummer og sit eget tidspunkt.",
  ),
  history: message(
    ["history"],
    "What went before (Provenance) does not come along.",
    "Det, der gik forud (Provenance), følger ikke med.",
  ),
  episodes: message(
    ["stay.episodes"],
    "The stay has one id, without its system: LPR3's, else the first.",
    "Opholdet har ét id uden system: LPR3's, ellers det første.",
  ),
  names: message(
    ["patient.surname", "patient.givenNames"],
    "A letter tells the citizen's number and no name.",
    "Et advis oplyser borgerens nummer og ikke navn.",
  ),
  "citizen-details": message(
    ["patient.address", "patient.telecoms", "patient.managingOrganisation"],
    "A letter tells nothing else of the citizen.",
    "Et advis oplyser ikke andet om borgeren.",
  ),
  deceased: message(
    ["patient.deceased"],
    "That the citizen lives is not said.",
    "Det siges ikke, at borgeren lever.",
  ),
  "organisation-details": message(
    ["sender", "receiver", "admissionReport"],
    "A letter has one identifier of an organisation and 35 characters for its name.",
    "Et advis har én identifikation af en organisation og 35 tegn til dens navn.",
  ),
  ward: message(
    ["stay.serviceProvider"],
    "The ward is the one that told.",
    "Afdelingen er den, der sendte advis.",
  ),
  "start-of-ended": message(
    ["stay.start"],
    "A letter of the end does not tell when the stay began.",
    "Et advis om afslutning siger ikke, hvornår opholdet begyndte.",
  ),
  "end-not-told": message(
    ["stay.end"],
    "A letter tells one time: when the citizen came, or left.",
    "Et advis oplyser ét tidspunkt: hvornår borgeren kom eller gik.",
  ),
  leave: message(["stay.leave"], "A letter does not tell of leave.", "Et advis fortæller ikke om orlov."),
  "class-and-status": message(
    ["stay.class", "stay.status", "history"],
    "Whether the patient was admitted or acute ambulatory before the end is not told.",
    "Det fortælles ikke, om patienten var indlagt eller akut ambulant før afslutningen.",
  ),
  "times-to-the-minute": message(
    ["stay.start", "stay.end", "history"],
    "Times are Danish, to the minute.",
    "Tidspunkter er dansk tid i hele minutter.",
  ),
  "admission-report": message(
    ["admissionReport"],
    "A letter of an admission always says where the report goes, and one of the end asks for none.",
    "Et indlæggelsesadvis siger altid, hvor rapporten skal hen, og et udskrivningsadvis beder ikke om den.",
  ),
} as const satisfies Readonly<Record<string, StayNoticeLossRow>>;

export type StayNoticeLoss = keyof typeof stayNoticeLosses;
