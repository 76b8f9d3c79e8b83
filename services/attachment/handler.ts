import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import { AttachmentCommand } from "../../contracts/messages/attachment.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { createAttachmentCore } from "./core/decide.ts";

export type AttachmentPorts = CasePorts & {
  caseIdFor: (senderGln: string, messageId: string) => string;
  /** How long attachments wait for a letter; absent: the hub's own default. */
  attachmentRules?: AttachmentRules | undefined;
};

/** The commands of attachment letters: each opens the case that its sender and number name, or is the hub's own on such a case. */
export const createAttachmentHandler = (
  ports: AttachmentPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(createAttachmentCore(ports.attachmentRules), ports);
  return async (message) => {
    const parsed = parseCommand(AttachmentCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { envelope, command } = parsed;
    if ("caseId" in command.payload)
      return handle({ caseId: command.payload.caseId, opens: false, envelope, command });
    const letterId =
      command.type === "attachment.receive" ? command.payload.letter.letterId : command.payload.letterId;
    // A letter and its attachments may bear the same number: they are two cases, or each would meet the other's records.
    const caseId = ports.caseIdFor(envelope.sender, `attachments:${letterId}`);
    return handle({ caseId, opens: true, envelope, command });
  };
};
