import type { CommandReply } from "../../contracts/envelope.ts";
import { ObservationCommand } from "../../contracts/messages/observation.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { observationCore } from "./core/decide.ts";
import type { ObservationPorts } from "./ports.ts";

/** The commands of observation. The first measurement opens the case that its sender and message id name. */
export const createObservationHandler = (
  ports: ObservationPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(observationCore, ports);
  return (message) => {
    const parsed = parseCommand(ObservationCommand, message);
    if (!parsed.ok) return Promise.resolve(parsed.reply);
    const { envelope, command } = parsed;
    if (command.type !== "observation.open")
      return handle({ caseId: command.payload.caseId, opens: false, envelope, command });
    const caseId = ports.caseIdFor(envelope.sender, command.payload.messageId);
    return handle({ caseId, opens: true, envelope, command });
  };
};
