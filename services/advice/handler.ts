import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { AdviceCommand } from "../../contracts/messages/advice.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { createAdviceCore } from "./core/decide.ts";
import type { AdvicePorts } from "./ports.ts";
import { createLetterReceiver } from "./receive-letter.ts";

/** The commands of advice. */
export const createAdviceHandler = (ports: AdvicePorts): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(createAdviceCore(ports.attachmentRules), ports);
  const receiveLetter = createLetterReceiver(handle, ports);

  const dispatch = (envelope: Envelope, command: AdviceCommand): Promise<CommandReply> => {
    if (command.type === "advice.receiveLetter") return receiveLetter({ envelope, command });
    if ("caseId" in command.payload)
      return handle({ caseId: command.payload.caseId, opens: false, envelope, command });
    const message = "messageId" in command.payload ? command.payload.messageId : command.payload.letterId;
    return handle({ caseId: ports.caseIdFor(envelope.sender, message), opens: true, envelope, command });
  };

  return (message) => {
    const parsed = parseCommand(AdviceCommand, message);
    return parsed.ok ? dispatch(parsed.envelope, parsed.command) : Promise.resolve(parsed.reply);
  };
};
