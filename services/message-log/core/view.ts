import type { MessageHop } from "../../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { envelopesOfIncoming, idsOfIncoming, idsOfOutgoing } from "./business-ids.ts";
import { hopsOfIncoming, sentIn } from "./hops.ts";
import { incoming, type Message } from "./message.ts";

/** A message with its way, and what it is called by others. */
export type Viewed = {
  message: Message;
  messageIds: string[];
  envelopeIds: string[];
  hops: MessageHop[];
};

const came = (
  records: readonly CaseRecord[],
  id: string,
  takenAt: string | undefined,
): Viewed | undefined => {
  const record = records.find(({ caseId, meta }) => `${caseId}.${String(meta.no)}` === id);
  const message = record === undefined ? undefined : incoming(record);
  if (record === undefined || message === undefined) return undefined;
  return {
    message,
    messageIds: idsOfIncoming(record),
    envelopeIds: envelopesOfIncoming(record),
    hops: hopsOfIncoming(message, takenAt),
  };
};

/** A message of a case, from the case's records alone. `undefined`: the case has no such message. */
export const viewIn = (records: readonly CaseRecord[], id: string, takenAt?: string): Viewed | undefined => {
  const sent = sentIn(records).get(id);
  if (sent === undefined) return came(records, id, takenAt);
  const { message, record, owed, hops, envelopes } = sent;
  return { message, messageIds: idsOfOutgoing(record, owed), envelopeIds: [...new Set(envelopes)], hops };
};
