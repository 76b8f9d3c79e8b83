import { uuidOf } from "../../../contracts/derived-ids.ts";
import { printSbdh } from "./print-sbdh.ts";
import { isDateTime, receiptStandard, type Sbdh, type SbdhScope, scopeOf } from "./sbdh.ts";
import { printSignal } from "./signal.ts";
import {
  originalScopes,
  process,
  receiptDueAt,
  type SbdhOriginal,
  sbdhTimeOf,
  scopesOf,
} from "./wrap-sbdh.ts";

/** Derived from what it answers: the same envelope again gets the same receipt, to the byte. */
const receiptIdFor = ({ sender, identifier }: Sbdh): string => uuidOf(`sbdh-receipt|${sender}|${identifier}`);

/** What an answer tells of the envelope that it answers. */
export const originalOf = (sbdh: Sbdh): SbdhOriginal => ({
  messageId: scopeOf(sbdh, "MESSAGEIDENTIFIER"),
  bundleId: scopeOf(sbdh, "MESSAGEENVELOPEIDENTIFIER"),
  standard: sbdh.standard,
  version: sbdh.typeVersion,
  envelopeId: sbdh.identifier,
});

const documentId =
  "urn:dk:healthcare:messaging:oasis:ebxml:schema:xsd::ehmisbdh-acknowledgement##urn:dk:ehmi:sbdh:ehmisbdh-acknowledgement::1.0";

/** A time as it was written, where it is one; else the other: a receipt may not lack it. */
const timeOr = (written: string | undefined, otherwise: string): string =>
  written !== undefined && isDateTime(written) ? written : otherwise;

/** What became of an envelope. `refused`: why it was not taken. */
interface Fate {
  readonly refused?: string | undefined;
  readonly at: string;
}

const signalFor = (sbdh: Sbdh, { refused, at }: Fate): Uint8Array => {
  const originalDocumentId = scopeOf(sbdh, "DOCUMENTID");
  const now = sbdhTimeOf(at);
  return printSignal({
    outcome: refused === undefined ? "positive" : "negative",
    originalMessageId: scopeOf(sbdh, "MESSAGEIDENTIFIER") ?? sbdh.identifier,
    ...(originalDocumentId === undefined ? {} : { originalDocumentId }),
    originalAt: timeOr(sbdh.createdAt, now),
    at: now,
    from: sbdh.receiver,
    to: sbdh.sender,
    ...(refused === undefined ? {} : { reason: refused }),
  });
};

const receiptScopes = (sbdh: Sbdh, identifier: string): SbdhScope[] => [
  ...scopesOf([
    ["DOCUMENTID", documentId],
    ["PROCESSID", process],
    ["SENDERID", scopeOf(sbdh, "RECEIVERID")],
    ["RECEIVERID", scopeOf(sbdh, "SENDERID")],
    ["MESSAGEIDENTIFIER", identifier],
    ["MESSAGEENVELOPEIDENTIFIER", identifier],
  ]),
  ...originalScopes(originalOf(sbdh)),
  ...scopesOf([["StatisticalInformation", scopeOf(sbdh, "StatisticalInformation")]]),
];

/**
 * The receipt of an envelope: an ebBP signal in an envelope of its own, which is never answered. What became of the message in it is for
 * that one's own answer to say (guide to MedCom FHIR, section 10.2).
 */
export const receiptInSbdh = (sbdh: Sbdh, fate: Fate): Uint8Array => {
  const { refused, at } = fate;
  const identifier = receiptIdFor(sbdh);
  const now = sbdhTimeOf(at);
  const receipt: Sbdh = {
    sender: sbdh.receiver,
    receiver: sbdh.sender,
    standard: receiptStandard,
    typeVersion: "ebbp-signals-2.0",
    identifier,
    type: refused === undefined ? "ReceiptAcknowledgement" : "ReceiptException",
    createdAt: now,
    scopes: receiptScopes(sbdh, identifier),
    acknowledging: {
      what: "Response",
      requestedAt: timeOr(sbdh.createdAt, now),
      requestedId: sbdh.identifier,
      expectedAt: timeOr(sbdh.acknowledging?.expectedAt, receiptDueAt(at)),
    },
    mediaType: "application/xml",
  };
  return printSbdh(receipt, signalFor(sbdh, fate));
};
