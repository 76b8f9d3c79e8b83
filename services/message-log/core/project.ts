import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { patientHash } from "../../../contracts/index-keys.ts";
import type { DeadLetterItem } from "../../../contracts/messages/dead-letters.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { envelopesOf, envelopesOfIncoming, idsOfIncoming, idsOfOutgoing, patientOf } from "./business-ids.ts";
import { packed } from "./kept-message.ts";
import {
  deadKey,
  deadLane,
  hashOf,
  heldKey,
  idPlace,
  type KeyKind,
  messageKey,
  messageLane,
  partyKey,
  troubleKey,
  typeKey,
  typesKey,
} from "./keys.ts";
import { incoming, type Message, moved, outgoing } from "./message.ts";
import type { Note } from "./note.ts";
import { afterStep, deadDelivery, deadDocument, refusedMessage } from "./trouble.ts";

/** One write to the index; see the store for what each means. */
export type Op = readonly [command: string, key: string, ...args: string[]];
type Digest = (text: string) => string;

/** What is in the index of messages that go on: read once for a run, and moved on with each record of it. */
export type Known = {
  messages: Map<string, Message>;
  troubles: Map<string, DeadLetterItem>;
};

/** What the writes of a run are made with. */
export type Projecting = { known: Known; digest: Digest };

/** The deliveries that a record goes on with, which were owed by an earlier one. */
export const goesOnWith = ({ deliveries }: Pick<CaseRecord, "deliveries">): string[] =>
  deliveries.flatMap((one) => (one.change === "owed" ? [] : [one.deliveryId]));

const score = (lane: { from: number }, at: string): string => String(lane.from + Date.parse(at));

/** A message where it is found by party, type, status and time; again after each change, since a status is a place. */
const placed = (message: Message): Op[] => {
  const { id, at, from, to, type, status } = message;
  const sent = score(messageLane("sent", status), at);
  const received = score(messageLane("received", status), at);
  return [
    ["SET", messageKey(id), packed(message)],
    ["ZADD", partyKey(from), sent, id],
    ...to.map((gln) => ["ZADD", partyKey(gln), received, `${id}>`] as const),
    ["ZADD", typeKey(type), sent, id],
  ];
};

type Called = (kind: KeyKind, ...values: readonly string[]) => Op[];
/** What a message is found by besides. */
const calledBy =
  (digest: Digest, id: string): Called =>
  (kind, ...values) =>
    values.map((value) => {
      const { key, start } = idPlace(hashOf(kind, value, digest));
      return ["ZADD", key, "0", start + id];
    });

const ofCitizen = (id: string, record: CaseRecord, digest: Digest): Op[] => {
  const patient = patientOf(record);
  if (patient === undefined) return [];
  const { key, start } = idPlace(patientHash(patient, digest));
  return [["ZADD", key, "0", start + id]];
};

const entered = (known: Known, message: Message): Op[] => {
  known.messages.set(message.id, message);
  return [...placed(message), ["ZADD", typesKey, "0", message.type]];
};

const ofIncoming = ({ known, digest }: Projecting, record: CaseRecord): Op[] => {
  const message = incoming(record);
  if (message === undefined) return [];
  const { id, caseId = "", intakeId, status } = message;
  const called = calledBy(digest, id);
  return [
    ...entered(known, message),
    ...called("case", caseId),
    ...called("message", ...idsOfIncoming(record)),
    ...called("envelope", ...envelopesOfIncoming(record)),
    ...ofCitizen(id, record, digest),
    ...(intakeId === undefined ? [] : called("intake", intakeId)),
    ...(intakeId === undefined || status !== "refused" ? [] : [["SET", heldKey(intakeId), id] as const]),
  ];
};

const dead = (item: DeadLetterItem): Op[] => {
  const at = score(deadLane(item.state), item.at);
  return [
    ["SET", troubleKey(item.id), JSON.stringify(item)],
    ["ZADD", deadKey(), at, item.id],
    ["ZADD", deadKey(item.from), at, item.id],
  ];
};

const ofMoved = (known: Known, change: DeliveryChange): Op[] => {
  const { deliveryId } = change;
  const before = known.messages.get(deliveryId);
  // Its record was taken out of the journal, and with it the message.
  if (before === undefined) return [];
  const after = moved(before, change);
  known.messages.set(deliveryId, after);
  const trouble = known.troubles.get(deliveryId);
  const item = deadDelivery(after, change, trouble);
  if (item !== undefined) known.troubles.set(deliveryId, item);
  return [
    ...(after === before ? [] : placed(after)),
    ...(item === undefined || item === trouble ? [] : dead(item)),
  ];
};

const ofDelivery =
  ({ known, digest }: Projecting, record: CaseRecord) =>
  (change: DeliveryChange): Op[] => {
    const { deliveryId: id } = change;
    const called = calledBy(digest, id);
    const envelopes = called("envelope", ...envelopesOf(change));
    if (change.change !== "owed") return [...ofMoved(known, change), ...envelopes];
    return [
      ...entered(known, outgoing(record, change)),
      ...called("case", record.caseId),
      ...called("message", ...idsOfOutgoing(record, change)),
      ...ofCitizen(id, record, digest),
      ...envelopes,
    ];
  };

/**
 * What one record means for the log; what is known moves on with it. Records of different cases commute, so a rebuild gives the
 * same bytes whatever the order of streams.
 */
export const project = (projecting: Projecting, record: CaseRecord): Op[] => [
  ...ofIncoming(projecting, record),
  ...record.deliveries.flatMap(ofDelivery(projecting, record)),
];

const ofRefusal = ({ known, digest }: Projecting, refused: RefusedDocument): Op[] => {
  const [message, item] = [refusedMessage(refused), deadDocument(refused)];
  known.troubles.set(item.id, item);
  return [...entered(known, message), ...calledBy(digest, message.id)("intake", message.id), ...dead(item)];
};

const ofStep = ({ troubles }: Known, { intakeId, step }: Extract<Note, { kind: "step" }>): Op[] => {
  const before = troubles.get(intakeId);
  if (before === undefined) return [];
  const after = afterStep(before, step);
  troubles.set(intakeId, after);
  return after === before ? [] : dead(after);
};

/** What INTAKE notes of a document that became nothing. */
export const projectNote = (projecting: Projecting, note: Note): Op[] =>
  note.kind === "refused" ? ofRefusal(projecting, note.refused) : ofStep(projecting.known, note);
