import { defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import { closeEnvelope } from "../../gateways/envelopes/close-envelope.ts";
import type { Enveloped } from "../../gateways/envelopes/enveloped.ts";
import { type EnvelopeReceipt, type Opened, openEnvelope } from "../../gateways/envelopes/open-envelope.ts";
import { labelOf } from "../../gateways/fhir/envelope-label.ts";
import { parseMessage } from "../../gateways/fhir/parse-message.ts";
import { keepEmitted } from "./emitted.ts";

/** Opens what must be an envelope. */
export const opened = (bytes: Uint8Array): Opened => {
  const found = openEnvelope(bytes, defaultDocumentLimits);
  if (found === undefined) throw new Error("no envelope");
  return found;
};

export const messageIn = (bytes: Uint8Array): { enveloped: Enveloped; data: Uint8Array } => {
  const found = opened(bytes);
  if (found.is !== "message") throw new Error(JSON.stringify(found));
  return found;
};

export const receiptIn = (bytes: Uint8Array): EnvelopeReceipt => {
  const found = opened(bytes);
  if (found.is !== "receipt") throw new Error(JSON.stringify(found));
  return found.receipt;
};

/** The message in bytes, bare or in an envelope. */
export const fhirIn = (bytes: Uint8Array): FhirMessage => {
  const parsed = parseMessage(bytes);
  if (parsed.kind !== "message") throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
};

type Sending = { ids: { envelope: string; message: string }; at?: string; reliable?: boolean };

/** A message as its sender puts it into an envelope; it is held against MedCom's schemas where there is one. */
export const inEnvelope = (
  kind: EnvelopeKind,
  bytes: Uint8Array,
  { ids, at = "2026-11-23T09:15:05.000Z", reliable = true }: Sending,
): Uint8Array => {
  const parsed = parseMessage(bytes);
  if (parsed.kind !== "message") throw new Error(JSON.stringify(parsed.problems));
  const label = labelOf(parsed.message, `application/fhir+${parsed.format}`);
  const document = closeEnvelope(kind, bytes, { label, ids, at, reliable });
  keepEmitted(document);
  return document;
};
