import { localTimeOf } from "../../../contracts/danish-time.ts";
import { shortId } from "../../../contracts/derived-ids.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { FhirMessage } from "../../../contracts/fhir/fhir-message.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirCorrespondent } from "../../../contracts/fhir/parts.ts";
import type { AttachmentLetter, Letter } from "../../../contracts/letter.ts";
import type { StayNotice } from "../../../contracts/letters/stay-notice.ts";
import { careCommunicationToLetters } from "./care-to-letters.ts";
import {
  type Converted,
  type Converting,
  careLosses,
  type LetterEnvelope,
  noCounterpart,
  refused,
  stayLosses,
} from "./converted.ts";
import { notificationToNotice } from "./stay-notice-of.ts";

/** A letter of OIOXML, and the envelope to send it in. */
export type MadeLetter = { readonly envelope: LetterEnvelope } & (
  | { readonly kind: "correspondence"; readonly letter: Letter }
  | { readonly kind: "attachments"; readonly letter: AttachmentLetter }
  | { readonly kind: "clinical"; readonly letter: StayNotice }
);

type Sent = Pick<FhirMessage, "sender" | "messageId">;

/**
 * The number of a letter that a message becomes: the same message has the same number for ever, and the hub gives it the same when it
 * comes over a wire.
 */
export const letterNumber =
  (kind: "care" | "hospital", { sender, messageId }: Sent) =>
  (name: string): string =>
    shortId(`${name}:${kind}:${sender.gln}:${messageId}`);

const envelopeOf = (
  { bundleId, created, sender }: FhirMessage,
  { at }: Converting,
  { name, wantsPositiveReceipt }: { name: string; wantsPositiveReceipt: boolean },
): LetterEnvelope => ({
  envelopeId: shortId(`${name}:${sender.gln}:${bundleId}`),
  sent: localTimeOf(at ?? created),
  wantsPositiveReceipt,
});

const correspondence = (message: CareCommunication, converting: Converting): Converted<MadeLetter[]> => {
  const nameOf = (gln: string): string | undefined => converting.organisation(gln)?.name;
  const { letter, attachmentLetter, losses } = careCommunicationToLetters(message, {
    numberFor: letterNumber("care", message),
    nameOf,
  });
  // XDIS91 asks for a positive receipt, XBIN01 does not (guide to MedCom FHIR, section 11, "ack request").
  const asks = { name: "letter", wantsPositiveReceipt: true };
  const silent = { name: "attachments", wantsPositiveReceipt: false };
  const first: MadeLetter = {
    kind: "correspondence",
    letter,
    envelope: envelopeOf(message, converting, asks),
  };
  const second: MadeLetter[] =
    attachmentLetter === undefined
      ? []
      : [
          {
            kind: "attachments",
            letter: attachmentLetter,
            envelope: envelopeOf(message, converting, silent),
          },
        ];
  return { ok: true, made: [first, ...second], losses: careLosses(losses) };
};

const named = (organisation: FhirCorrespondent, { organisation: known }: Converting): FhirCorrespondent => {
  const name = organisation.name ?? known(organisation.gln)?.name;
  return name === undefined ? organisation : { ...organisation, name };
};

const onlyEvents = {
  da: "kun indlæggelse, udskrivning og død har et advis i OIOXML; orlov og akut ambulante ophold har ikke.",
  en: "only admission, discharge and death have a letter in OIOXML; leave and acute ambulatory visits have none.",
};

const notice = (message: HospitalNotification, converting: Converting): Converted<MadeLetter[]> => {
  const known = {
    ...message,
    sender: named(message.sender, converting),
    receiver: named(message.receiver, converting),
  };
  const letterId = letterNumber("hospital", message)("letter");
  const made = notificationToNotice(known, { letterId });
  if (made === undefined) return refused(noCounterpart("HospitalNotification", "OIOXML", onlyEvents));
  const envelope = envelopeOf(message, converting, { name: "letter", wantsPositiveReceipt: true });
  return {
    ok: true,
    made: [{ kind: "clinical", letter: made.notice, envelope }],
    losses: stayLosses(made.losses),
  };
};

const itsOriginal = {
  da: "en kvittering omsættes sammen med den meddelelse, den besvarer.",
  en: "a receipt is converted together with the message that it answers.",
};

/**
 * A FHIR message as the letters of MedCom OIOXML that are its counterpart: CareCommunication as XDIS91 (and XBIN01), HospitalNotification
 * as XDIS20 or XDIS17 (MedCom's mapping sheets; guide to MedCom FHIR, section 11).
 */
export const messageToLetters = (message: FhirMessage, converting: Converting): Converted<MadeLetter[]> => {
  switch (message.kind) {
    case "CareCommunication":
      return correspondence(message, converting);
    case "HospitalNotification":
      return notice(message, converting);
    case "HomeCareObservation":
      return refused(noCounterpart("HomeCareObservation", "OIOXML"));
    case "Acknowledgement":
      return refused(noCounterpart("Acknowledgement", "OIOXML", itsOriginal));
  }
};
