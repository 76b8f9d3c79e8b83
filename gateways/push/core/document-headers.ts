import { traceparentHeader } from "../../../contracts/traceparent.ts";
import { signatureOf } from "./sign.ts";

/** One document on its way. */
export type Parcel = {
  deliveryId: string;
  /** From 1. What is sent again is another document to its receiver: a new envelope around the same letter. */
  sending: number;
  caseId: string;
  from: string;
  to: string;
  documentType: string;
  mediaType: string;
  body: Uint8Array;
  /** The step that brings it, where there are traces: what its receiver does with it can be a part of the same. */
  traceparent?: string | undefined;
};

/** Stays the same however often this sending is tried: a receiver that has seen it says yes again. */
export const idOf = ({ deliveryId, sending }: Pick<Parcel, "deliveryId" | "sending">): string =>
  sending === 1 ? deliveryId : `${deliveryId}_${String(sending)}`;

/**
 * The headers of a document, the same on HTTP and on the bus: those of Standard Webhooks 1.0 (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature`), and who sends what to whom. Ids and codes alone, nothing of a patient.
 */
export const headersOf = (
  parcel: Parcel,
  { timestamp, secrets }: { timestamp: number; secrets: readonly string[] },
): Record<string, string> => {
  const id = idOf(parcel);
  const signature = signatureOf(secrets, { id, timestamp, body: parcel.body });
  return {
    "content-type": parcel.mediaType,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    ...(signature === "" ? {} : { "webhook-signature": signature }),
    "idempotency-key": id,
    "sektorbro-delivery": parcel.deliveryId,
    "sektorbro-sending": String(parcel.sending),
    "sektorbro-case": parcel.caseId,
    "sektorbro-from": parcel.from,
    "sektorbro-to": parcel.to,
    "sektorbro-document": parcel.documentType,
    ...(parcel.traceparent === undefined ? {} : { [traceparentHeader]: parcel.traceparent }),
  };
};
