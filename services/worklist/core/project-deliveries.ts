import { type DeliveryChange, statusAfter } from "../../../contracts/deliveries.ts";
import { envelopeIdOf, vansIdsOf } from "../../../contracts/derived-ids.ts";
import { fhirAnswerKey, fhirMessageIdOf } from "../../../contracts/fhir/message-id.ts";
import { deliveryKey, envelopeKey, inboxKey, openKey, waitingKey } from "../../../contracts/index-keys.ts";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { epochMs } from "../../case/epoch-ms.ts";

type Op = readonly [command: string, key: string, ...args: string[]];

const ms = (instant: string): string => String(epochMs(instant));

const owed = (record: CaseRecord, d: Extract<DeliveryChange, { change: "owed" }>): Op[] => {
  const { deliveryId, from, standard, documentType, to } = d;
  const { at } = record.meta;
  const item: InboxItem = {
    deliveryId,
    caseId: record.caseId,
    from,
    standard,
    documentType,
    at,
    status: "waiting",
  };
  return [
    ["ZADD", inboxKey(to), ms(at), deliveryId],
    ["ZADD", openKey(to), ms(at), deliveryId],
    ...(d.giveUpSeconds === undefined ? [] : [["ZADD", waitingKey(to), ms(at), deliveryId] as const]),
    ["HSET", deliveryKey(deliveryId), "item", JSON.stringify(item), "status", "waiting", "to", to],
    ["SET", envelopeKey(envelopeIdOf(deliveryId)), deliveryId],
    ...ofMessage(record, d),
    ...(d.envelope === undefined ? [] : ofVans(deliveryId, 1)),
  ];
};

/** An Acknowledgement names the message, which is the same in every sending. */
const ofMessage = (record: CaseRecord, d: Extract<DeliveryChange, { change: "owed" }>): Op[] => {
  const messageId = fhirMessageIdOf(record, d);
  return messageId === undefined ? [] : [["SET", envelopeKey(fhirAnswerKey(d.to, messageId)), d.deliveryId]];
};

/** A receipt of a VANSEnvelope names the envelope, the message in it, or both. */
const ofVans = (deliveryId: string, sending: number): Op[] => {
  const { envelope, message } = vansIdsOf(deliveryId, sending);
  return [
    ["SET", envelopeKey(envelope), deliveryId],
    ["SET", envelopeKey(message), deliveryId],
  ];
};

/** Whichever envelope a receipt names, it leads to the delivery. */
const resent = ({ deliveryId, sending, to, at }: Extract<DeliveryChange, { change: "resent" }>): Op[] => [
  // By which transport is not told here: whoever brings it finds out.
  ["ZADD", waitingKey(to), ms(at), deliveryId],
  ["SET", envelopeKey(envelopeIdOf(deliveryId, sending)), deliveryId],
  ...ofVans(deliveryId, sending),
];

/** What one change of a delivery means for the inbox of its receiver, and for the receipts that name its envelopes. */
export const ofDelivery =
  (record: CaseRecord) =>
  (d: DeliveryChange): Op[] => {
    if (d.change === "owed") return owed(record, d);
    const status = statusAfter[d.change];
    if (status === undefined) return [];
    const noted: Op = ["HSET", deliveryKey(d.deliveryId), "status", status];
    if (d.change === "resent") return [noted, ...resent(d)];
    const receiver = "to" in d ? (d.to ?? d.by) : d.by;
    const ops: Op[] = [noted, ["ZREM", waitingKey(receiver), d.deliveryId]];
    if (d.change !== "acknowledged" && d.change !== "failed") return ops;
    return [...ops, ["ZREM", openKey(receiver), d.deliveryId]];
  };
