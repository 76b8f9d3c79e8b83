import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { envelopeIdOf, vansIdsOf } from "../../../contracts/derived-ids.ts";
import { fhirMessageIdOf } from "../../../contracts/fhir/message-id.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isFhirMessage, isLetter } from "../../../contracts/written.ts";
import type { Owed } from "./message.ts";

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
const textIn = (value: unknown, name: string): string[] => {
  const found = field(value, name);
  return typeof found === "string" ? [found] : [];
};

const unlike = (texts: readonly string[]): string[] => [...new Set(texts)];

/** What a letter or message of a fact is called by who wrote it. */
const factIds = (fact: unknown): string[] => [
  ...textIn(fact, "messageId"),
  ...textIn(fact, "letterId"),
  ...textIn(field(fact, "letter"), "letterId"),
];

const writtenIds = ({ written }: Pick<CaseRecord, "written">): string[] => {
  if (isFhirMessage(written)) return [written.messageId, written.bundleId];
  return isLetter(written) ? [written.letterId] : [];
};

/** What the sender of a message that came in calls it. */
export const idsOfIncoming = (record: CaseRecord): string[] =>
  unlike([...writtenIds(record), ...record.facts.flatMap(factIds), record.meta.commandId]);

/** What the envelopes are called that a message came in, where its record tells. */
export const envelopesOfIncoming = ({ meta, written }: CaseRecord): string[] =>
  unlike([...(meta.envelopes ?? []), ...(isFhirMessage(written) ? [written.bundleId] : [])]);

/** What a document that goes out is called in it: by who wrote the letter, or in FHIR by the hub. */
export const idsOfOutgoing = (record: CaseRecord, owed: Owed): string[] => {
  const named = owed.again?.messageId ?? fhirMessageIdOf(record, owed);
  const passedOn = owed.parties === undefined ? writtenIds(record) : [];
  const ids = [...(named === undefined ? [] : [named]), ...passedOn, ...factIds(record.facts[owed.fact])];
  return ids.length === 0 ? [record.meta.commandId] : unlike(ids);
};

/** The envelopes of one sending: the number of the Emessage, and those of a VANSEnvelope or SBDH around it. */
export const envelopesOfSending = (deliveryId: string, sending: number): string[] => {
  const { envelope, message } = vansIdsOf(deliveryId, sending);
  return [envelopeIdOf(deliveryId, sending), envelope, message];
};

/** The envelopes that a change of a delivery begins, if any. */
export const envelopesOf = (change: DeliveryChange): string[] => {
  if (change.change === "owed")
    return change.envelope === undefined
      ? [envelopeIdOf(change.deliveryId)]
      : envelopesOfSending(change.deliveryId, 1);
  return change.change === "resent" ? envelopesOfSending(change.deliveryId, change.sending) : [];
};

type Numbers = { cpr?: string; alternativeId?: string };
const numbersIn = (value: unknown): Numbers | undefined => {
  const [cpr] = textIn(value, "cpr");
  const [alternativeId] = textIn(value, "alternativeId");
  if (cpr !== undefined) return { cpr };
  return alternativeId === undefined ? undefined : { alternativeId };
};

/** The citizen of a record, as its messages name them. */
export const patientOf = ({ facts, meta, written }: CaseRecord): Numbers | undefined =>
  numbersIn(meta.card?.patient) ??
  facts.map((fact) => numbersIn(field(field(fact, "letter"), "patient"))).find((one) => one !== undefined) ??
  numbersIn(field(written, "patient"));
