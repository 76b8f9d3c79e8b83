import { careCategories, referralCategory } from "../../../contracts/codes/fhir-care-communication.ts";
import { danishOf, identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import { localTimeOf, withDanishOffset } from "../../../contracts/danish-time.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { FhirCorrespondent } from "../../../contracts/fhir/parts.ts";
import type { AttachmentLetter, Letter, StoredObject } from "../../../contracts/letter.ts";
import type { Party } from "../../../contracts/party.ts";
import { letterAttachments } from "./letter-attachments.ts";
import { letterPatient, moreNumbers } from "./letter-patient.ts";
import { letterTexts } from "./letter-text.ts";
import { collectLosses, type Lose, type LossCode } from "./losses.ts";
import { textsOf, timelineOf } from "./timeline.ts";
import { clip, wording } from "./wording.ts";

/** What the letters of a message are made with. */
export interface ToLetters {
  /** A number of at most 14 characters: the same message has the same numbers for ever. */
  readonly numberFor: (name: "letter" | "attachments") => string;
  /** The name of an organisation by its GLN, for a message that has none (guide to MedCom FHIR, R-Tek-D). */
  readonly nameOf: (gln: string) => string | undefined;
}

export interface MadeLetters {
  readonly letter: Letter;
  /** Where the message has attachments with content. */
  readonly attachmentLetter?: AttachmentLetter;
  readonly losses: readonly LossCode[];
}

/** What a SOR code may be long in a letter (OIOXML GeneralElements.xsd, Identifier). */
const identifierMax = 17;

const partyOf = (organisation: FhirCorrespondent, { nameOf }: ToLetters, lose: Lose): Party => {
  const { gln, sor, name, ydernummer, otherIdentifiers, phone, contactInitials } = organisation;
  const whole = name ?? nameOf(gln) ?? gln;
  const short = clip(whole, 35);
  const more = [ydernummer, phone, contactInitials].some((value) => value !== undefined);
  const others = otherIdentifiers.length > 0 || organisation.producerId !== undefined;
  if (short !== name || more || others || sor.length > identifierMax) lose("party-names");
  const identifier: Party["identifier"] =
    sor.length <= identifierMax
      ? { code: "sorkode", value: sor }
      : { code: "lokationsnummer", value: clip(gln, identifierMax) };
  return { gln, identifier, organisation: short };
};

/** The telephone of whoever wrote the new text; the number that stands for none is none. */
const phoneOf = (message: CareCommunication, lose: Lose): Pick<Party, "phone"> => {
  const { fresh, earlier } = textsOf(message);
  const contacts = [...fresh, ...earlier].flatMap(({ contact }) => contact ?? []);
  const contact = fresh.at(-1)?.contact;
  const isPhone = contact?.system === "phone" && contact.value.length <= 25;
  if (contacts.length > 1 || (contact === undefined ? contacts.length > 0 : !isPhone)) lose("contact");
  return !isPhone || contact.value === wording.unknownPhone ? {} : { phone: contact.value };
};

const withoutPrefix = (value: string): string => value.replace(/^urn:uuid:/i, "");
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As a letter writes the id of a course: a UUID without hyphens; `undefined` of one that it has no room for. */
export const letterEpisodeId = (id: string): string | undefined => {
  const value = withoutPrefix(id);
  const plain = uuid.test(value) ? plainUuid(value) : value;
  return plain === "" || plain.length > 35 ? undefined : plain;
};

/** LPR3's first, else the first of the message (mapping sheet, "Episode of care identifier"). */
const episodeOf = ({ encounter }: CareCommunication, lose: Lose): Pick<Letter, "episodeOfCareId"> => {
  if (encounter === undefined) return {};
  lose("encounter");
  const { episodes } = encounter;
  const chosen = episodes.find(({ system }) => system === identifierSystems.lpr3) ?? episodes[0];
  const episodeOfCareId = letterEpisodeId(chosen?.value ?? "");
  return episodeOfCareId === undefined ? {} : { episodeOfCareId };
};

/** `<category>, <topic>`, at most 70 characters (mapping sheet, "Category"). */
export const subjectOf = ({ category, topic }: Pick<CareCommunication, "category" | "topic">): string => {
  const name = danishOf(careCategories, category.code);
  return clip(topic === undefined ? name : `${name}, ${topic}`, 70);
};

type Urgent = Pick<Letter, "priority">;

const isHigh = (priority: CareCommunication["priority"]): boolean =>
  priority !== undefined && priority !== "routine";

/** A priority is a referral's alone; any other that a message has all the same is told in words. */
const priorityOf = ({ priority, category }: CareCommunication): { field: Urgent; first: string[] } => {
  const high = isHigh(priority);
  if (priority !== undefined && category.code === referralCategory)
    return { field: { priority: high ? "high" : "routine" }, first: [] };
  return { field: {}, first: high ? [wording.highPriority] : [] };
};

const attachmentLetterOf = (
  { letterId: _letterId, ...letter }: Letter,
  objects: StoredObject[],
  { numberFor }: ToLetters,
): AttachmentLetter => {
  const { authorised, sender, receiver, patient } = letter;
  const { cpr, alternativeId, surname, givenName } = patient;
  return {
    letterId: numberFor("attachments"),
    authorised,
    statisticalCode: "XBIN01",
    sender,
    receiver,
    about: {
      kind: "patient",
      ...(cpr === undefined ? {} : { cpr }),
      ...(alternativeId === undefined ? {} : { alternativeId }),
      surname,
      ...(givenName === undefined ? {} : { givenName }),
    },
    objects,
  };
};

const always = ["message-ids", "history", "thread-id", "category-code"] as const;

const isSame = (a: object | undefined, b: object | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What a letter has one of: a time to the minute, a text before its attachments, and a sender who made all of it. */
const loseParts = (
  message: CareCommunication,
  { written, at }: { written: string; at: string },
  lose: Lose,
): void => {
  const { sender, payloads } = message;
  if (written !== at) lose("times-to-the-minute");
  if (!payloads.every(({ assigner }) => isSame(assigner, sender))) lose("assigner");
  const attached = timelineOf(message).filter(({ kind }) => kind === "attachment");
  const isInOrder = [payloads.find(({ kind }) => kind === "text"), ...attached].every(
    (one, n) => one === payloads[n],
  );
  if (!isInOrder) lose("payload-order");
};

const letterOf = (message: CareCommunication, context: ToLetters, lose: Lose) => {
  const written = textsOf(message).fresh.at(-1)?.at ?? message.created;
  const authorised = localTimeOf(written);
  const at = withDanishOffset(authorised);
  loseParts(message, { written, at }, lose);
  const { references, objects, told } = letterAttachments(message, at, lose);
  const { field, first } = priorityOf(message);
  const subject = subjectOf(message);
  if (message.topic !== undefined && !subject.endsWith(message.topic)) lose("subject-cut");
  const last = [...told, ...moreNumbers(message.patient, lose)];
  const letter: Letter = {
    letterId: context.numberFor("letter"),
    status: "new",
    authorised,
    statisticalCode: "XDIS91",
    ...episodeOf(message, lose),
    sender: { ...partyOf(message.sender, context, lose), ...phoneOf(message, lose) },
    receiver: partyOf(message.receiver, context, lose),
    patient: letterPatient(message, lose),
    ...field,
    subject,
    texts: letterTexts(message, { first, last }, lose),
    references,
  };
  return { letter, objects };
};

/** A message as XDIS91 and, with attachments, XBIN01 tell it (MedCom's mapping sheets; guide to MedCom FHIR, section 11). */
export const careCommunicationToLetters = (message: CareCommunication, context: ToLetters): MadeLetters => {
  const { lose, losses } = collectLosses();
  always.forEach(lose);
  const { letter, objects } = letterOf(message, context, lose);
  return {
    letter,
    ...(objects.length === 0 ? {} : { attachmentLetter: attachmentLetterOf(letter, objects, context) }),
    losses: losses(),
  };
};
