import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import { envelopeKindIn, headBytes } from "../../contracts/first-look.ts";
import type { Problem } from "../../contracts/problem.ts";
import { type Place, report, type Sink, sinkFor } from "../tables/place.ts";
import { problemOf } from "../tables/problem-texts.ts";
import { readGroup } from "../tables/read-table.ts";
import { readXml, type XmlElement, type XmlReading } from "../xml/read-xml.ts";
import type { Base64Elements } from "../xml/xml-tree.ts";
import { type Enveloped, ofSbdh, ofVans } from "./enveloped.ts";
import { readSbdh } from "./sbdh/read-sbdh.ts";
import { contentPath, isReceiptOf, type Sbdh, sbdhNamespace, sbdhRoot, scopeOf } from "./sbdh/sbdh.ts";
import { readSignal, type Signal } from "./sbdh/signal.ts";
import { type VansEnvelope, type VansReceipt, vansEnvelopeOf } from "./vans/vans-envelope.ts";
import { vansEnvelopeTable, vansNamespace } from "./vans/vans-envelope-table.ts";

/** The elements of envelopes that hold a whole document in base64. */
export const envelopeContents: Base64Elements = new Map([
  ["Data", "document"],
  ["BinaryContent", "document"],
]);

/** The receipt of an envelope that the hub sent. */
export type EnvelopeReceipt =
  | { readonly kind: "vans"; readonly vans: VansEnvelope; readonly receipt: VansReceipt }
  | {
      readonly kind: "sbdh";
      readonly sbdh: Sbdh;
      readonly signal: Pick<Signal, "outcome" | "originalMessageId" | "reason">;
    };

/**
 * What an envelope holds. `unopened`: why it is not taken, with every problem and its path; `enveloped` then is there when the envelope
 * itself could be read, so that whoever sent it can be told.
 */
export type Opened =
  | {
      readonly is: "message";
      readonly enveloped: Enveloped;
      readonly data: Uint8Array;
      readonly warnings: readonly Problem[];
    }
  | { readonly is: "receipt"; readonly receipt: EnvelopeReceipt; readonly warnings: readonly Problem[] }
  | {
      readonly is: "unopened";
      readonly code: ErrorCode;
      readonly problems: readonly Problem[];
      readonly enveloped?: Enveloped;
      /** What is in it all the same, to see to whom a refusal is owed. */
      readonly data?: Uint8Array;
    };

type Unopened = Extract<Opened, { is: "unopened" }>;

const unopened = (
  code: ErrorCode,
  { problems }: Pick<Sink, "problems">,
  enveloped?: Enveloped,
): Unopened => ({
  is: "unopened",
  code,
  problems,
  ...(enveloped === undefined ? {} : { enveloped }),
});

const latin1 = (bytes: Uint8Array, most: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, most)).toString("latin1");

/** An envelope holds a document: not nothing, and not another envelope, in which there could be one more. */
const contentFault = (data: Uint8Array, place: Place): ErrorCode | undefined => {
  const isEmpty = data.byteLength === 0;
  if (!isEmpty && envelopeKindIn(latin1(data, headBytes)) === undefined) return undefined;
  report(place, isEmpty ? "envelope-empty" : "envelope-nested");
  return isEmpty ? "document-invalid" : "type-unknown";
};

const openVans = (root: XmlElement): Opened => {
  const sink = sinkFor(vansNamespace);
  const place = { path: "VANSEnvelope", sink };
  const fields = readGroup(root, vansEnvelopeTable, place);
  if (sink.problems.length > 0) return unopened("document-invalid", sink);
  const { vans, data } = vansEnvelopeOf(fields, place);
  const { problems, warnings } = sink;
  if (vans.receipt !== undefined)
    return { is: "receipt", receipt: { kind: "vans", vans, receipt: vans.receipt }, warnings };
  const enveloped = ofVans(vans);
  const bytes = data ?? new Uint8Array();
  if (problems.length > 0) return { ...unopened("envelope-size-differs", sink, enveloped), data: bytes };
  const fault = contentFault(bytes, { path: "VANSEnvelope/Message/Data", sink });
  return fault === undefined
    ? { is: "message", enveloped, data: bytes, warnings }
    : unopened(fault, sink, enveloped);
};

const openSbdh = (root: XmlElement, limits: DocumentLimits): Opened => {
  const sink = sinkFor(sbdhNamespace);
  const { sbdh, data } = readSbdh(root, { path: "", sink });
  const { problems, warnings } = sink;
  const content = { path: contentPath, sink };
  if (problems.length === 0 && isReceiptOf(sbdh)) {
    const signal = readSignal(data, limits);
    if (signal === undefined) report(content, "type-unknown");
    return signal === undefined
      ? unopened("document-invalid", sink)
      : { is: "receipt", receipt: { kind: "sbdh", sbdh, signal }, warnings };
  }
  const isKnown = [sbdh.sender, sbdh.receiver, sbdh.identifier].every((text) => text !== "");
  const enveloped = isKnown ? ofSbdh(sbdh) : undefined;
  const fault = problems.length === 0 ? contentFault(data, content) : "document-invalid";
  return enveloped === undefined || fault !== undefined
    ? unopened(fault ?? "document-invalid", sink, enveloped)
    : { is: "message", enveloped, data, warnings };
};

/** What a document holds if it is an envelope; `undefined`: it is none. */
export const openRoot = (root: XmlElement, limits: DocumentLimits): Opened | undefined => {
  if (root.uri === vansNamespace && root.local === "VANSEnvelope") return openVans(root);
  return root.local === sbdhRoot ? openSbdh(root, limits) : undefined;
};

const unread = ({ code, line }: XmlReading & { ok: false }): Opened =>
  unopened(code, { problems: [problemOf(code, line === undefined ? "" : `line ${String(line)}`)] });

/**
 * Opens a document if it begins like an envelope; `undefined`: it does not, and is left alone. Total: strict XML without DTDs or
 * entities, within the limits, its base64 decoded as it comes.
 */
export const openEnvelope = (bytes: Uint8Array, limits: DocumentLimits): Opened | undefined => {
  if (envelopeKindIn(latin1(bytes, headBytes)) === undefined) return undefined;
  const reading = readXml(bytes, limits, envelopeContents);
  if (!reading.ok) return unread(reading);
  return openRoot(reading.root, limits);
};

/** The scope that names the envelope a receipt is about. */
export const originalEnvelopeIn = (sbdh: Sbdh): string | undefined =>
  scopeOf(sbdh, "ORIGINALENVELOPEIDENTIFIER") ?? sbdh.acknowledging?.requestedId;
