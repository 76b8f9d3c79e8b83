import type { ReceiptRules } from "../../../contracts/codes/receipt-rules.ts";
import { type DeliveryState, isSettled } from "../../case/case-state.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import type { ActOf } from "./command.ts";
import { handOver, recorded } from "./look-after.ts";

/** Said by one who is no operator on the way of that delivery: to it there is no such delivery. */
export const notItsOperator = "not-its-operator";

const isOperatorOf = (directory: DirectoryView, receiver: string, operator: string): boolean =>
  directory.organisation(receiver)?.channels.some((channel) => channel.operator === operator) === true;

const positive = (
  delivery: DeliveryState,
  { level, by }: ActOf<"receipt">,
  { now, rules }: { now: string; rules: ReceiptRules },
): Decision<never> => {
  // That the envelope has arrived is not yet that the document in it was taken: its own receipt is awaited still.
  if (level === "envelope" && delivery.receiptExpected) return handOver(delivery, { by, now, rules });
  const { deliveryId } = delivery;
  return recorded({ change: "acknowledged", deliveryId, at: now, by, how: "receipt" });
};

/**
 * A receipt, of whichever sending: the first that settles the delivery is final (guide to OIOXML, section 9, rule 4), also
 * when it comes after the document was sent again or given up on. A VANS operator can only say that it went no further
 * (XCTL01, NegativeVans); that it passed it on settles nothing.
 */
export const receiveReceipt = (
  delivery: DeliveryState,
  act: ActOf<"receipt">,
  { directory, now, rules }: Pick<DecisionContext, "directory" | "now"> & { rules: ReceiptRules },
): Decision<never> => {
  const { level, by, outcome, code, text } = act;
  if (level === "operator" && !isOperatorOf(directory, delivery.to, by))
    return { kind: "ignore", reason: notItsOperator };
  if (isSettled(delivery)) return { kind: "ignore", reason: `already-${delivery.status}` };
  if (outcome === "negative")
    return recorded({
      change: "failed",
      deliveryId: delivery.deliveryId,
      at: now,
      by,
      ...(by === delivery.to ? {} : { to: delivery.to }),
      code: code ?? "unspecified",
      ...(text === undefined ? {} : { text }),
    });
  if (level === "operator") return { kind: "ignore", reason: "passed-on" };
  return positive(delivery, act, { now, rules });
};
