import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { DischargeCommand } from "../../contracts/messages/discharge.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { dischargeCore } from "./core/decide.ts";
import type { DischargePorts } from "./ports.ts";

/**
 * The commands of discharge. A message on a stay names its case by the sender and the sender's own id of the stay, so that
 * every message finds the same case, whichever comes first. A summary of no stay that is known is named by its own number.
 */
export const createDischargeHandler = (
  ports: DischargePorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(dischargeCore, ports);

  const dispatch = (envelope: Envelope, command: DischargeCommand): Promise<CommandReply> => {
    if ("caseId" in command.payload)
      return handle({ caseId: command.payload.caseId, opens: false, envelope, command });
    const { payload } = command;
    const name = "stayId" in payload ? `stay:${payload.stayId}` : `summary:${payload.messageId}`;
    const caseId = ports.caseIdFor(envelope.sender, name);
    return handle({ caseId, opens: true, envelope, command });
  };

  return (message) => {
    const parsed = parseCommand(DischargeCommand, message);
    return parsed.ok ? dispatch(parsed.envelope, parsed.command) : Promise.resolve(parsed.reply);
  };
};
