import type { CommandReply } from "../../contracts/envelope.ts";
import { AttachmentCommand } from "../../contracts/messages/attachment.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { attachmentCore } from "./core/decide.ts";

export type AttachmentPorts = CasePorts & { caseIdFor: (senderGln: string, messageId: string) => string };

/** The commands of attachment letters: each opens the case that its sender and number name. */
export const createAttachmentHandler = (
  ports: AttachmentPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(attachmentCore, ports);
  return async (message) => {
    const parsed = parseCommand(AttachmentCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { envelope, command } = parsed;
    const letterId =
      command.type === "attachment.receive" ? command.payload.letter.letterId : command.payload.letterId;
    // A letter and its attachments may bear the same number: they are two cases, or each would meet the other's records.
    const caseId = ports.caseIdFor(envelope.sender, `attachments:${letterId}`);
    return handle({ caseId, opens: true, envelope, command });
  };
};
