import type { ReceiptRules } from "../../../contracts/codes/receipt-rules.ts";
import { deliveryAlarmOf } from "../../../contracts/derived-ids.ts";
import type { DeliveryState } from "../../case/case-state.ts";
import { type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import type { ActOf, DeliveryAct } from "./command.ts";
import { byWhom, handOver, lookAfter, recorded, sendAgain } from "./look-after.ts";
import { receiveReceipt } from "./receive-receipt.ts";
import { sendTo } from "./send-to.ts";

type Decided = Decision<never>;

const noSuchDelivery = (): Decided =>
  refuse("delivery-unknown", "deliveryId", "There is no such document in the inbox.");

/** What the hub says on behalf of a case is seen to by whoever opened the case. Who runs the hub may see to all of it. */
const mayDecide = ({ from }: DeliveryState, { actor, common }: DecisionContext): boolean =>
  actor === hubActor || actor === (from === hubActor ? common.card?.opener : from);

type ByPerson = ActOf<"resend" | "sendTo" | "handle">;
const isDecided = (act: DeliveryAct): act is ByPerson =>
  act.type === "resend" || act.type === "sendTo" || act.type === "handle";

/** A refused document is final: what its receiver would not take it would not take again. Another may. */
const bySender = (
  delivery: DeliveryState,
  act: ByPerson,
  context: DecisionContext & { rules: ReceiptRules },
): Decided => {
  const { deliveryId, to, trouble, handled } = delivery;
  const { now, rules } = context;
  if (trouble === undefined) return { kind: "ignore", reason: "not-undelivered" };
  if (act.type === "sendTo") return sendTo(delivery, act, context);
  if (act.type === "resend")
    return delivery.status === "failed"
      ? refuse("wrong-state", "deliveryId", "It was refused: send a new message, under a new number.")
      : sendAgain(delivery, { ...byWhom(act), now, rules });
  if (handled === true) return { kind: "ignore", reason: "already-handled" };
  return recorded({ change: "handled", deliveryId, to, at: now, ...byWhom(act) }, [
    { change: "cleared", alarmId: deliveryAlarmOf(deliveryId) },
  ]);
};

const decideWith =
  (rules: ReceiptRules) =>
  (_state: undefined, act: DeliveryAct, context: DecisionContext): Decided => {
    const { common, actor, now, directory } = context;
    const delivery = common.deliveries[act.deliveryId];
    if (act.type === "ring") return lookAfter(delivery, { now, rules });
    if (delivery === undefined) return noSuchDelivery();
    if (isDecided(act))
      return mayDecide(delivery, context) ? bySender(delivery, act, { ...context, rules }) : noSuchDelivery();
    if (act.type === "receipt" && act.level === "operator")
      return receiveReceipt(delivery, act, { directory, now, rules });
    if (delivery.to !== actor) return noSuchDelivery();
    return act.type === "fetched"
      ? handOver(delivery, { by: actor, now, rules })
      : receiveReceipt(delivery, act, { directory, now, rules });
  };

/** Settles deliveries of any family: it knows what all cases share and nothing of what they are about. */
export const createDeliveryCore = (rules: ReceiptRules): Core<undefined, DeliveryAct, never> => ({
  initial: undefined,
  // It reads no facts: what it decides on is what all cases share.
  adopts: (_fact): _fact is never => false,
  evolve: (state) => state,
  decide: decideWith(rules),
});
