import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { envelopeIdOf, vansIdsOf } from "../../../contracts/derived-ids.ts";
import { fhirAnswerKey, fhirMessageIdOf } from "../../../contracts/fhir/message-id.ts";
import { patientHash } from "../../../contracts/index-keys.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** What an archived case is found by, each with what it leads to: the case, or one delivery of it. */
export type Names = {
  /** Ids that senders gave their messages and letters. */
  messages: string[];
  /** Keyed hashes of the citizens that it is about. */
  patients: string[];
  /** Every id by which a receipt may name a delivery. */
  envelopes: { id: string; deliveryId: string }[];
};

const textIn = (value: unknown, name: string): string[] => {
  if (typeof value !== "object" || value === null) return [];
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === "string" ? [found] : [];
};

const messagesIn = ({ facts, meta }: CaseRecord): string[] => [
  ...(meta.no === 1 ? [meta.commandId] : []),
  ...facts.flatMap((fact) => [
    ...textIn(fact, "messageId"),
    ...textIn(fact, "letterId"),
    ...textIn("letter" in fact ? fact.letter : undefined, "letterId"),
  ]),
];

const envelopesOf = (record: CaseRecord, d: DeliveryChange): string[] => {
  if (d.change !== "owed" && d.change !== "resent") return [];
  const sending = d.change === "owed" ? 1 : d.sending;
  const { envelope, message } = vansIdsOf(d.deliveryId, sending);
  const messageId = d.change === "owed" ? fhirMessageIdOf(record, d) : undefined;
  const answer = messageId === undefined ? [] : [fhirAnswerKey(d.to, messageId)];
  return [envelopeIdOf(d.deliveryId, sending), envelope, message, ...answer];
};

/** By which delivery of a case each envelope is known. */
const envelopesIn = (records: readonly CaseRecord[]): Names["envelopes"] =>
  records.flatMap((record) =>
    record.deliveries.flatMap((d) => envelopesOf(record, d).map((id) => ({ id, deliveryId: d.deliveryId }))),
  );

/** @param digest the keyed hash of the index */
export const namesOf = (records: readonly CaseRecord[], digest: (text: string) => string): Names => ({
  messages: [...new Set(records.flatMap(messagesIn))],
  patients: [
    ...new Set(
      records.flatMap(({ meta }) =>
        meta.card?.patient === undefined ? [] : [patientHash(meta.card.patient, digest)],
      ),
    ),
  ],
  envelopes: envelopesIn(records),
});
