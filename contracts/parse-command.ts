import type { z } from "zod";
import { type CommandReply, Envelope } from "./envelope.ts";
import { problemsOf } from "./problem.ts";

export type ParsedCommand<Command> =
  | { ok: true; envelope: Envelope; command: Command }
  | { ok: false; reply: CommandReply };

const refused = (error: z.core.$ZodError): CommandReply => ({
  status: "refused",
  code: "message-invalid",
  problems: problemsOf(error),
  duplicate: false,
});

type Wire = { type: string; id: string; payload: unknown };

/**
 * What came over the bus as a command of one service: envelope and payload checked, every problem at once. A message that
 * does not fit its schema is refused without a record: the same bytes can never mean anything else.
 */
export const parseCommand = <Command extends Wire>(
  schema: z.ZodType<Command>,
  message: unknown,
): ParsedCommand<Command> => {
  const envelope = Envelope.safeParse(message);
  if (!envelope.success) return { ok: false, reply: refused(envelope.error) };
  const command = schema.safeParse(envelope.data);
  if (!command.success) return { ok: false, reply: refused(command.error) };
  // The payload with its defaults filled in is what is digested: how a sender spelled it is not what it said.
  return { ok: true, envelope: { ...envelope.data, payload: command.data.payload }, command: command.data };
};
