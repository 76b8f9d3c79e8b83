import { withDanishOffset } from "../../../contracts/danish-time.ts";
import { plainUuid, uuidOf } from "../../../contracts/derived-ids.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { AttachmentLetter, Letter, StoredObject } from "../../../contracts/letter.ts";
import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { StayNotice } from "../../../contracts/letters/stay-notice.ts";
import {
  type Converted,
  type Converting,
  careLosses,
  type LetterEnvelope,
  noCounterpart,
  refused,
  stayLosses,
  type Unconvertible,
} from "./converted.ts";
import { lettersToCareCommunication } from "./letters-to-care.ts";
import { noticeToNotification, type ToNotification } from "./stay-notice.ts";
import { correspondentOf } from "./stay-notice-party.ts";

/** A letter as it was read, in the envelope that it came in. `objects`: what came with it, by digests of what they hold. */
export type FromLetter = { readonly envelope: LetterEnvelope } & (
  | {
      readonly kind: "correspondence";
      readonly letter: Letter;
      readonly objects: readonly StoredObject[];
    }
  | {
      readonly kind: "clinical";
      readonly letter: ClinicalLetter;
      /** Of a discharge: the notification of its admission, where that is given too. */
      readonly admission?: StayNotice;
    }
);

/** XBIN01, with what it holds kept. */
export interface FromAttachments {
  readonly envelope: LetterEnvelope;
  readonly letter: AttachmentLetter;
}

type Numbered = { readonly letterId: string; readonly sender: { readonly gln: string } };

/** A letter is known by its sender and its number, and a bundle by the envelope too: a letter sent again comes in another. */
const letterName = ({ sender, letterId }: Numbered): string => `oioxml:${sender.gln}:${letterId}`;

/** MessageHeader.id of a letter: the same for ever. */
export const messageIdOf = (letter: Numbered): string => uuidOf(`message:${letterName(letter)}`);
const bundleIdOf = (letter: Numbered, { envelopeId }: LetterEnvelope): string =>
  uuidOf(`bundle:${letterName(letter)}:${envelopeId}`);

/** MedCom wants the thread's id to have the structure of version 4 (mapping sheet, "Communication identifier"). */
const asVersion4 = (uuid: string): string => `${uuid.slice(0, 14)}4${uuid.slice(15)}`;

const idsOf =
  (letter: Numbered, envelope: LetterEnvelope) =>
  (name: string): string => {
    if (name === "bundle") return bundleIdOf(letter, envelope);
    if (name === "message") return messageIdOf(letter);
    return `urn:uuid:${asVersion4(uuidOf(`${name}:${letterName(letter)}`))}`;
  };

const unknownOrganisation = (root: string, part: "sender" | "receiver"): Unconvertible => ({
  code: "organisation-unknown",
  path: `${root}/${part === "sender" ? "Sender" : "Receiver"}/EANIdentifier`,
  da: `${part === "sender" ? "Afsenderens" : "Modtagerens"} SOR-kode står ikke i brevet og kendes ikke: uden den kan en FHIR-meddelelse ikke adresseres.`,
  en: `The ${part}'s SOR code is not in the letter and is not known: without it no FHIR message can be addressed.`,
});

const correspondence = (
  { letter, objects, envelope }: Extract<FromLetter, { kind: "correspondence" }>,
  { at, organisation }: Converting,
): Converted<CareCommunication> => {
  const made = lettersToCareCommunication(
    { letter, attachmentLetter: { objects: [...objects] } },
    { idFor: idsOf(letter, envelope), now: at ?? withDanishOffset(envelope.sent), organisation },
  );
  if ("missing" in made)
    return refused(...made.missing.map((part) => unknownOrganisation("ClinicalEmail", part)));
  return { ok: true, made: made.message, losses: careLosses(made.losses) };
};

const roots = { XDIS20: "NotificationOfAdmission", XDIS17: "NotificationOfDischarge" } as const;

const movedElsewhere: Unconvertible = {
  code: "moved-elsewhere",
  path: `${roots.XDIS17}/Patient/EpisodeOfCareStatusCode`,
  da: "At en patient er flyttet til en anden afdeling, har ingen FHIR-meddelelse: den nye afdeling melder selv.",
  en: "That a patient moved to another ward has no FHIR message: the new ward tells of it itself.",
};

const admissionMissing: Unconvertible = {
  code: "admission-missing",
  path: `${roots.XDIS17}/Discharge`,
  da: "Et dødsfald uden indlæggelsestidspunkt ville i FHIR være død ved ankomst: giv indlæggelsesadviset (XDIS20) med, så kan det siges.",
  en: "A death without the time of admission would be a death on arrival in FHIR: give the notification of the admission (XDIS20) too, and it can be said.",
};

const contextOf = (
  notice: StayNotice,
  envelope: LetterEnvelope,
  { at, organisation }: Converting,
): ToNotification => ({
  bundleId: bundleIdOf(notice, envelope),
  messageId: messageIdOf(notice),
  sent: at ?? withDanishOffset(envelope.sent),
  sorOf: (gln) => organisation(gln)?.sor,
});

/** When the stay began and what was told of that, from the notification of its admission. */
const begunBy = (
  admission: StayNotice | undefined,
  envelope: LetterEnvelope,
  converting: Converting,
): Pick<ToNotification, "admittedAt" | "history"> => {
  if (admission === undefined) return {};
  const told = noticeToNotification(admission, contextOf(admission, envelope, converting));
  return "message" in told ? { admittedAt: told.message.stay.start, history: told.message.history } : {};
};

const notification = (
  notice: StayNotice,
  { envelope, admission }: Pick<Extract<FromLetter, { kind: "clinical" }>, "envelope" | "admission">,
  converting: Converting,
): Converted<HospitalNotification> => {
  const context = contextOf(notice, envelope, converting);
  const { sorOf } = context;
  const made = noticeToNotification(notice, { ...context, ...begunBy(admission, envelope, converting) });
  if ("message" in made) return { ok: true, made: made.message, losses: stayLosses(made.losses) };
  if (made.unsayable === "moved-elsewhere") return refused(movedElsewhere);
  if (made.unsayable === "admission-missing") return refused(admissionMissing);
  const unknown = (["sender", "receiver"] as const).filter(
    (part) => correspondentOf(notice[part], sorOf) === undefined,
  );
  return refused(...unknown.map((part) => unknownOrganisation(roots[notice.type], part)));
};

const isNotice = (letter: ClinicalLetter): letter is StayNotice =>
  letter.type === "XDIS17" || letter.type === "XDIS20";

/**
 * A letter of MedCom OIOXML as the FHIR message that is its counterpart: XDIS91 (with its XBIN01) as CareCommunication, XDIS20 and
 * XDIS17 as HospitalNotification (MedCom's mapping sheets; guide to MedCom FHIR, section 11).
 */
export const letterToFhir = (
  from: FromLetter,
  converting: Converting,
): Converted<CareCommunication | HospitalNotification> => {
  if (from.kind === "correspondence") return correspondence(from, converting);
  if (isNotice(from.letter)) return notification(from.letter, from, converting);
  return refused(noCounterpart(from.letter.type, "FHIR"));
};

const idsNamedBy = (letter: Letter): Set<string> =>
  new Set(
    letter.references.flatMap(({ target }) => (target.kind === "bin" ? [plainUuid(target.objectId)] : [])),
  );

const comesWith = (letter: Letter, { letter: { sender, objects } }: FromAttachments): boolean => {
  const named = idsNamedBy(letter);
  return sender.gln === letter.sender.gln && objects.some(({ objectId }) => named.has(plainUuid(objectId)));
};

const late = ({ letter }: FromAttachments): Unconvertible => ({
  code: "attachments-without-letter",
  path: "BinaryLetter/BinaryObject/ObjectIdentifier",
  da: `Intet XDIS91 nævner bilagene i brevet ${letter.letterId}: giv de to sammen, for alene har XBIN01 ingen FHIR-meddelelse.`,
  en: `No XDIS91 names the attachments of letter ${letter.letterId}: give the two together, for alone XBIN01 has no FHIR message.`,
});

/** The last that was told of the admission to a stay that a letter ends. */
const admissionOf = (letter: ClinicalLetter, letters: readonly FromLetter[]): StayNotice | undefined => {
  if (letter.type !== "XDIS17") return undefined;
  const isItsAdmission = (one: StayNotice): boolean =>
    one.type === "XDIS20" &&
    one.status !== "cancelled" &&
    one.sender.gln === letter.sender.gln &&
    plainUuid(one.notificationId) === plainUuid(letter.notificationId);
  return letters
    .flatMap((from) => (from.kind === "clinical" && isNotice(from.letter) ? [from.letter] : []))
    .filter(isItsAdmission)
    .toSorted((a, b) => Number(a.authorised > b.authorised) - Number(a.authorised < b.authorised))
    .at(-1);
};

/**
 * Each letter with what came for it: XDIS91 and XBIN01 are paired by ObjectIdentifier (guide to MedCom FHIR, section 11), XDIS17 and
 * XDIS20 by NotificationIdentifier.
 */
export const pairLetters = (
  letters: readonly FromLetter[],
  attachments: readonly FromAttachments[],
): { readonly letters: FromLetter[]; readonly problems: Unconvertible[] } => {
  const paired = letters.map((from): FromLetter => {
    if (from.kind === "clinical") {
      const admission = admissionOf(from.letter, letters);
      return admission === undefined ? from : { ...from, admission };
    }
    const objects = attachments
      .filter((one) => comesWith(from.letter, one))
      .flatMap(({ letter }) => letter.objects);
    return { ...from, objects: [...from.objects, ...objects] };
  });
  const alone = attachments.filter(
    (one) => !letters.some((from) => from.kind === "correspondence" && comesWith(from.letter, one)),
  );
  return { letters: paired, problems: alone.map(late) };
};
