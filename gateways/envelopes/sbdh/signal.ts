import type { DocumentLimits } from "../../../contracts/codes/document-limits.ts";
import { readXml, textAlong } from "../../xml/read-xml.ts";
import { xmlText } from "./print-sbdh.ts";

/** OASIS ebBP signals 2.0.4: what EHMI's envelopes are receipted by. */
const signalNamespace = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0";

/** The receipt of an envelope. `reason`: why it was not taken, of a ReceiptException. Times are xs:dateTime. */
export interface Signal {
  readonly outcome: "positive" | "negative";
  /** MessageHeader.id of the message in the envelope. */
  readonly originalMessageId: string;
  /** The DOCUMENTID of the envelope's header. */
  readonly originalDocumentId?: string;
  readonly originalAt: string;
  readonly at: string;
  /** Participants, as the header has them. */
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
}

const names = { positive: "ReceiptAcknowledgement", negative: "Exception" } as const;

const mostText = 3500;

/** What a signal says, of whatever prefix and in whatever order: the samples differ. `undefined`: it is none. */
export const readSignal = (
  bytes: Uint8Array,
  limits: DocumentLimits,
): Pick<Signal, "outcome" | "originalMessageId" | "reason"> | undefined => {
  const reading = readXml(bytes, limits);
  if (!reading.ok || reading.root.uri !== signalNamespace) return undefined;
  const { root } = reading;
  const outcome = root.local === names.positive ? "positive" : "negative";
  if (outcome === "negative" && root.local !== names.negative) return undefined;
  const originalMessageId = textAlong(root, ["OriginalMessageIdentifier"], 255);
  if (originalMessageId === undefined) return undefined;
  const reason = textAlong(root, ["Reason"], mostText);
  return { outcome, originalMessageId, ...(reason === undefined ? {} : { reason }) };
};

const element = (name: string, text: string): string => `<b:${name}>${xmlText(text)}</b:${name}>`;
const party = (name: string, participant: string): string =>
  `<b:${name} type="iso6523-actorid-upis">${xmlText(participant)}</b:${name}>`;

const refusal = (reason: string): string =>
  `<b:ExceptionType><b:ReceiptException>Syntax</b:ReceiptException></b:ExceptionType>${element("Reason", reason)}`;

export const printSignal = (signal: Signal): Uint8Array => {
  const { outcome, originalMessageId, originalDocumentId, originalAt, at, from, to, reason } = signal;
  const name = names[outcome];
  const content = [
    element("OriginalMessageIdentifier", originalMessageId),
    ...(originalDocumentId === undefined ? [] : [element("OriginalDocumentIdentifier", originalDocumentId)]),
    element("OriginalMessageDateTime", originalAt),
    element("ThisMessageDateTime", at),
    party("FromPartyInfo", from),
    party("ToPartyInfo", to),
    element("CollaborationIdentifier", originalMessageId),
    ...(outcome === "positive" ? [] : [refusal(reason ?? "_")]),
  ].join("");
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<b:${name} xmlns:b="${signalNamespace}">${content}</b:${name}>`,
  );
};
