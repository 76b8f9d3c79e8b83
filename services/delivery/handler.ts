import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import { DeliveryCommand } from "../../contracts/messages/delivery.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { type CasePorts, createCaseHandler } from "../case/case-handler.ts";
import { deliveryCore, type SettleCommand } from "./core/settle.ts";

export type DeliveryPorts = CasePorts & {
  /** The delivery that carried an envelope number. @throws Fault `index-unavailable` */
  deliveryOfEnvelope: (envelopeId: string) => Promise<string | undefined>;
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

const settling = (command: DeliveryCommand, deliveryId: string): SettleCommand => {
  if (command.type === "delivery.markFetched") return { type: "fetched", deliveryId };
  const { outcome, code } = command.payload;
  return outcome === "positive"
    ? { type: "positive", deliveryId }
    : { type: "negative", deliveryId, code: code ?? "unspecified" };
};

/** Receipts and fetches, from whichever gateway: each becomes a change of its delivery in its case's journal. */
export const createDeliveryHandler = (
  ports: DeliveryPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(deliveryCore, ports);
  const idOf = async (command: DeliveryCommand): Promise<string | undefined> =>
    command.type === "delivery.receiveReceipt"
      ? ports.deliveryOfEnvelope(command.payload.originalEnvelopeId)
      : command.payload.deliveryId;
  const settle = (
    envelope: Envelope,
    command: DeliveryCommand,
    deliveryId: string,
  ): Promise<CommandReply> => {
    const at = caseOfDelivery(deliveryId);
    if (at === undefined) return Promise.resolve(unknown());
    return handle({ caseId: at.caseId, opens: false, envelope, command: settling(command, deliveryId) });
  };
  return async (message) => {
    const parsed = parseCommand(DeliveryCommand, message);
    if (!parsed.ok) return parsed.reply;
    const deliveryId = await idOf(parsed.command);
    return deliveryId === undefined ? unknown() : settle(parsed.envelope, parsed.command, deliveryId);
  };
};
