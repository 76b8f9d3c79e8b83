import type { DeadLetterState } from "../../../contracts/messages/dead-letters.ts";
import { MessageStatus } from "../../../contracts/messages/message-log.ts";

export const markKey = "mark";
/** One more whenever what the index keeps of a record changes. */
export const logLayout = "1";

export const messageKey = (id: string): string => `m:${id}`;
/** What an organisation sent and was sent. GLNs are no citizen's. */
export const partyKey = (gln: string): string => `o:${gln}`;
export const typeKey = (type: string): string => `t:${type}`;
/** Every type that there is. */
export const typesKey = "types";
/** The record that says why a document in INTAKE was refused: it is shown instead of the note. */
export const heldKey = (intakeId: string): string => `h:${intakeId}`;
/** What went wrong: everything, and what each organisation sent. */
export const deadKey = (gln?: string): string => (gln === undefined ? "dead" : `d:${gln}`);
/** What went wrong with a message, beside the message itself. */
export const troubleKey = (id: string): string => `w:${id}`;

type Lane = { from: number; to: number };
/** Wider than any time in milliseconds (to the year 2248); with the highest lane every score is exact. */
const laneMs = 2 ** 43;
const lane = (n: number): Lane => ({ from: n * laneMs, to: (n + 1) * laneMs });

const statuses = MessageStatus.options;

/** Where a message stands in a set: by what it is to the organisation, by its status, by time. */
export type Side = "sent" | "received";
const sides = { sent: 0, received: 16 } as const satisfies Readonly<Record<Side, number>>;
export const messageLane = (side: Side, status: MessageStatus): Lane =>
  lane(sides[side] + statuses.indexOf(status));

const states = { open: 0, "sent-again": 1, closed: 2, arrived: 3 } as const satisfies Readonly<
  Record<DeadLetterState, number>
>;
export const deadLane = (state: DeadLetterState): Lane => lane(states[state]);

/** What a message is found by. */
export type KeyKind = "message" | "envelope" | "case" | "intake" | "patient";

/**
 * Ids stand in a few thousand sets, each small enough that Redis keeps it as one run of bytes: a set for each id would cost three
 * times as much. The set is named by the beginning of the hash; a member is the rest of it, and the message.
 */
const bucketLength = 4;
const hashLength = 22;
export const idPlace = (hash: string): { key: string; start: string } => ({
  key: `k:${hash.slice(0, bucketLength)}`,
  start: `${hash.slice(bucketLength, hashLength)}|`,
});
/**
 * What an id is found by: in either case, since envelopes are written so. A sender may make its ids of anything, so they are hashed;
 * the hub's own are random already.
 */
export const hashOf = (kind: KeyKind, value: string, digest: (text: string) => string): string => {
  const id = value.toLowerCase();
  if (kind !== "case" && kind !== "intake") return digest(`${kind}|${id}`);
  const own = id.replaceAll("-", "");
  return own.slice(0, bucketLength) + kind.charAt(0) + own.slice(bucketLength);
};
