import type { ReceiptRules } from "../../../contracts/codes/receipt-rules.ts";
import { later } from "../../case/alarm.ts";
import { type DeliveryState, isSettled } from "../../case/case-state.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import type { ActOf } from "./command.ts";
import { handOver, lookAgain, recorded } from "./look-after.ts";

/** Said by one who is no operator on the way of that delivery: to it there is no such delivery. */
export const notItsOperator = "not-its-operator";

const isOperatorOf = (directory: DirectoryView, receiver: string, operator: string): boolean =>
  directory.organisation(receiver)?.channels.some((channel) => channel.operator === operator) === true;

const ignored = ({ status }: DeliveryState): Decision<never> => ({
  kind: "ignore",
  reason: `already-${status}`,
});

const positive = (
  delivery: DeliveryState,
  { level, by }: ActOf<"receipt">,
  { now, rules }: { now: string; rules: ReceiptRules },
): Decision<never> => {
  // That the envelope has arrived is not yet that the document in it was taken: its own receipt is awaited still.
  if (level === "envelope" && delivery.status === "failedForNow") return ignored(delivery);
  if (level === "envelope" && delivery.receiptExpected) return handOver(delivery, { by, now, rules });
  const { deliveryId } = delivery;
  return recorded({ change: "acknowledged", deliveryId, at: now, by, how: "receipt" });
};

/** Why it was not taken, and who says so where that is not its receiver. */
const reasonOf = ({ code, text }: ActOf<"receipt">): { code: string; text?: string } => ({
  code: code ?? "unspecified",
  ...(text === undefined ? {} : { text }),
});

const negative = ({ deliveryId, to }: DeliveryState, act: ActOf<"receipt">, now: string): Decision<never> =>
  recorded({
    change: "failed",
    deliveryId,
    at: now,
    by: act.by,
    ...(act.by === to ? {} : { to }),
    ...reasonOf(act),
  });

/**
 * A fault at the receiver settles nothing: the document is sent again in a while, and whatever its receiver says next stands
 * (guide to FHIR, section 8.2). A second copy of that answer is no news.
 */
const transient = (
  delivery: DeliveryState,
  act: ActOf<"receipt">,
  { now, rules }: { now: string; rules: ReceiptRules },
): Decision<never> => {
  const { deliveryId, to } = delivery;
  return delivery.status === "failedForNow"
    ? ignored(delivery)
    : recorded({ change: "failedForNow", deliveryId, to, at: now, by: act.by, ...reasonOf(act) }, [
        lookAgain(deliveryId, later(now, rules.receiptSeconds)),
      ]);
};

/** That a person has read it is news also after the receipt of the system, once; what was refused was not read. */
const isRead = ({ read, status }: DeliveryState, act: ActOf<"receipt">): boolean =>
  act.read === true &&
  act.outcome === "positive" &&
  act.level === "receiver" &&
  read !== true &&
  status !== "failed";

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
  const { level, by, outcome } = act;
  if (isRead(delivery, act))
    return recorded({ change: "acknowledged", deliveryId: delivery.deliveryId, at: now, by, how: "reading" });
  if (level === "operator" && !isOperatorOf(directory, delivery.to, by))
    return { kind: "ignore", reason: notItsOperator };
  if (isSettled(delivery)) return ignored(delivery);
  if (outcome === "negative") return negative(delivery, act, now);
  if (level === "operator") return { kind: "ignore", reason: "passed-on" };
  if (outcome === "transient") return transient(delivery, act, { now, rules });
  return positive(delivery, act, { now, rules });
};
