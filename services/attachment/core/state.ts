import type { AttachmentLetter, StoredObject } from "../../../contracts/letter.ts";
import type { AttachmentFact } from "../../../contracts/messages/attachment.ts";
import type { CardDraft } from "../../case/card.ts";

/**
 * An attachment letter (XBIN01) is a case of its own.
 * - `none`: nothing yet. `AttachmentsReceived` leaves it.
 * - `received`: its receiver has been sent it, or gets it inside the message that its letter becomes (`held`). Set by
 *   `AttachmentsReceived`, `AttachmentsPassedOn` and `AttachmentsSentAlone`.
 * - `left`: set by `AttachmentsLeft`; somebody at its sender is to send it another way. Left when a letter comes for all of it after all.
 */
export type AttachmentState =
  | { status: "none" }
  | {
      status: "received" | "left";
      letter: AttachmentLetter;
      /** The alarm that ends the wait for a letter. */
      held?: string;
      /** Objects that have gone to their receiver in messages. */
      gone: readonly string[];
    };

export type ReceivedAttachments = Extract<AttachmentState, { letter: AttachmentLetter }>;

/** What has gone to its receiver in no message yet. */
export const remainingOf = ({ letter, gone }: Pick<ReceivedAttachments, "letter" | "gone">): StoredObject[] =>
  letter.objects.filter(({ objectId }) => !gone.includes(objectId));

const withGone = (state: ReceivedAttachments, objectIds: readonly string[]): ReceivedAttachments => {
  const after = { ...state, gone: [...new Set([...state.gone, ...objectIds])] };
  return remainingOf(after).length === 0 ? { ...after, status: "received" } : after;
};

export const evolve = (state: AttachmentState, fact: AttachmentFact): AttachmentState => {
  if (fact.type === "AttachmentsReceived") {
    const { letter, held } = fact;
    return { status: "received", letter, gone: [], ...(held === undefined ? {} : { held: held.alarmId }) };
  }
  if (state.status === "none") return state;
  switch (fact.type) {
    case "AttachmentsPassedOn":
      return withGone(state, fact.objectIds);
    case "AttachmentsSentAlone":
      return withGone(
        state,
        fact.attachments.map(({ objectId }) => objectId),
      );
    case "AttachmentsLeft":
      return { ...state, status: "left" };
  }
};

/** Lists show attachments that are nobody's any more: what is in order stands with its letter. */
export const cardOf = (state: AttachmentState): CardDraft | undefined => {
  if (state.status === "none" || state.held === undefined) return undefined;
  const { sender, about } = state.letter;
  const left = state.status === "left";
  return {
    kind: "attachments",
    opener: sender.gln,
    awaits: left ? [{ who: sender.gln, act: "send-attachments-again" }] : [],
    closed: !left,
    ...(about.kind === "patient" ? { patient: about } : {}),
  };
};
