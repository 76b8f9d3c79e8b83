import type { DeliveryChange } from "../deliveries.ts";
import { uuidOf } from "../derived-ids.ts";
import type { CaseRecord } from "../record.ts";
import { isFhirMessage } from "../written.ts";
import type { FhirMessageKind } from "./fhir-message.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Named = { readonly record: CaseRecord; readonly owed: Owed };

const lettered: ReadonlySet<string> = new Set(["advice", "attachment"]);

/** Whether a CareCommunication tells a fact in words: the hub says correspondence itself in the letter that its fact holds. */
export const isInWords = ({ family, facts }: CaseRecord, { fact: at }: Pick<Owed, "fact">): boolean => {
  const fact = facts[at];
  return fact !== undefined && !(lettered.has(family) && "letter" in fact);
};

/** What is told of a fact in words is written for the one whom it goes to. */
export const wordsNameOf = ({ deliveryId }: Pick<Owed, "deliveryId">): string => `words:${deliveryId}`;

/** What the hub's own messages are named after: correspondence by what was said, the others by whom they go to. */
const names: Partial<Record<FhirMessageKind, (named: Named) => string>> = {
  CareCommunication: ({ record, owed }) =>
    isInWords(record, owed)
      ? wordsNameOf(owed)
      : `care:${record.caseId}.${String(record.meta.no)}.${String(owed.fact)}`,
  HospitalNotification: ({ owed }) => `hospital:${owed.deliveryId}`,
  HomeCareObservation: ({ owed }) => `observation:${owed.deliveryId}`,
};
const nameOf: Readonly<Record<string, ((named: Named) => string) | undefined>> = names;

/**
 * The MessageHeader.id of a delivery in FHIR, whichever sending of it: of a message that is passed on as it was written that
 * message's own, of one that the hub writes a UUID of its name. `undefined` for a delivery in another standard.
 */
export const fhirMessageIdOf = (record: CaseRecord, owed: Owed): string | undefined => {
  if (owed.standard !== "fhir") return undefined;
  if (owed.again?.messageId !== undefined) return owed.again.messageId;
  const { written } = record;
  if (owed.parties === undefined && isFhirMessage(written)) return written.messageId;
  const name = nameOf[owed.documentType]?.({ record, owed });
  return name === undefined ? undefined : uuidOf(`${name}.message`);
};

/** What an Acknowledgement leads to its delivery by: who answers, and which message. */
export const fhirAnswerKey = (answererGln: string, messageId: string): string =>
  `${answererGln}:${messageId}`;
