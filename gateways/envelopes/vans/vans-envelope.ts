import type { Fields, Value } from "../../tables/element-table.ts";
import {
  bytesIn,
  groupIn,
  groupsIn,
  groupValue,
  memberOf,
  optionalText,
  textIn,
  textValue,
} from "../../tables/fields.ts";
import { below, type Place, report, warn } from "../../tables/place.ts";
import { isUuid } from "../uuid.ts";
import { documentFormats, endPointTypes } from "./vans-envelope-table.ts";

interface VansEndPoint {
  readonly type: (typeof endPointTypes)[number];
  readonly value: string;
}
/** What a VANS envelope says of the document in it. `name` is `MCM:` and the type; `sizeBytes` is of the decoded data. */
export interface VansDocument {
  readonly identifier: string;
  readonly format: (typeof documentFormats)[number];
  readonly name: string;
  readonly version?: string;
  readonly sizeBytes: number;
  /** Left out: reliable, as the standard says. */
  readonly unreliable?: boolean;
  readonly transformMessage?: boolean;
  readonly serviceTags: readonly { readonly name: string; readonly value: string }[];
}

/**
 * A receipt of the envelope itself. `vans`: an operator on the way says that it went no further; `message`: the receiving
 * system says what became of the message. `description` tells why it was refused; `original` is what the envelope told.
 */
export interface VansReceipt {
  readonly outcome: "positive" | "negative";
  readonly level: "message" | "vans";
  readonly code?: string;
  readonly description?: string;
  readonly originalEnvelopeId: string;
  readonly original?: VansDocument;
}

/**
 * MedCom's VANSEnvelope 1.0.4. Identifiers are UUIDs by the standard and kept as written, for some are not. `sentAt` is
 * xs:dateTime as written, often without a zone. It holds a document or a receipt.
 */
export interface VansEnvelope {
  readonly sender: VansEndPoint;
  readonly receiver: VansEndPoint;
  readonly identifier: string;
  readonly sentAt: string;
  readonly document?: VansDocument;
  readonly receipt?: VansReceipt;
}

const endPointOf = (fields: Fields, name: string): VansEndPoint => {
  const value = fields[name]?.[0];
  const type = value?.is === "text" ? memberOf(endPointTypes, value.attribute) : undefined;
  return { type: type ?? "EAN", value: textIn(fields, name).trim() };
};

const tagsOf = (fields: Fields): VansDocument["serviceTags"] =>
  (fields["ServiceTag"] ?? []).flatMap((value) =>
    value.is === "text" ? [{ name: value.attribute ?? "", value: value.text }] : [],
  );

const documentOf = (meta: Fields, place: Place): VansDocument => {
  const document = groupIn(meta, "Document");
  const [transport] = groupsIn(meta, "Transport");
  const name = textIn(document, "Name");
  const version = optionalText(document, "Version");
  const identifier = textIn(meta, "Identifier");
  if (!isUuid(identifier)) warn(below(place, "Identifier"), "identifier-not-uuid");
  if (!name.startsWith("MCM:")) warn(below(place, "Document/Name"), "name-without-prefix");
  return {
    identifier,
    format: memberOf(documentFormats, optionalText(document, "Format")) ?? "Other",
    name,
    ...(version === undefined ? {} : { version }),
    sizeBytes: Number(textIn(document, "SizeInBytes")),
    ...(transport === undefined
      ? {}
      : {
          unreliable: optionalText(transport, "Type") === "unreliable",
          transformMessage: /^(true|1)$/.test(textIn(transport, "TransformMessage")),
        }),
    serviceTags: transport === undefined ? [] : tagsOf(transport),
  };
};

const receiptKinds = {
  NegativeVans: { outcome: "negative", level: "vans" },
  NegativeMessage: { outcome: "negative", level: "message" },
  PositiveMessage: { outcome: "positive", level: "message" },
} as const;
const receiptNames = ["NegativeVans", "NegativeMessage", "PositiveMessage"] as const;

const receiptOf = (fields: Fields, place: Place): VansReceipt | undefined => {
  const [receipt] = groupsIn(fields, "Receipt");
  const name = receiptNames.find((one) => receipt?.[one] !== undefined);
  if (receipt === undefined || name === undefined) return undefined;
  const said = groupIn(receipt, name);
  const error = groupIn(said, "Error");
  const [original] = groupsIn(said, "OriginalMessage");
  const at = below(below(below(place, "Receipt"), name), "OriginalMessage");
  const code = optionalText(error, "Code");
  const description = optionalText(error, "Description");
  return {
    ...receiptKinds[name],
    ...(code === undefined ? {} : { code }),
    ...(description === undefined ? {} : { description }),
    originalEnvelopeId: textIn(said, "OriginalEnvelopeIdentifier"),
    ...(original === undefined ? {} : { original: documentOf(original, at) }),
  };
};

/** The envelope's fields and the bytes in it. A size that differs is reported to the place. */
export const vansEnvelopeOf = (fields: Fields, place: Place): { vans: VansEnvelope; data?: Uint8Array } => {
  const identifier = textIn(fields, "EnvelopeIdentifier");
  if (!isUuid(identifier)) warn(below(place, "EnvelopeIdentifier"), "identifier-not-uuid");
  const envelope = {
    sender: endPointOf(fields, "SenderID"),
    receiver: endPointOf(fields, "ReceiverID"),
    identifier,
    sentAt: textIn(fields, "SentDateTime"),
  };
  const [message] = groupsIn(fields, "Message");
  if (message === undefined) {
    const receipt = receiptOf(fields, place);
    return { vans: receipt === undefined ? envelope : { ...envelope, receipt } };
  }
  const meta = below(place, "Message/MetaInformation");
  const document = documentOf(groupIn(message, "MetaInformation"), meta);
  const data = bytesIn(message, "Data");
  if (data.byteLength !== document.sizeBytes)
    report(below(meta, "Document/SizeInBytes"), "envelope-size-differs");
  return { vans: { ...envelope, document }, data };
};

const endPoint = (point: VansEndPoint): Value[] => [{ is: "text", text: point.value, attribute: point.type }];

const transportFields = (document: VansDocument): Fields => ({
  Type: textValue(document.unreliable === true ? "unreliable" : "reliable"),
  TransformMessage: textValue(String(document.transformMessage === true)),
  ServiceTag: document.serviceTags.map((tag) => ({ is: "text", text: tag.value, attribute: tag.name })),
});

const metaFields = (document: VansDocument): Fields => ({
  Identifier: textValue(document.identifier),
  Document: groupValue({
    Format: textValue(document.format),
    Name: textValue(document.name),
    Version: textValue(document.version),
    SizeInBytes: textValue(String(document.sizeBytes)),
  }),
  // What did not tell its transport is told again without it.
  ...(document.unreliable === undefined ? {} : { Transport: groupValue(transportFields(document)) }),
});

const headFields = (vans: VansEnvelope): Fields => ({
  SenderID: endPoint(vans.sender),
  ReceiverID: endPoint(vans.receiver),
  EnvelopeIdentifier: textValue(vans.identifier),
  SentDateTime: textValue(vans.sentAt),
});

/** `data` is printed as it is; its size is counted, never taken from the document. */
export const vansFields = (vans: VansEnvelope & { document: VansDocument }, data: Uint8Array): Fields => ({
  ...headFields(vans),
  Message: groupValue({
    MetaInformation: groupValue(metaFields({ ...vans.document, sizeBytes: data.byteLength })),
    Data: [{ is: "bytes", bytes: data }],
  }),
});

/** VANSEnvelope 1.0.4, ErrorType: a refusal must say something, in so many characters. */
const descriptionLength = 512;

const errorFields = ({ code, description }: VansReceipt): Fields => ({
  Code: textValue(code),
  Description: textValue((description ?? "_").slice(0, descriptionLength)),
});

const nameOfReceipt = ({ outcome, level }: VansReceipt): (typeof receiptNames)[number] => {
  if (outcome === "positive") return "PositiveMessage";
  return level === "vans" ? "NegativeVans" : "NegativeMessage";
};

export const vansReceiptFields = (vans: VansEnvelope & { receipt: VansReceipt }): Fields => {
  const { receipt } = vans;
  const { original } = receipt;
  const said = {
    ...(receipt.outcome === "negative" ? { Error: groupValue(errorFields(receipt)) } : {}),
    OriginalEnvelopeIdentifier: textValue(receipt.originalEnvelopeId),
    ...(original === undefined ? {} : { OriginalMessage: groupValue(metaFields(original)) }),
  };
  return { ...headFields(vans), Receipt: groupValue({ [nameOfReceipt(receipt)]: groupValue(said) }) };
};
