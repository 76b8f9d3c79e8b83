import { plainUuid, shortId } from "../../../contracts/derived-ids.ts";
import { type FormattedText, fromPlainText } from "../../../contracts/formatted-text.ts";
import type { Letter, Reference, StoredObject } from "../../../contracts/letter.ts";
import type { AskAdvice } from "../../../contracts/messages/advice.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import { partyOf, receiverPartyOf } from "../../case/directory-view.ts";

type Attachment = StoredObject & { description: string };

const referenceTo = ({ objectId, code, extension, sizeBytes, description }: Attachment): Reference => ({
  description,
  target: { kind: "bin", objectId, code, extension, sizeBytes },
});

/** What is kept of an attachment that a caller named: its description lives on in the letter's reference. */
export const storedObjects = (attachments: readonly Attachment[]): StoredObject[] =>
  attachments.map(({ description: _, ...object }) => object);

type Written = { id: string; local: string; from: Organisation; to: Organisation };

/** A JSON question as a letter, so that every standard can print it. */
export const questionLetter = (ask: AskAdvice, caseId: string, { id, local, from, to }: Written): Letter => ({
  letterId: shortId(id),
  status: "new",
  authorised: local,
  statisticalCode: "XDIS91",
  // The case id is a thread id that a reply can carry back, and that needs no index to be found again.
  episodeOfCareId: ask.episodeOfCareId ?? plainUuid(caseId),
  sender: partyOf(from),
  receiver: receiverPartyOf(to),
  patient: ask.patient,
  priority: ask.priority,
  subject: ask.subject,
  texts: [ask.question],
  references: ask.attachments.map(referenceTo),
});

/** What a party says on a case, as a letter to the other party in the thread of the question. */
export const letterOn = (
  question: Letter,
  said: { text: FormattedText; attachments?: readonly Attachment[] },
  { id, local, from, to }: Written,
): Letter => ({
  letterId: shortId(id),
  status: "new",
  authorised: local,
  statisticalCode: "XDIS91",
  ...(question.episodeOfCareId === undefined ? {} : { episodeOfCareId: question.episodeOfCareId }),
  sender: partyOf(from),
  receiver: receiverPartyOf(to),
  patient: question.patient,
  priority: "routine",
  ...(question.subject === undefined ? {} : { subject: question.subject }),
  texts: [said.text],
  references: (said.attachments ?? []).map(referenceTo),
});

/** The question again, to the unit that it was redirected to. */
export const readdressed = (question: Letter, to: Organisation): Letter => ({
  ...question,
  receiver: receiverPartyOf(to),
});

/** A unit as a sentence may end with it: many departments are abbreviated `Afd.` */
const nameOf = ({ name, department }: Organisation): string =>
  (department === undefined ? name : `${name}, ${department}`).replace(/\.$/, "");

/** What the hub writes in a party's name when an act itself is the message. In Danish: its readers are Danish clinicians. */
export const notices = {
  withdrawn: (reason: string): FormattedText => fromPlainText(`Forespørgslen er trukket tilbage.\n${reason}`),
  redirected: (to: Organisation, reason: string): FormattedText =>
    fromPlainText(`Forespørgslen er sendt videre til ${nameOf(to)}.\n${reason}`),
};
