import { isErrorCode } from "../../../contracts/errors.ts";
import type { AttachmentLetter } from "../../../contracts/letter.ts";
import {
  type AttachmentCommand,
  type AttachmentFact,
  isAttachmentFact,
} from "../../../contracts/messages/attachment.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { activeOrganisation, channelFor, contradicts } from "../../case/directory-view.ts";

/**
 * An attachment letter (XBIN01) is a case of its own: `none`, then `received`. It is delivered at once, whether or not
 * the letter that names its objects has come; coordination joins the two in either order.
 */
export type AttachmentState = { status: "none" } | { status: "received"; letter: AttachmentLetter };

const receive = (
  letter: AttachmentLetter,
  { directory, today, actor }: DecisionContext,
): Decision<AttachmentFact> => {
  if (letter.sender.gln !== actor)
    return refuse("sender-not-authorised", "sender.gln", "The letter names another sender than who sent it.");
  const from = activeOrganisation(directory, letter.sender.gln, today);
  if (from === undefined)
    return refuse("sender-unknown", "sender.gln", "The sender's GLN is not in the directory.");
  const to = activeOrganisation(directory, letter.receiver.gln, today);
  if (to === undefined)
    return refuse(
      "receiver-unknown",
      "receiver.gln",
      "The receiver's GLN is not in the directory, or no longer in force.",
    );
  if (contradicts(to, letter.receiver.identifier))
    return refuse(
      "receiver-id-mismatch",
      "receiver.identifier",
      "The receiver's identifier is another organisation's than its GLN.",
    );
  if (channelFor(to, { oioxml: ["XBIN01"], json: "AttachmentsReceived" }) === undefined)
    return refuse(
      "receiver-cannot-receive",
      "receiver.gln",
      "The receiver has no channel for attachments (XBIN01).",
    );
  return {
    kind: "record",
    facts: [{ type: "AttachmentsReceived", letter }],
    tell: [{ to: to.gln, from: from.gln, fact: 0 }],
    parties: [from.gln, to.gln],
  };
};

const decide = (
  state: AttachmentState,
  command: AttachmentCommand,
  context: DecisionContext,
): Decision<AttachmentFact> => {
  if (command.type === "attachment.refuse") {
    const { problems } = command.payload;
    const first = problems[0]?.code ?? "";
    return { kind: "refuse", code: isErrorCode(first) ? first : "document-invalid", problems };
  }
  return state.status === "received"
    ? refuse(
        "content-differs",
        "letterId",
        "This letter number was used before for other attachments. Use a new one.",
      )
    : receive(command.payload.letter, context);
};

/** The attachment family, as the kernel runs it. */
export const attachmentCore: Core<AttachmentState, AttachmentCommand, AttachmentFact> = {
  family: "attachment",
  initial: { status: "none" },
  adopts: isAttachmentFact,
  evolve: (_state, fact) => ({ status: "received", letter: fact.letter }),
  decide,
  statusOf: (state) => state.status,
};
