import type { FhirMessage } from "../../../contracts/fhir/fhir-message.ts";

/** What an arriving message is known by, and may be a copy by. */
export interface Arriving {
  readonly kind: FhirMessage["kind"];
  readonly senderGln: string;
  readonly messageId: string;
  readonly bundleId: string;
  /** Of `contentOf`. */
  readonly digest: string;
}

/**
 * A duplicate is a message of the same sender with the same MessageHeader.id (governance 040, MR8). The id alone is not
 * enough: MedCom's own test files give two hospitals' messages the same one, and want both shown (guide to FHIR, section 13).
 */
export const messageKey = ({ senderGln, messageId }: Pick<Arriving, "senderGln" | "messageId">): string =>
  `${senderGln}:${messageId}`;

type Contents = ReadonlyMap<string, string>;

/** Renewed whenever a message is sent again (guide to FHIR, G10 and section 3.1). */
const isRenewed = (name: string, value: unknown): boolean =>
  ["bundleId", "created", "occurred", "recorded"].includes(name) && typeof value === "string";

/** Names in order, so that equal content is equal text; an attachment's own times are part of what it is. */
const written = (value: unknown, name: string, inHistory: boolean): unknown => {
  if (Array.isArray(value)) return value.map((one) => written(one, "", inHistory));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, one]) => one !== undefined && !((inHistory || name === "message") && isRenewed(key, one)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]): [string, unknown] => [key, written(one, key, inHistory || key === "history")]);
  return Object.fromEntries(entries);
};

/**
 * What a message says, whichever envelope, time and format it is sent in: the same for a resent message, another for one that
 * was changed under the same id. `contents`: digests of its attachments, by their ids. To be hashed: it is clinical text.
 */
export const contentOf = (message: FhirMessage, contents: Contents = new Map()): string =>
  JSON.stringify([written(message, "message", false), [...contents].toSorted()]);
