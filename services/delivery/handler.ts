import { defaultReceiptRules, type ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { caseOfDelivery, deliveryOfAlarm } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { DeliveryCommand } from "../../contracts/messages/delivery.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type Owing, owingOf } from "../../contracts/readdressed.ts";
import { type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { hubActor, operator } from "../case/hub-actor.ts";
import type { Decider, DeliveryAct } from "./core/command.ts";
import { createDeliveryCore } from "./core/decide.ts";
import { notItsOperator } from "./core/receive-receipt.ts";

export type DeliveryPorts = CasePorts & {
  /** The delivery that carried an envelope number, or that has a message identifier. @throws Fault `index-unavailable` */
  deliveryOfEnvelope: (envelopeId: string) => Promise<string | undefined>;
  /** Absent: the hub's own defaults. */
  rules?: ReceiptRules;
};

const unknown = (): CommandReply => {
  const code = "delivery-unknown";
  const message = "There is no such document in the inbox.";
  return {
    status: "refused",
    code,
    problems: [{ path: "deliveryId", code, message, severity: "error" }],
    duplicate: false,
  };
};

/** What of a decision is not the address that it is about. */
const deciderOf = (
  { payload: { person, reason } }: Extract<DeliveryCommand, { type: "delivery.resend" | "delivery.handle" }>,
  by: string,
): Decider => ({ by, person, reason });

type Named = { deliveryId: string; by: string; first: Owing | undefined };

const actOf = (command: DeliveryCommand, { deliveryId, by, first }: Named): DeliveryAct => {
  switch (command.type) {
    case "delivery.markFetched":
      return { type: "fetched", deliveryId };
    case "delivery.settle":
      return { type: "receipt", level: "receiver", ...command.payload, by };
    case "delivery.receiveReceipt": {
      const { outcome, level, code, text } = command.payload;
      return { type: "receipt", deliveryId, outcome, level, code, text, by };
    }
    case "delivery.resend": {
      const { to } = command.payload;
      const decider = deciderOf(command, by);
      return to === undefined
        ? { type: "resend", deliveryId, ...decider }
        : { type: "sendTo", deliveryId, to, first, ...decider };
    }
    case "delivery.handle":
      return { type: "handle", deliveryId, ...deciderOf(command, by) };
    case "delivery.ring":
      return { type: "ring", deliveryId };
  }
};

type Find = DeliveryPorts["deliveryOfEnvelope"];

/** The envelope first, for it is new with every sending; a message identifier leads there too. */
const deliveryIn = async (command: DeliveryCommand, find: Find): Promise<string | undefined> => {
  if (command.type === "delivery.ring")
    return deliveryOfAlarm(command.payload.caseId, command.payload.alarmId);
  if (command.type !== "delivery.receiveReceipt") return command.payload.deliveryId;
  const { originalEnvelopeId, originalMessageId } = command.payload;
  const found = await find(originalEnvelopeId);
  return found ?? (originalMessageId === undefined ? undefined : find(originalMessageId));
};

/** What a delivery that is to go to another address says: the record that owed it first never changes, so it is read before the decision. */
const firstOwing = async (
  { load }: Pick<DeliveryPorts, "load">,
  command: DeliveryCommand,
  deliveryId: string,
): Promise<Owing | undefined> => {
  if (command.type !== "delivery.resend" || command.payload.to === undefined) return undefined;
  const records = (await load(command.payload.caseId)).map(({ record }) => record);
  const owing = owingOf(records, deliveryId);
  const first = owing?.owed.again?.of;
  return first === undefined ? owing : owingOf(records, first);
};

const named = (command: DeliveryCommand): string | undefined =>
  "caseId" in command.payload ? command.payload.caseId : undefined;

/**
 * Receipts, fetches, and what is done about those that are missing, from whichever gateway: each becomes a change of its
 * delivery in its case's journal.
 */
export const createDeliveryHandler = (
  ports: DeliveryPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(createDeliveryCore(ports.rules ?? defaultReceiptRules), ports);
  const carryOut = async (given: Envelope, caseId: string, act: DeliveryAct): Promise<CommandReply> => {
    // Who runs the hub is party to no case, and may see to what went wrong in any.
    const decides = given.sender === operator && "by" in act && act.type !== "receipt";
    const envelope = decides ? { ...given, sender: hubActor } : given;
    if (act.type !== "receipt" || act.level !== "operator")
      return handle({ caseId, opens: false, envelope, command: act });
    // An operator is party to no case. Whether it is one on this way is decided on the case, and a stranger learns nothing.
    const reply = await handle({
      caseId,
      opens: false,
      envelope: { ...envelope, sender: hubActor },
      command: act,
    });
    return reply.status === "ignored" && reply.reason === notItsOperator ? unknown() : reply;
  };
  return async (message) => {
    const parsed = parseCommand(DeliveryCommand, message);
    if (!parsed.ok) return parsed.reply;
    const { command, envelope } = parsed;
    const deliveryId = await deliveryIn(command, ports.deliveryOfEnvelope);
    const at = deliveryId === undefined ? undefined : caseOfDelivery(deliveryId);
    if (deliveryId === undefined || at === undefined) return unknown();
    if ((named(command) ?? at.caseId) !== at.caseId) return unknown();
    const first = await firstOwing(ports, command, deliveryId);
    return carryOut(envelope, at.caseId, actOf(command, { deliveryId, by: envelope.sender, first }));
  };
};
