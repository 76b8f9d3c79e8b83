import { instantOfLocal } from "../../../contracts/danish-time.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import { fromPlainText } from "../../../contracts/formatted-text.ts";
import type { AdmissionAnswer, StayNotice } from "../../../contracts/letters/stay-notice.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import { type KnownEvent, type KnownStay, staysIn } from "../../families/known-stays.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { stayOfNotice } from "./match-stay.ts";

type Kind = "admitted" | "discharged" | "dead";
type FoundStay = NonNullable<ReturnType<typeof stayOfNotice>>;

/** The event that a notification tells of, by its type and what became of the citizen. */
const eventOf = ({ type, patient }: StayNotice): Kind => {
  if (patient.status === "doed") return "dead";
  return type === "XDIS20" ? "admitted" : "discharged";
};

/** What an event says by itself; any other status is worth a look. */
const plain: Readonly<Record<Kind, readonly string[]>> = {
  admitted: ["indlagt"],
  discharged: ["udskrevet_til_hjemmet", "uoplyst"],
  dead: ["doed"],
};

const note = (path: string, code: string, text: string): Problem => warning(path, code, text);

const statusNotes = ({ patient: { status } }: StayNotice, kind: Kind): Problem[] => {
  if (status === undefined || plain[kind].includes(status)) return [];
  return status.startsWith("flyttet")
    ? [
        note(
          "Patient/EpisodeOfCareStatusCode",
          "moved-elsewhere",
          "The citizen was moved to another ward or hospital, which tells of itself. / Borgeren er flyttet til en anden afdeling eller et andet sygehus, der selv melder det.",
        ),
      ]
    : [
        note(
          "Patient/EpisodeOfCareStatusCode",
          "discharged-elsewhere",
          "The citizen was not discharged to their home. / Borgeren er ikke udskrevet til eget hjem.",
        ),
      ];
};

/** A stay that nobody told of begins with its end: its sender wants the municipality to know of that, and sees what is missing. */
const unopened = ({ type, status }: StayNotice, found: FoundStay | undefined): Problem[] =>
  type === "XDIS20" || status !== "new" || found !== undefined
    ? []
    : [
        note(
          "Letter/NotificationIdentifier",
          "admission-unknown",
          "No admission is known under that id: a receiver of FHIR is told that the stay began when it ended, until the admission is told of. / Der kendes ingen indlæggelse med det advis-id: en FHIR-modtager får at vide, at opholdet begyndte, da det sluttede, indtil indlæggelsen meldes.",
        ),
      ];

/** What a stay has no field for. */
const notesOf = (letter: StayNotice, kind: Kind, found: FoundStay | undefined): Problem[] => [
  ...statusNotes(letter, kind),
  ...unopened(letter, found),
  ...(letter.answerTo === undefined || letter.answerTo === letter.sender.gln
    ? []
    : [
        note(
          "Sender/AnswerTo/EANIdentifier",
          "answer-elsewhere",
          "Answers go to the ward that told, not to another number. / Svar går til den afdeling, der sendte adviset, ikke til et andet lokationsnummer.",
        ),
      ]),
  ...(found?.guessed === true
    ? [
        note(
          "Letter/NotificationIdentifier",
          "stay-guessed",
          "No admission is known under that id: it ends the only one that is open. / Der kendes ingen indlæggelse med det advis-id: adviset afslutter den eneste åbne.",
        ),
      ]
    : []),
];

/** When this kind of notification was last cancelled by letter. */
const cancelledAt = (stay: KnownStay | undefined, { type }: StayNotice): string | undefined =>
  stay?.notices
    .filter((one) => one.type === type && one.status === "cancelled")
    .map(({ authorised }) => authorised)
    .toSorted()
    .at(-1);

/**
 * The event's own id: one stay has one admission and one discharge here (MedCom, NotificationIdentifier). What was cancelled
 * is told anew under an id of its own; a letter that its cancellation overtook stays cancelled.
 */
const newId = (letter: StayNotice, stay: KnownStay | undefined): string => {
  const id = `${letter.type}:${letter.notificationId}`;
  const cancelled = cancelledAt(stay, letter);
  return cancelled !== undefined && letter.authorised > cancelled ? `${id}:${letter.letterId}` : id;
};

/** The event that a correction or cancellation is about: it carries the notification's id and no number of the letter that told. */
const toldEvent = ({ type }: StayNotice, stay: KnownStay | undefined): KnownEvent | undefined =>
  stay?.events.findLast(({ messageId }) => messageId.startsWith(`${type}:`));

const undyingNote = note(
  "Patient/EpisodeOfCareStatusCode",
  "death-stands",
  "A death was told, and a correction does not take it back: cancel that notification. / Der er meldt dødsfald, og en rettelse tager det ikke tilbage: annullér adviset.",
);

interface Told {
  readonly stay: object;
  readonly about: KnownEvent | undefined;
  readonly notes: readonly Problem[];
}

const corrected = (letter: StayNotice, { stay, about, notes }: Told): LetterOrder => {
  const happening = { occurredAt: instantOfLocal(letter.at), department: letter.sender.gln };
  // A corrected letter may keep its number, so its time is part of its identity.
  const messageId = `${letter.type}:${letter.letterId}:${letter.authorised}`;
  const kind = eventOf(letter);
  if (kind === "dead" && about?.event !== "dead")
    return { type: "discharge.notify", payload: { ...stay, messageId, event: kind, ...happening }, notes };
  const corrects = about?.messageId ?? `${letter.type}:${letter.notificationId}`;
  const issuedAt = instantOfLocal(letter.authorised);
  const undying = about?.event === "dead" && kind !== "dead" ? [undyingNote] : [];
  return {
    type: "discharge.correct",
    payload: { ...stay, messageId, corrects, issuedAt, ...happening },
    notes: [...notes, ...undying],
  };
};

const cancelled = (letter: StayNotice, { stay, about, notes }: Told): LetterOrder => ({
  type: "discharge.cancel",
  payload: {
    ...stay,
    messageId: `${letter.type}:${letter.letterId}:${letter.authorised}`,
    cancels: about?.messageId ?? `${letter.type}:${letter.notificationId}`,
  },
  notes,
});

/** XDIS20 and XDIS17: a new event of the stay, the correction of one, or its cancellation, in whatever order they come. */
export const readStayNotice = (letter: StayNotice, { commandId, cases }: Reading): LetterOrder => {
  const { sender, receiver, patient, notificationId, status, answerTo } = letter;
  const occurredAt = instantOfLocal(letter.at);
  const found = stayOfNotice(letter, staysIn(cases, commandId), occurredAt);
  const stay = {
    stayId: found?.stay.stayId ?? notificationId,
    patient: { cpr: patient.cpr },
    municipality: receiver.gln,
    relatesTo: [],
  };
  const event = eventOf(letter);
  const notes = notesOf(letter, event, found);
  const told = { stay, about: toldEvent(letter, found?.stay), notes };
  if (status === "cancelled") return cancelled(letter, told);
  if (status === "corrected") return corrected(letter, told);
  // XDIS20 says where an answer is wanted; XDIS17 may, and asks for no report of an admission that is over.
  const wantsReport = letter.type === "XDIS20" && answerTo !== undefined ? { wantsReport: true } : {};
  const messageId = newId(letter, found?.stay);
  const happening = { occurredAt, department: sender.gln, ...wantsReport };
  return { type: "discharge.notify", payload: { ...stay, messageId, event, ...happening }, notes };
};

/** Who can be phoned, as one text: for a ward whose notification never came here. */
const contactText = ({ contacts }: AdmissionAnswer): string =>
  contacts
    .map(({ names, phone, hours }) =>
      [names.join(", "), phone === undefined ? "" : `tlf. ${phone}`, hours ?? ""].filter(Boolean).join(", "),
    )
    .join("\n");

/** An answer to a notification that never came here: its ward is told all the same. */
const correspondence = (letter: AdmissionAnswer): LetterOrder => {
  const { letterId, status, statisticalCode, sender, receiver, patient } = letter;
  const text = fromPlainText(contactText(letter) || "Ingen kontakt oplyst.");
  const told = {
    letterId,
    status,
    authorised: letter.authorised.slice(0, 16),
    statisticalCode,
    sender,
    receiver,
    patient: { cpr: patient.cpr, surname: "_", episodeOfCareStatus: "indlagt" },
    subject: "Kommunens kontakt om indlæggelsen",
    texts: [text],
    references: [],
  };
  const notes = [
    note(
      "Letter/NotificationIdentifier",
      "stay-not-known",
      "No stay is known here under that notification. / Der kendes ingen indlæggelse med det advis-id.",
    ),
  ];
  return { type: "advice.receiveLetter", payload: { letter: told, standard: "oioxml" }, notes };
};

/** Answered to one of the stay's own wards, or to where its notification wants answers (AnswerTo). */
const isAnswered =
  ({ notificationId, receiver }: AdmissionAnswer) =>
  ({ names, hospital, notices }: KnownStay): boolean =>
    names.has(plainUuid(notificationId)) &&
    (hospital.has(receiver.gln) || notices.some(({ answerTo }) => answerTo === receiver.gln));

/** XDIS14: whom the ward can phone. It belongs to the stay whose notification it answers; else it goes as correspondence. */
export const readAdmissionAnswer = (letter: AdmissionAnswer, { commandId, cases }: Reading): LetterOrder => {
  const stays = staysIn(cases, commandId);
  const stay = stays.find(({ hasLetter }) => hasLetter) ?? stays.find(isAnswered(letter));
  if (stay === undefined) return correspondence(letter);
  const payload = { caseId: stay.caseId, contacts: letter.contacts };
  return { type: "discharge.answerAdmission", payload, notes: [] };
};
