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

/** The envelope number that the hub prints on a delivery; receipts come back with it. */
export const envelopeIdOf = (deliveryId: string): string => shortId(`envelope:${deliveryId}`);
/** An attachment's object identifier: hyphens and case are how a message wrote it, not what it is. */
export const plainUuid = (text: string): string => text.replaceAll("-", "").toLowerCase();
