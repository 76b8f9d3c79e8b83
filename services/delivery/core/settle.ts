import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { DeliveryState } from "../../case/case-state.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";

/** What the delivery service does to one delivery of any case. */
export type SettleCommand =
  | { type: "fetched"; deliveryId: string }
  | { type: "positive"; deliveryId: string }
  | { type: "negative"; deliveryId: string; code: string };

const change = (command: SettleCommand, at: string, by: string): DeliveryChange => {
  const { deliveryId } = command;
  if (command.type === "fetched") return { change: "fetched", deliveryId, at, by };
  if (command.type === "positive") return { change: "acknowledged", deliveryId, at, by, how: "receipt" };
  return { change: "failed", deliveryId, at, by, code: command.code };
};

/** A delivery that a receipt has settled stays as it was settled: the first receipt is final (guide to OIOXML, section 9, rule 4). */
const settled = ({ status }: DeliveryState): boolean => status === "acknowledged" || status === "failed";

const decide = (
  _state: undefined,
  command: SettleCommand,
  { common, actor, now }: DecisionContext,
): Decision<never> => {
  const delivery = common.deliveries[command.deliveryId];
  if (delivery?.to !== actor)
    return refuse("delivery-unknown", "deliveryId", "There is no such document in the inbox.");
  if (settled(delivery)) return { kind: "ignore", reason: `already-${delivery.status}` };
  if (command.type === "fetched" && delivery.status === "fetched")
    return { kind: "ignore", reason: "already-fetched" };
  return { kind: "record", facts: [], tell: [], deliveries: [change(command, now, actor)] };
};

/** Settles deliveries of any family: it knows what all cases share and nothing of what they are about. */
export const deliveryCore: Core<undefined, SettleCommand, never> = {
  initial: undefined,
  // It reads no facts: what it decides on is what all cases share.
  adopts: (_fact): _fact is never => false,
  evolve: (state) => state,
  decide,
};
