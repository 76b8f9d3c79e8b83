import { localTimeOf } from "../../../contracts/danish-time.ts";
import { printVansEnvelope } from "./print-vans-envelope.ts";
import type { VansEnvelope } from "./vans-envelope.ts";

/** An instant as MedCom's envelopes carry it: Danish wall-clock time to the second, without a zone. */
export const vansTimeOf = (instant: string): string => `${localTimeOf(instant)}:${instant.slice(17, 19)}`;

export type Wrapping = {
  sender: VansEnvelope["sender"];
  receiver: VansEnvelope["receiver"];
  /** Both UUIDs; the message keeps its own when it is sent again. */
  ids: { envelope: string; message: string };
  at: string;
  /** What the document is called behind `MCM:`. */
  type: string;
  version: string;
  /** Of a FHIR message, which is HL7's and names its format; absent: XML of OIOXML. */
  mediaType?: string;
  /** Whether the envelope asks for a receipt of its own. */
  reliable: boolean;
};

export const eanPoint = (gln: string): VansEnvelope["sender"] => ({ type: "EAN", value: gln });

/** The tag that tells the format of a FHIR message (guide to MedCom FHIR, section 10.1). */
const mimeTag = "MCM:MIME";
/** The tag's value in an envelope that was read. */
export const mediaTypeIn = ({ document }: VansEnvelope): string | undefined =>
  document?.serviceTags.find(({ name }) => name === mimeTag)?.value;

/** A printed document in a VANSEnvelope. Its name is `MCM:` and the type (guide to OIOXML, section 10). */
export const wrapInVans = (bytes: Uint8Array, wrapping: Wrapping): Uint8Array => {
  const { sender, receiver, ids, at, type, version, reliable, mediaType } = wrapping;
  const document = {
    identifier: ids.message,
    format: mediaType === undefined ? "XML" : "HL7",
    name: `MCM:${type}`,
    version,
    sizeBytes: bytes.byteLength,
    unreliable: !reliable,
    transformMessage: false,
    serviceTags: mediaType === undefined ? [] : [{ name: mimeTag, value: mediaType }],
  } as const;
  const vans = { sender, receiver, identifier: ids.envelope, sentAt: vansTimeOf(at), document };
  return printVansEnvelope(vans, bytes).bytes;
};
