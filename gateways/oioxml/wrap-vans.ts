import { printVansEnvelope } from "./codec/print-vans-envelope.ts";
import type { VansEnvelope } from "./codec/vans-envelope.ts";
import { localTimeOf } from "./local-time.ts";

/** An instant as MedCom's envelopes carry it: Danish wall-clock time to the second, without a zone. */
export const vansTimeOf = (instant: string): string => `${localTimeOf(instant)}:${instant.slice(17, 19)}`;

export type Wrapping = {
  sender: VansEnvelope["sender"];
  receiver: VansEnvelope["receiver"];
  /** Both UUIDs; the message keeps its own when it is sent again. */
  ids: { envelope: string; message: string };
  at: string;
  type: string;
  version: string;
  /** Whether the envelope asks for a receipt of its own. */
  reliable: boolean;
};

export const eanPoint = (gln: string): VansEnvelope["sender"] => ({ type: "EAN", value: gln });

/** A printed document in a VANSEnvelope. Its name is `MCM:` and the type (guide to OIOXML, section 10). */
export const wrapInVans = (bytes: Uint8Array, wrapping: Wrapping): Uint8Array => {
  const { sender, receiver, ids, at, type, version, reliable } = wrapping;
  const document = {
    identifier: ids.message,
    format: "XML",
    name: `MCM:${type}`,
    version,
    sizeBytes: bytes.byteLength,
    unreliable: !reliable,
    transformMessage: false,
    serviceTags: [],
  } as const;
  const vans = { sender, receiver, identifier: ids.envelope, sentAt: vansTimeOf(at), document };
  return printVansEnvelope(vans, bytes).bytes;
};
