import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { AdviceCommand } from "../../contracts/messages/advice.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { createAdviceCore } from "./core/decide.ts";
import type { AdvicePorts } from "./ports.ts";

type Letter = Extract<AdviceCommand, { type: "advice.receiveLetter" }>;

const routedTo = (reply: CommandReply): string | undefined =>
  reply.status === "ignored" && reply.reason.startsWith("routed:")
    ? reply.reason.slice("routed:".length)
    : undefined;

/**
 * The commands of advice. A letter that continues a thread first leaves a pointer under the id of its own message, so
 * that the same letter, at any distance in time, finds the same case whatever the index says by then.
 */
export const createAdviceHandler = (ports: AdvicePorts): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(createAdviceCore(ports.attachmentRules), ports);

  const receiveLetter = async (envelope: Envelope, command: Letter): Promise<CommandReply> => {
    const { letter, thread: told } = command.payload;
    const caseId = ports.caseIdFor(envelope.sender, told?.messageId ?? letter.letterId);
    const thread = await ports.findThread(letter, told);
    if (thread !== undefined && thread !== caseId) {
      const route = { type: "advice.route", id: `route:${command.id}`, payload: { caseId: thread } } as const;
      await handle({ caseId, opens: true, envelope: { ...envelope, ...route }, command: route });
    }
    const reply = await handle({ caseId, opens: true, envelope, command });
    const to = routedTo(reply);
    return to === undefined ? reply : handle({ caseId: to, opens: false, envelope, command });
  };

  const dispatch = (envelope: Envelope, command: AdviceCommand): Promise<CommandReply> => {
    if (command.type === "advice.receiveLetter") return receiveLetter(envelope, command);
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
