/**
 * Small ids that everyone must derive alike, so they live with the contracts. Not cryptographic: they spread and name,
 * they do not protect.
 */
const fnv1a = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export const shards = 64;

/** All of them, in order. */
export const shardNames: readonly string[] = Array.from({ length: shards }, (_, i) =>
  String(i).padStart(2, "0"),
);

/** The shard of a case or an intake id, `00`..`63`. Fixed for ever: subjects on disk carry it. */
export const shardOf = (id: string): string => String(fnv1a(id, 0x811c9dc5) % shards).padStart(2, "0");

/** Fourteen letters and digits from any text: what MedCom allows for an envelope or letter number. */
export const shortId = (text: string): string =>
  [0x811c9dc5, 0x1b873593, 0x9e3779b9]
    .map((seed) => fnv1a(text, seed).toString(36).padStart(7, "0").slice(-5))
    .join("")
    .slice(0, 14)
    .toUpperCase();

/** `<caseId>.<recordNo>.<n>` */
export const deliveryIdOf = (caseId: string, recordNo: number, n: number): string =>
  `${caseId}.${recordNo}.${n}`;
export const caseOfDelivery = (deliveryId: string): { caseId: string; recordNo: number } | undefined => {
  const match = /^([0-9a-f-]{36})\.(\d+)\.(\d+)$/.exec(deliveryId);
  return match?.[1] === undefined ? undefined : { caseId: match[1], recordNo: Number(match[2]) };
};

/** The envelope number that the hub prints on a sending of a delivery; receipts come back with it. */
export const envelopeIdOf = (deliveryId: string, sending = 1): string =>
  shortId(sending === 1 ? `envelope:${deliveryId}` : `envelope:${deliveryId}:${String(sending)}`);

/** A UUID of any text (RFC 9562, version 8): what a VANSEnvelope wants for its identifiers. */
export const uuidOf = (text: string): string => {
  const hex = [0x811c9dc5, 0x1b873593, 0x9e3779b9, 0xcc9e2d51]
    .map((seed) => fnv1a(text, seed).toString(16).padStart(8, "0"))
    .join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
};
/** A VANSEnvelope around a sending: its own identifier is new each time, the message's is the delivery's for ever. */
export const vansIdsOf = (deliveryId: string, sending: number): { envelope: string; message: string } => ({
  envelope: uuidOf(`vans-envelope:${deliveryId}:${String(sending)}`),
  message: uuidOf(`vans-message:${deliveryId}`),
});

const deliveryAlarm = "delivery.";
/** The alarm by which the hub looks after a delivery whose receipt is missing. It is the delivery service's, in any case. */
export const deliveryAlarmOf = (deliveryId: string): string => `${deliveryAlarm}${deliveryId.slice(37)}`;
export const deliveryOfAlarm = (caseId: string, alarmId: string): string | undefined =>
  alarmId.startsWith(deliveryAlarm) ? `${caseId}.${alarmId.slice(deliveryAlarm.length)}` : undefined;
/** An attachment's object identifier: hyphens and case are how a message wrote it, not what it is. */
export const plainUuid = (text: string): string => text.replaceAll("-", "").toLowerCase();
