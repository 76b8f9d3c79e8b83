import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { type CommandReply, Envelope, type QueryReply } from "../../contracts/envelope.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import {
  type PushedReceivers,
  ReceiverCommand,
  ReceiverQueries,
} from "../../contracts/messages/receivers.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { PushTransport } from "../../contracts/push.ts";
import { operator } from "../case/hub-actor.ts";
import type { Pause, PushReceiver } from "./push-ports.ts";

const refused = (code: string, message: string): CommandReply => ({
  status: "refused",
  code,
  problems: [{ path: "gln", code, message, severity: "error" }],
  duplicate: false,
});

/** How an organisation is brought its documents; `undefined`: it comes for them. */
export const pushReceiverOf = (organisation: Organisation | undefined): PushReceiver | undefined => {
  const ways = organisation?.channels.flatMap(({ webhook, nats }) => webhook ?? nats ?? []) ?? [];
  if (organisation === undefined || ways.length === 0) return undefined;
  const transports = PushTransport.options.filter((transport) =>
    organisation.channels.some((channel) => channel.transport === transport),
  );
  // One lane for all its channels: the order within a case is kept across them.
  return { gln: organisation.gln, transports, atOnce: Math.min(...ways.map(({ atOnce }) => atOnce)) };
};

type ReceiverPorts = {
  organisation: (gln: string) => Organisation | undefined;
  /** On disk when it returns; `undefined` ends it. @throws Fault */
  setPause: (gln: string, pause: Pause | undefined) => Promise<void>;
  paused: (gln: string) => Pause | undefined;
  describe: () => Promise<PushedReceivers>;
  now: () => string;
  audit: (event: string, fields: { gln: string; actor: string }) => void;
};

const accepted = (at: string, duplicate: boolean): CommandReply => ({
  status: "accepted",
  caseId: "receivers",
  recordNo: 0,
  at,
  duplicate,
  clocks: [],
  facts: [],
});

/** A receiver is paused and resumed by those who run the hub alone. Paused twice, it stays paused since the first time. */
export const createReceiverCommands =
  (ports: ReceiverPorts) =>
  async (message: unknown): Promise<CommandReply> => {
    const parsed = parseCommand(ReceiverCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { command, envelope } = parsed;
    const { gln, by } = command.payload;
    if (envelope.sender !== operator) return refused("operator-only", "Only an operator may do this.");
    if (pushReceiverOf(ports.organisation(gln)) === undefined)
      return refused("receiver-not-pushed", "The hub brings this receiver nothing.");
    const pauses = command.type === "delivery.pauseReceiver";
    const at = ports.now();
    if (pauses === (ports.paused(gln) !== undefined)) return accepted(at, true);
    const reason = "reason" in command.payload ? command.payload.reason : undefined;
    await ports.setPause(gln, pauses ? { at, by, ...(reason === undefined ? {} : { reason }) } : undefined);
    ports.audit(pauses ? "receiver-paused" : "receiver-resumed", { gln, actor: by });
    return accepted(at, false);
  };

export const createReceiverQueries =
  (ports: Pick<ReceiverPorts, "describe">) =>
  async (message: unknown): Promise<QueryReply<unknown>> => {
    const envelope = Envelope.safeParse(message);
    if (envelope.data?.type !== "delivery.receivers") return { status: "refused", code: "message-invalid" };
    if (!mayI(askerOf(envelope.data.sender), { resource: "operation" }).yes)
      return { status: "refused", code: "operator-only" };
    return ReceiverQueries["delivery.receivers"].safeParse(envelope.data.payload).success
      ? { status: "ok", value: await ports.describe() }
      : { status: "refused", code: "message-invalid" };
  };
