import type { CommandReply } from "../../contracts/envelope.ts";
import { DeskCommand, deskMessageId } from "../../contracts/messages/desk.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { problem } from "../../contracts/problem.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { deskCore } from "./core/decide.ts";
import type { DeskPorts } from "./ports.ts";

const unknownCase = (): CommandReply => ({
  status: "refused",
  code: "case-unknown",
  problems: [problem("caseId", "case-unknown", "There is no such case.")],
  duplicate: false,
});

const isPartyTo = (records: readonly CaseRecord[], isOurs: (gln: string) => boolean): boolean =>
  records.some(({ family, meta }) => family !== "desk" && meta.parties?.some(isOurs) === true);

/** Nobody has read what is not there yet. */
const within = (command: DeskCommand, last: number): DeskCommand =>
  command.type === "desk.read"
    ? { ...command, payload: { ...command.payload, no: Math.min(command.payload.no, last) } }
    : command;

/** The commands of desks. Each is about a case that the sender, or a unit of it, is a party to; to anybody else that does not exist. */
export const createDeskHandler = (ports: DeskPorts): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(deskCore, ports);
  return async (message) => {
    const parsed = parseCommand(DeskCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { envelope, command } = parsed;
    const records = (await ports.load(command.payload.caseId)).map(({ record }) => record);
    if (!isPartyTo(records, (gln) => ports.isPartOf(gln, envelope.sender))) return unknownCase();
    const caseId = ports.caseIdFor(envelope.sender, deskMessageId(command.payload.caseId));
    return handle({ caseId, opens: true, envelope, command: within(command, records.length) });
  };
};
