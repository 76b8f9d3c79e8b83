import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import { closeEnvelope } from "../envelopes/close-envelope.ts";
import { printFhir } from "./codec/model/print-fhir.ts";
import type { FhirFormat } from "./codec/model/read-fhir.ts";
import { bundleOf } from "./codec/typed-message.ts";
import { labelOf } from "./envelope-label.ts";
import { mediaTypes } from "./media-types.ts";

/** Everything that a message is printed from: a value, so that it may be printed in another thread. */
export type PrintOrder = {
  readonly message: FhirMessage;
  /** The bytes of its attachments, by their ids. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly format: FhirFormat;
  /** The envelope that it is to come in, if any. */
  readonly around?: {
    readonly kind: EnvelopeKind;
    readonly ids: { readonly envelope: string; readonly message: string };
    readonly at: string;
    readonly reliable: boolean;
  };
};

/** The message, in no envelope. */
export const printBare = ({ message, contents, format }: PrintOrder): Uint8Array => {
  const idFor = (name: string): string => uuidOf(`${message.messageId}:${name}`);
  return printFhir(bundleOf(message, { idFor, contents }), format);
};

/** A printed message in the envelope that it is to come in. */
export const wrapPrinted = ({ message, format, around }: PrintOrder, bytes: Uint8Array): Uint8Array => {
  if (around === undefined) return bytes;
  const { kind, ids, at, reliable } = around;
  return closeEnvelope(kind, bytes, { label: labelOf(message, mediaTypes[format]), ids, at, reliable });
};

export const printOrder = (order: PrintOrder): Uint8Array => wrapPrinted(order, printBare(order));
