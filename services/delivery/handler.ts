import { defaultReceiptRules, type ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { caseOfDelivery, deliveryOfAlarm } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { DeliveryCommand } from "../../contracts/messages/delivery.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { hubActor } from "../case/core.ts";
import type { DeliveryAct } from "./core/command.ts";
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

const actOf = (command: DeliveryCommand, deliveryId: string, by: string): DeliveryAct => {
  switch (command.type) {
    case "delivery.markFetched":
      return { type: "fetched", deliveryId };
    case "delivery.settle":
      return { type: "receipt", level: "receiver", ...command.payload, by };
    case "delivery.receiveReceipt": {
      const { outcome, level, code, text } = command.payload;
      return { type: "receipt", deliveryId, outcome, level, code, text, by };
    }
    case "delivery.resend":
      return { type: "resend", deliveryId };
    case "delivery.handle":
      return { type: "handle", deliveryId };
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
  const carryOut = async (envelope: Envelope, caseId: string, act: DeliveryAct): Promise<CommandReply> => {
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
    return carryOut(envelope, at.caseId, actOf(command, deliveryId, envelope.sender));
  };
};
