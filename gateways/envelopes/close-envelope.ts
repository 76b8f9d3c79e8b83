import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import type { Enveloped } from "./enveloped.ts";
import { originalOf, receiptInSbdh } from "./sbdh/answer-in-sbdh.ts";
import { type SbdhWrapping, wrapInSbdh } from "./sbdh/wrap-sbdh.ts";
import { answerInVans, type EnvelopeFate, receiptInVans } from "./vans/answer-in-vans.ts";
import { eanPoint, wrapInVans } from "./vans/wrap-vans.ts";

/** What an envelope tells of the FHIR message in it: all that either kind has a place for. */
export type MessageLabel = Pick<
  SbdhWrapping,
  "sender" | "receiver" | "event" | "version" | "patientId" | "messageId" | "bundleId" | "mediaType"
> & {
  /** How a VANSEnvelope names it, behind `MCM:`, and the version as it writes that. */
  readonly vans: { readonly type: string; readonly version: string };
};

/** A printed message in an envelope of the hub's. `ids`: the envelope's, new with each sending, and the message's, which stays. */
export const closeEnvelope = (
  kind: EnvelopeKind,
  bytes: Uint8Array,
  {
    label,
    ids,
    at,
    reliable,
  }: {
    label: MessageLabel;
    ids: { envelope: string; message: string };
    at: string;
    /** Whether a VANSEnvelope asks for a receipt of its own; one of EHMI's does always. */
    reliable: boolean;
  },
): Uint8Array => {
  if (kind === "sbdh") return wrapInSbdh(bytes, { ...label, identifier: ids.envelope, at });
  const { sender, receiver, mediaType, vans } = label;
  const points = { sender: eanPoint(sender.gln), receiver: eanPoint(receiver.gln) };
  return wrapInVans(bytes, { ...points, ...vans, ids, at, reliable, mediaType });
};

/** The answer to a message, in an envelope of its own, of the kind that the message came in. */
export const answerInEnvelope = (
  enveloped: Enveloped,
  bytes: Uint8Array,
  {
    label,
    at,
    sending,
  }: { label: MessageLabel; at: string /** Names this copy of the answer. */; sending: string },
): Uint8Array => {
  const identifier = uuidOf(`${enveloped.kind}-answer-envelope|${sending}`);
  if (enveloped.kind === "vans")
    return answerInVans(enveloped.vans, bytes, {
      ...label.vans,
      mediaType: label.mediaType,
      at,
      identifier,
    });
  return wrapInSbdh(bytes, { ...label, identifier, at, original: originalOf(enveloped.sbdh) });
};

/** The receipt of the envelope itself, where it asked for one. */
export const receiptOfEnvelope = (enveloped: Enveloped, fate: EnvelopeFate): Uint8Array | undefined => {
  if (!enveloped.wantsReceipt) return undefined;
  if (enveloped.kind === "vans") return receiptInVans(enveloped.vans, fate);
  const { level, refused, at } = fate;
  return receiptInSbdh(enveloped.sbdh, { refused: level === "vans" ? refused : undefined, at });
};
