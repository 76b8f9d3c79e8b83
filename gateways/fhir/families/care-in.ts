import type { Envelope } from "../../../contracts/envelope.ts";
import type { CareCommunication, CareThread } from "../../../contracts/fhir/care-communication.ts";
import type { ReceiveLetter } from "../../../contracts/messages/advice.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import { careCommunicationToLetters } from "../bridge/care-to-letters.ts";
import { letterNumber } from "../bridge/to-letters.ts";
import type { ReadCareCommunication } from "../codec/care-communication.ts";
import { careCommandId } from "../reliable/message-key.ts";

/** What a message asks of the advice service. The shell adds when, and where the bytes are kept. */
export type CareOrder = Pick<Envelope, "id" | "type" | "sender" | "written" | "notes"> & {
  readonly payload: ReceiveLetter;
};

/**
 * The message with its attachments as they are kept. `digests`: by the ids of the payloads, of each of `contents`, which are put
 * away before the command that names them is made.
 */
export const withKept = (
  message: CareCommunication,
  digests: ReadonlyMap<string, string>,
): CareCommunication => ({
  ...message,
  payloads: message.payloads.map((payload) => {
    const digest = payload.kind === "attachment" ? digests.get(payload.id) : undefined;
    return digest === undefined ? payload : { ...payload, digest };
  }),
});

const activities = ["new-message", "reply-message", "forward-message"] as const;

/** The messages of the thread before this one, the one that it answers last. */
const followedBy = ({ history, messageId }: CareCommunication): string[] => {
  const before = history.slice(0, -1);
  const answered = history.at(-1)?.earlier;
  const named = [...before, ...history].flatMap(({ earlier }) =>
    earlier?.kind === "message" ? [earlier.messageId] : [],
  );
  const all = new Set([...before.map((step) => step.messageId), ...named]);
  all.delete(messageId);
  if (answered?.kind === "message" && all.delete(answered.messageId)) all.add(answered.messageId);
  return [...all].slice(-200);
};

const threadOf = (message: CareCommunication): CareThread => {
  const { threadId: id, messageId, category, priority, topic, history } = message;
  const activity = activities.find((one) => one === history.at(-1)?.activity) ?? "new-message";
  return {
    ...{ id, messageId, activity, follows: followedBy(message), category },
    ...(priority === undefined ? {} : { priority }),
    ...(topic === undefined ? {} : { topic }),
  };
};

const notesOf = (notRead: ReadCareCommunication["notRead"]): Problem[] =>
  notRead.slice(0, 100).map(({ path, text }) => warning(path, "not-read", text));

/** What is known of the sender beside its message. */
export interface CareReading {
  /** The name of an organisation by its GLN. */
  readonly nameOf: (gln: string) => string | undefined;
}

/**
 * A message as the command that the same correspondence makes as XDIS91: the letter that the hub works with, what names its
 * thread, and the message itself, whole, for whoever takes FHIR. Its attachments are kept by then.
 */
export const careOrder = (
  { message, notRead }: Pick<ReadCareCommunication, "message" | "notRead">,
  { nameOf }: CareReading,
): CareOrder => {
  const { sender, messageId } = message;
  const id = careCommandId({ senderGln: sender.gln, messageId });
  const numberFor = letterNumber("care", message);
  const { letter, attachmentLetter } = careCommunicationToLetters(message, { numberFor, nameOf });
  const attachments = attachmentLetter === undefined ? {} : { attachments: attachmentLetter.objects };
  return {
    id,
    type: "advice.receiveLetter",
    sender: sender.gln,
    payload: { letter, standard: "fhir", thread: threadOf(message), ...attachments },
    written: message,
    ...(notRead.length === 0 ? {} : { notes: notesOf(notRead) }),
  };
};
