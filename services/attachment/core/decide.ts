import { type AttachmentRules, defaultAttachmentRules } from "../../../contracts/codes/attachment-rules.ts";
import { isErrorCode } from "../../../contracts/errors.ts";
import type { AttachmentLetter } from "../../../contracts/letter.ts";
import {
  type AttachmentCommand,
  type AttachmentFact,
  isAttachmentFact,
} from "../../../contracts/messages/attachment.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import { type Decision, refuse, refuseUnknownCase } from "../../case/decision.ts";
import { activeOrganisation, channelFor, contradicts } from "../../case/directory-view.ts";
import { documentsOf, takesAttachmentsInside } from "../../case/tell.ts";
import { type AttachmentState, cardOf, evolve } from "./state.ts";
import { notePassedOn, receiveToWait, stopWaiting } from "./wait-for-letter.ts";

/** An attachment letter says who sends it and to whom: both must be in force, and who they say they are. */
const stopped = (
  letter: AttachmentLetter,
  to: Organisation | undefined,
  { directory, today, actor }: DecisionContext,
): Decision<never> | undefined => {
  if (letter.sender.gln !== actor)
    return refuse("sender-not-authorised", "sender.gln", "The letter names another sender than who sent it.");
  if (activeOrganisation(directory, letter.sender.gln, today) === undefined)
    return refuse("sender-unknown", "sender.gln", "The sender's GLN is not in the directory.");
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
  return undefined;
};

const received = (letter: AttachmentLetter): Decision<AttachmentFact> => {
  const [from, to] = [letter.sender.gln, letter.receiver.gln];
  return {
    kind: "record",
    facts: [{ type: "AttachmentsReceived", letter }],
    tell: [{ to, from, fact: 0 }],
    parties: [from, to],
  };
};

const receive = (
  letter: AttachmentLetter,
  rules: AttachmentRules,
  context: DecisionContext,
): Decision<AttachmentFact> => {
  const to = activeOrganisation(context.directory, letter.receiver.gln, context.today);
  const stop = stopped(letter, to, context);
  if (stop !== undefined) return stop;
  if (to !== undefined && takesAttachmentsInside(to)) return receiveToWait(letter, rules, context);
  if (to === undefined || channelFor(to, documentsOf({ type: "AttachmentsReceived" })) === undefined)
    return refuse(
      "receiver-cannot-receive",
      "receiver.gln",
      "The receiver has no channel for attachments: neither XBIN01, nor a CareCommunication to put them in.",
    );
  return received(letter);
};

const onReceived = (
  state: Exclude<AttachmentState, { status: "none" }>,
  command: AttachmentCommand,
  context: DecisionContext,
): Decision<AttachmentFact> => {
  if (command.type === "attachment.notePassedOn") return notePassedOn(state, command.payload, context);
  if (command.type === "attachment.ring") return stopWaiting(state, context);
  return refuse(
    "content-differs",
    "letterId",
    "This letter number was used before for other attachments. Use a new one.",
  );
};

const decideWith =
  (rules: AttachmentRules) =>
  (
    state: AttachmentState,
    command: AttachmentCommand,
    context: DecisionContext,
  ): Decision<AttachmentFact> => {
    if (command.type === "attachment.refuse") {
      const { problems } = command.payload;
      const first = problems[0]?.code ?? "";
      return { kind: "refuse", code: isErrorCode(first) ? first : "document-invalid", problems };
    }
    if (state.status !== "none") return onReceived(state, command, context);
    return command.type === "attachment.receive"
      ? receive(command.payload.letter, rules, context)
      : refuseUnknownCase();
  };

/** The attachment family, as the kernel runs it. `rules`: how long attachments wait for a letter, where their receiver takes them in one alone. */
export const createAttachmentCore = (
  rules: AttachmentRules = defaultAttachmentRules,
): Core<AttachmentState, AttachmentCommand, AttachmentFact> => ({
  family: "attachment",
  initial: { status: "none" },
  adopts: isAttachmentFact,
  evolve,
  decide: decideWith(rules),
  statusOf: (state) => state.status,
  cardOf,
});
