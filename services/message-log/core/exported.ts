import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { uuidOf } from "../../../contracts/derived-ids.ts";
import type { MessageHop } from "../../../contracts/messages/message-log.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { idsOfIncoming, idsOfOutgoing, patientOf } from "./business-ids.ts";
import { hopOf, hopsOfIncoming, type Sent } from "./hops.ts";
import { incoming, type Message } from "./message.ts";
import { versionOf } from "./message-type.ts";
import { refusedMessage } from "./trouble.ts";

/** A hop with what is told beside it. */
export type Hop = MessageHop & {
  id: string;
  message: Message;
  messageId: string;
  version: string;
  patient?: string | undefined;
};

const numberOf = (record: CaseRecord): string | undefined => {
  const patient = patientOf(record);
  return patient?.cpr ?? patient?.alternativeId;
};

/** The same for ever: what it is, of which message, as which change of which record. */
const hopId = (messageId: string, place: string): string => uuidOf(`hop|${messageId}|${place}`);

const ofIncoming = (record: CaseRecord): Hop[] => {
  const message = incoming(record);
  if (message === undefined) return [];
  const messageId = idsOfIncoming(record)[0] ?? message.id;
  return hopsOfIncoming(message).map((hop) => ({
    ...hop,
    id: hopId(message.id, hop.what),
    message,
    messageId,
    version: versionOf(record, message),
    patient: numberOf(record),
  }));
};

const ofChange =
  (record: CaseRecord, sent: ReadonlyMap<string, Sent>) =>
  (change: DeliveryChange, n: number): Hop[] => {
    const of = sent.get(change.deliveryId);
    if (of === undefined) return [];
    const { message } = of;
    return [
      {
        ...hopOf(record, change),
        id: hopId(message.id, `${String(record.meta.no)}.${String(n)}`),
        message,
        messageId: idsOfOutgoing(of.record, of.owed)[0] ?? message.id,
        version: versionOf(of.record, message),
        patient: numberOf(of.record),
      },
    ];
  };

/** What one record notes of messages. `sent`: the documents of its case, of this record or an earlier one. */
export const hopsIn = (record: CaseRecord, sent: ReadonlyMap<string, Sent>): Hop[] => [
  ...ofIncoming(record),
  ...record.deliveries.flatMap(ofChange(record, sent)),
];

/** The same of a document that became nothing. */
export const hopsOfRefusal = (refused: RefusedDocument): Hop[] => {
  const message = refusedMessage(refused);
  return hopsOfIncoming(message).map((hop) => ({
    ...hop,
    id: hopId(message.id, hop.what),
    message,
    messageId: message.id,
    version: "unknown",
  }));
};
