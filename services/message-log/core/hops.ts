import {
  type EdsHop,
  edsOfDelivery,
  edsOfIncoming,
  edsOfWritten,
} from "../../../contracts/codes/eds-stations.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { MessageHop } from "../../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { envelopesOf } from "./business-ids.ts";
import { codeOf, type Message, moved, type Owed, outgoing } from "./message.ts";

type Noted = Pick<MessageHop, "at" | "what" | "by" | "code" | "envelopeId">;

const hop = (eds: EdsHop | undefined, { at, what, by, code, envelopeId }: Noted): MessageHop => ({
  at,
  what,
  by,
  ...eds,
  ...(envelopeId === undefined ? {} : { envelopeId }),
  ...(code === undefined ? {} : { code }),
});

type CameTo = Exclude<keyof typeof edsOfIncoming, "taken">;
const isCameTo = (status: Message["status"]): status is CameTo =>
  status !== "taken" && Object.hasOwn(edsOfIncoming, status);

/** A message that came in: taken, and what it came to. `takenAt`: when its bytes came, where that is known. */
export const hopsOfIncoming = (message: Message, takenAt = message.at): MessageHop[] => {
  const { at, from, status, code } = message;
  const taken = hop(edsOfIncoming.taken, { at: takenAt, what: "taken", by: from });
  if (!isCameTo(status)) return [taken];
  return [taken, hop(edsOfIncoming[status], { at, what: status, by: "hub", code })];
};

/** A document is passed on as its sender wrote it; any other the hub writes, also in another standard. */
const isPassedOn = ({ meta }: CaseRecord, { parties, again }: Owed): boolean =>
  meta.intake !== undefined && parties === undefined && again === undefined;

/** A change of a delivery, as the hop that it is. */
export const hopOf = (record: CaseRecord, change: DeliveryChange): MessageHop => {
  const [envelopeId] = envelopesOf(change);
  if (change.change === "owed") {
    const eds = isPassedOn(record, change) ? edsOfDelivery.owed : edsOfWritten;
    return hop(eds, { at: record.meta.at, what: "owed", by: "hub", envelopeId });
  }
  const { at, by, change: what } = change;
  return hop(edsOfDelivery[what], { at, what, by, code: codeOf(change), envelopeId });
};

/** A document that goes out, with all that happened to it in the records of its case. */
export type Sent = {
  message: Message;
  record: CaseRecord;
  owed: Owed;
  hops: MessageHop[];
  envelopes: string[];
};

/** Every document that a case owed to anybody, by its delivery. */
export const sentIn = (records: readonly CaseRecord[]): Map<string, Sent> => {
  const sent = new Map<string, Sent>();
  for (const record of records)
    for (const change of record.deliveries) {
      const { deliveryId } = change;
      const before = sent.get(deliveryId);
      const hops = [...(before?.hops ?? []), hopOf(record, change)];
      const envelopes = [...(before?.envelopes ?? []), ...envelopesOf(change)];
      if (change.change === "owed")
        sent.set(deliveryId, { message: outgoing(record, change), record, owed: change, hops, envelopes });
      else if (before !== undefined)
        sent.set(deliveryId, { ...before, message: moved(before.message, change), hops, envelopes });
    }
  return sent;
};
