import { uuidOf } from "../../../contracts/derived-ids.ts";
import { printVansReceipt } from "./print-vans-envelope.ts";
import type { VansEnvelope } from "./vans-envelope.ts";
import { vansTimeOf, type Wrapping, wrapInVans } from "./wrap-vans.ts";

/**
 * What became of what came in an envelope. `level`: whether the envelope itself could not be taken, or the message in it. `refused`: why,
 * in Danish, for the sender's screen. `at` is when that was decided, by the record where there is one.
 */
export type EnvelopeFate = {
  level: "vans" | "message";
  refused?: string | undefined;
  at: string;
};

/** Derived from what it answers: the same envelope again gets the same receipt, to the byte. */
const idsFor = (vans: VansEnvelope, what: string): { envelope: string; message: string } => {
  const about = `${what}|${vans.sender.value}|${vans.identifier}`;
  return { envelope: uuidOf(`vans-answer-envelope|${about}`), message: uuidOf(`vans-answer|${about}`) };
};

/** Reliable is what an envelope is that does not say (VANSEnvelope 1.0.4, Transport/Type). */
export const isReliable = ({ document }: VansEnvelope): boolean =>
  document !== undefined && document.unreliable !== true;

/** The receipt of an envelope that asked for reliable transport. */
export const receiptInVans = (
  vans: VansEnvelope,
  { level, refused, at }: EnvelopeFate,
): Uint8Array | undefined => {
  if (!isReliable(vans)) return undefined;
  const about = {
    originalEnvelopeId: vans.identifier,
    ...(vans.document === undefined ? {} : { original: vans.document }),
  };
  const receipt =
    refused === undefined
      ? ({ outcome: "positive", level: "message", ...about } as const)
      : ({ outcome: "negative", level, description: refused, ...about } as const);
  return printVansReceipt({
    sender: vans.receiver,
    receiver: vans.sender,
    identifier: idsFor(vans, "receipt").envelope,
    sentAt: vansTimeOf(at),
    receipt,
  }).bytes;
};

/** What a document came to by its own standard, in an envelope. It is unreliable: an answer is never answered by one. */
export const answerInVans = (
  vans: VansEnvelope,
  bytes: Uint8Array,
  {
    identifier,
    ...answer
  }: Pick<Wrapping, "type" | "version" | "mediaType" | "at"> & {
    /** The envelope's, of an answer that is another with each sending; absent: always the same. */
    identifier?: string;
  },
): Uint8Array => {
  const ids = idsFor(vans, answer.type);
  return wrapInVans(bytes, {
    ...answer,
    sender: vans.receiver,
    receiver: vans.sender,
    ids: { ...ids, ...(identifier === undefined ? {} : { envelope: identifier }) },
    reliable: false,
  });
};
