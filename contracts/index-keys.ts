/**
 * The keys of the read models in the index, spelled here and nowhere else: the worklist writes them, other services look.
 * Hashes and ids only; no personal data is ever part of a key.
 */
/** Sorted by time: every delivery to a receiver, and those without a receipt yet. */
export const inboxKey = (gln: string): string => `inbox:${gln}`;
export const openKey = (gln: string): string => `open:${gln}`;
export const deliveryKey = (deliveryId: string): string => `delivery:${deliveryId}`;
export const envelopeKey = (envelopeId: string): string => `envelope:${envelopeId}`;
export const threadKey = (hash: string): string => `thread:${hash}`;
export const timersKey = "timers";
export const awaitedKey = "attachments:awaited";
export const arrivedKey = (senderGln: string, objectId: string): string =>
  `attachment:${senderGln}|${objectId}`;
/** `<sender GLN>|<object id>|<case id>` */
export const awaitedField = (senderGln: string, objectId: string, caseId: string): string =>
  `${senderGln}|${objectId}|${caseId}`;
export const attachmentsRevisionKey = "attachments:revision";
