import type { CareCommunication, CarePayload } from "../../../contracts/fhir/care-communication.ts";
import type { FhirCorrespondent, FhirOrganisation, FhirPatient } from "../../../contracts/fhir/parts.ts";
import type { AttachmentLetter, Letter } from "../../../contracts/letter.ts";
import { subjectOf } from "./care-to-letters.ts";
import {
  type About,
  lettersToCareCommunication,
  type MadeMessage,
  type NotAddressable,
  type ToCare,
} from "./letters-to-care.ts";
import { visible } from "./wording.ts";

/** What is said next, and as what. */
export interface Next {
  readonly letter: Letter;
  readonly attachmentLetter?: Pick<AttachmentLetter, "objects"> | undefined;
  readonly as: "reply" | "forward";
}

/** A subject is the thread's also with `SV:` or a category before it. */
const isSame = (subject: string, previous: CareCommunication): boolean =>
  subject === subjectOf(previous) || (previous.topic !== undefined && subject.endsWith(previous.topic));

/**
 * Category and topic of the thread, which a reply takes over (use cases of CareCommunication 5.0, section 4.6), unless the letter has
 * a subject of its own.
 */
const aboutOf = (previous: CareCommunication, { subject }: Letter): About => {
  const { category, topic } = previous;
  const own = visible(subject);
  if (own !== undefined && !isSame(own, previous)) return { category, topic: own };
  return { category, ...(topic === undefined ? {} : { topic }) };
};

/** A reply tells of earlier attachments without what they hold; a forward brings it (guide to MedCom FHIR, section 5). */
const repeated = (payload: CarePayload, as: Next["as"]): CarePayload => {
  if (payload.kind === "text" || as === "forward") return payload;
  const { url: _url, sizeBytes: _size, digest: _digest, ...told } = payload;
  return told;
};

type Specific = Pick<CareCommunication, "specificSender" | "specificRecipient">;

const specific = ({ specificSender, specificRecipient }: Specific): Specific => ({
  ...(specificSender === undefined ? {} : { specificSender }),
  ...(specificRecipient === undefined ? {} : { specificRecipient }),
});

/** Who was especially the sender is especially the recipient of the answer; whoever writes again writes as before. */
const specificIn = (previous: CareCommunication, { letter, as }: Next): Specific => {
  if (as === "forward") return {};
  if (letter.sender.gln === previous.sender.gln && letter.receiver.gln === previous.receiver.gln)
    return specific(previous);
  const answers = letter.receiver.gln === previous.sender.gln;
  return answers ? specific({ specificRecipient: previous.specificSender }) : {};
};

/**
 * The organisations as the thread names them: one that it had another name for would stand in the message twice, and whoever
 * is specific in it would belong to the other (CC-11, CC-12).
 */
const asNamedIn = (previous: CareCommunication, made: CareCommunication): CareCommunication => {
  const known = [previous.sender, previous.receiver];
  const named = <Named extends FhirOrganisation>(organisation: Named): Named | FhirCorrespondent =>
    known.find(({ gln, sor }) => gln === organisation.gln && sor === organisation.sor) ?? organisation;
  return {
    ...made,
    sender: named(made.sender),
    receiver: named(made.receiver),
    history: made.history.map((step) => ({ ...step, by: named(step.by) })),
    payloads: made.payloads.map((payload) =>
      payload.assigner === undefined ? payload : { ...payload, assigner: named(payload.assigner) },
    ),
  };
};

/** The citizen as the thread names one, and dead if the letter says so. */
const patientIn = (previous: FhirPatient, told: FhirPatient): FhirPatient =>
  told.deceased === true ? { ...previous, deceased: true } : previous;

/**
 * The next message of a thread, made of a letter of the hub: an answer that was typed or came as XDIS91, or a question that is passed on. It repeats
 * what was written before, and its history goes on from there (guide to MedCom FHIR, sections 3.1 and 5). A forward begins a thread
 * of its own, `idFor("thread")`.
 */
export const nextInThread = (
  previous: CareCommunication,
  next: Next,
  context: ToCare,
): MadeMessage | NotAddressable => {
  const { letter, attachmentLetter, as } = next;
  const made = lettersToCareCommunication(
    { letter, attachmentLetter, about: aboutOf(previous, letter) },
    context,
  );
  if ("missing" in made) return made;
  const { losses } = made;
  const message = asNamedIn(previous, made.message);
  const own = message.history.map((step) => ({
    ...step,
    activity: `${as}-message`,
    earlier: { kind: "message" as const, messageId: previous.messageId },
  }));
  return {
    message: {
      ...message,
      patient: patientIn(previous.patient, message.patient),
      threadId: as === "reply" ? previous.threadId : message.threadId,
      ...(previous.encounter === undefined ? {} : { encounter: previous.encounter }),
      ...specificIn(previous, next),
      history: [...previous.history, ...own],
      payloads: [...previous.payloads.map((payload) => repeated(payload, as)), ...message.payloads],
    },
    losses,
  };
};
