import type { ReceiptRules } from "../../../contracts/codes/receipt-rules.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { deliveryAlarmOf } from "../../../contracts/derived-ids.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import { later } from "../../case/alarm.ts";
import { type DeliveryState, isSettled } from "../../case/case-state.ts";
import { hubActor } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import type { Decider } from "./command.ts";

type Decided = Decision<never>;
const ignore = (reason: string): Decided => ({ kind: "ignore", reason });

export const recorded = (change: DeliveryChange, alarms: AlarmChange[] = []): Decided => ({
  kind: "record",
  facts: [],
  tell: [],
  deliveries: [change],
  alarms,
});

/** Who decided it, as far as that was said. */
export const byWhom = ({ by, person, reason }: Decider): Decider => ({
  by,
  ...(person === undefined ? {} : { person }),
  ...(reason === undefined ? {} : { reason }),
});

export const lookAgain = (deliveryId: string, at: string): AlarmChange => ({
  change: "set",
  alarmId: deliveryAlarmOf(deliveryId),
  at,
});

/**
 * Handed over: from now on a receipt is awaited, where one is expected. Whoever fetches again what it has in hand changes
 * nothing; a document that was given up on and is fetched after all is on its way again.
 */
export const handOver = (
  delivery: DeliveryState,
  { by, now, rules }: { by: string; now: string; rules: ReceiptRules },
): Decided => {
  const { deliveryId, status, receiptExpected } = delivery;
  if (isSettled(delivery) || status === "fetched") return ignore(`already-${status}`);
  const awaited: AlarmChange = receiptExpected
    ? lookAgain(deliveryId, later(now, rules.receiptSeconds))
    : { change: "cleared", alarmId: deliveryAlarmOf(deliveryId) };
  return recorded({ change: "fetched", deliveryId, at: now, by }, [awaited]);
};

/** Owed again, in a new envelope. Nobody may have fetched it by then: that is looked at too. */
export const sendAgain = (
  { deliveryId, to, sendings, giveUpSeconds }: DeliveryState,
  { now, rules, ...decider }: Decider & { now: string; rules: ReceiptRules },
): Decided =>
  recorded({ change: "resent", deliveryId, to, at: now, sending: sendings + 1, ...byWhom(decider) }, [
    lookAgain(deliveryId, later(now, giveUpSeconds ?? rules.fetchSeconds)),
  ]);

type Unconfirmed = Extract<DeliveryChange, { change: "unconfirmed" }>;

const whyOf = ({ sendings, status, giveUpSeconds }: DeliveryState): Unconfirmed["why"] => {
  if (status === "failedForNow") return "technical-fault";
  if (sendings > 1 || status !== "waiting") return "no-receipt";
  return giveUpSeconds === undefined ? "not-fetched" : "not-reached";
};

const giveUp = (delivery: DeliveryState, now: string): Decided => {
  const { deliveryId, to } = delivery;
  const why = whyOf(delivery);
  return recorded({ change: "unconfirmed", deliveryId, to, at: now, by: hubActor, why });
};

/**
 * The time to look after a delivery has come: it is sent again while there are tries left, and then shown to a person
 * (guide to FHIR, section 8.2; guide to OIOXML, section 10). One that lies unfetched is not sent again, for it lies there
 * still: its receiver is given its time, or the hub to bring it, and then its sender is told. A receiver with a fault of its own is sent it again too.
 */
export const lookAfter = (
  delivery: DeliveryState | undefined,
  { now, rules }: { now: string; rules: ReceiptRules },
): Decided => {
  if (delivery === undefined || isSettled(delivery)) return ignore("settled");
  const { deliveryId, status, owedAt, sendings, receiptExpected, giveUpSeconds } = delivery;
  if (status === "unconfirmed") return ignore("already-unconfirmed");
  if (status === "waiting") {
    const until = later(owedAt, giveUpSeconds ?? rules.fetchSeconds);
    if (now >= until) return giveUp(delivery, now);
    return { kind: "record", facts: [], tell: [], alarms: [lookAgain(deliveryId, until)] };
  }
  if (status === "fetched" && !receiptExpected) return ignore("no-receipt-expected");
  return sendings > rules.resends ? giveUp(delivery, now) : sendAgain(delivery, { by: hubActor, now, rules });
};
