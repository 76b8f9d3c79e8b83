import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { createTurns } from "../case/take-turns.ts";
import type { BookingCommand } from "./core/command.ts";
import { bookingCore } from "./core/decide.ts";
import type { BookingPorts } from "./ports.ts";

/** What one command came to in its case, and the record that it made there, now or before. */
export type Sent = { reply: CommandReply; record: CaseRecord | undefined };

export type OneCase = {
  send: (envelope: Envelope, command: BookingCommand) => Promise<Sent>;
  load: (caseId: string) => Promise<CaseRecord[]>;
};

/** A booker that asks again finds its own record here, long after it asked. */
const remembered = 2_000;

/**
 * Records that this process wrote last, by their commands: what follows from one needs no second look at a case that two
 * hundred bookers wrote to. One that is not here is read from the journal.
 */
const createRecent = (append: BookingPorts["append"]) => {
  const recent = new Map<string, CaseRecord>();
  return {
    append: async (record: CaseRecord, expectedSeq: number) => {
      const appended = await append(record, expectedSeq);
      if (appended.kind === "conflict") return appended;
      recent.set(record.meta.commandId, record);
      const oldest = recent.size > remembered ? recent.keys().next() : undefined;
      if (oldest?.done === false) recent.delete(oldest.value);
      return appended;
    },
    /** A command of that id on another case is another command. */
    of: (caseId: string, commandId: string): CaseRecord | undefined => {
      const record = recent.get(commandId);
      return record?.caseId === caseId ? record : undefined;
    },
  };
};

const isOfSlot = (command: BookingCommand): boolean =>
  command.type === "booking.claim" ||
  command.type === "booking.free" ||
  command.type === "booking.ring" ||
  command.type === "booking.changeSlot" ||
  command.type === "booking.cancelSlot";

/** Commands on single cases, slots in turn. What follows from a record in another case is the handler's affair. */
export const createOneCase = (ports: BookingPorts): OneCase => {
  const recent = createRecent(ports.append);
  const run = createCaseHandler(bookingCore(ports.rules), { ...ports, append: recent.append });
  const inTurn = createTurns();
  const load = async (caseId: string): Promise<CaseRecord[]> =>
    (await ports.load(caseId, "booking")).map(({ record }) => record);
  const caseOf = ({ sender }: Envelope, { payload }: BookingCommand): { caseId: string; opens: boolean } =>
    "caseId" in payload
      ? { caseId: payload.caseId, opens: false }
      : { caseId: ports.caseIdFor(sender, payload.messageId), opens: true };
  return {
    load,
    send: async (envelope, command) => {
      const at = caseOf(envelope, command);
      const work = (): Promise<CommandReply> => run({ ...at, envelope, command });
      const reply = isOfSlot(command) ? await inTurn(at.caseId, work) : await work();
      if (reply.status !== "accepted") return { reply, record: undefined };
      const record = recent.of(at.caseId, envelope.id);
      if (record !== undefined) return { reply, record };
      const records = await load(at.caseId);
      return { reply, record: records.find(({ meta }) => meta.commandId === envelope.id) };
    },
  };
};
