/**
 * The keys of the read models in the index, spelled here and nowhere else: the worklist writes them, other services look.
 * Hashes and ids only; no personal data is ever part of a key.
 */
/** Sorted by time: every delivery to a receiver, and those without a receipt yet. */
export const inboxKey = (gln: string): string => `inbox:${gln}`;
export const openKey = (gln: string): string => `open:${gln}`;
/** Sorted by time: what a receiver has not got yet, where the hub is to bring it. */
export const waitingKey = (gln: string): string => `waiting:${gln}`;
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
/** What an organisation owes and what it waits for, by when: see `services/worklist/core/project-owed.ts`. */
export const owedKey = (gln: string): string => `owed:${gln}`;
/** The open clocks of a case, by clock id. */
export const clocksKey = (caseId: string): string => `clocks:${caseId}`;
/** Slots that give out places, by when they begin: all of them, or those of a speciality. Members `<start>|<slot id>`. */
export const slotsKey = (speciality = "*"): string => `slots:${speciality}`;
/** One slot: what it is under `slot`, and under each claim's id until when it is held, or `taken`. */
export const slotKey = (slotId: string): string => `slot:${slotId}`;
export const attachmentsRevisionKey = "attachments:revision";

/** A case as lists show it. */
export const caseKey = (caseId: string): string => `case:${caseId}`;
/** What an organisation's own people agreed about a case, and who they are, by id. */
export const deskKey = (gln: string, caseId: string): string => `desk:${gln}:${caseId}`;
export const colleaguesKey = (gln: string): string => `colleagues:${gln}`;
/** Where an organisation's cases stand in its lists: see `services/worklist/core/lanes.ts` for the scores and members. */
export const placesKey = (gln: string): string => `places:${gln}`;
/** What is hashed of a citizen, and how much of the hash is kept: half of it is enough to find by, in half the room. */
export const patientHash = (
  { cpr, alternativeId }: { cpr?: string | undefined; alternativeId?: string | undefined },
  digest: (text: string) => string,
): string => digest(`patient|${cpr ?? ""}|${alternativeId ?? ""}`).slice(0, 32);
/** A citizen's cases, the latest change first. By a keyed hash: whoever has the index alone finds no CPR number by trying them all. */
export const patientKey = (hash: string): string => `patient:${hash}`;
export const businessKey = (hash: string): string => `id:${hash}`;
/** Tells which key the hashes were made with, and which layout this is: an index made with another is made anew. */
export const indexKeyMark = "index-key";
/** One more whenever what the index keeps of a record changes. */
export const indexLayout = "7";
/** Records that could not be taken into an index, `<stream>:<sequence>`, and the error code that says why. */
export const setAsideKey = "set-aside";
