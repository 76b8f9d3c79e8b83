import { uuidOf } from "../../contracts/derived-ids.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import { toPlainText } from "../../contracts/formatted-text.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { asAnswer, type PrintedReceipt, type Refusal } from "./answer-document.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import { printVansReceipt } from "./codec/print-vans-envelope.ts";
import { refuseTextOf } from "./codec/refuse-codes.ts";
import { spokenTypes } from "./codec/spoken-types.ts";
import type { VansEnvelope } from "./codec/vans-envelope.ts";
import type { TakenDocument } from "./ports.ts";
import type { Answers } from "./refused-outcome.ts";
import { vansTimeOf, wrapInVans } from "./wrap-vans.ts";

/**
 * What became of a document in a VANSEnvelope. `level`: whether the envelope itself could not be taken, or the message in
 * it. `at` is when that was decided, by the record where there is one.
 */
export type VansFate = {
  level: "vans" | "message";
  refusal?: Refusal | undefined;
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
export const vansReceiptFor = (
  vans: VansEnvelope,
  { level, refusal, at }: VansFate,
): DocumentOutcome["answer"] => {
  if (!isReliable(vans)) return undefined;
  const about = {
    originalEnvelopeId: vans.identifier,
    ...(vans.document === undefined ? {} : { original: vans.document }),
  };
  const receipt =
    refusal === undefined
      ? ({ outcome: "positive", level: "message", ...about } as const)
      : ({
          outcome: "negative",
          level,
          description: toPlainText(refuseTextOf(refusal.code, refusal.problems)),
          ...about,
        } as const);
  const answer = {
    sender: vans.receiver,
    receiver: vans.sender,
    identifier: idsFor(vans, "receipt").envelope,
    sentAt: vansTimeOf(at),
    receipt,
  };
  return asAnswer(printVansReceipt(answer).bytes);
};

/** The document's own receipt in an envelope. It is unreliable: a receipt is never answered by one. */
export const wrappedReceipt = (
  vans: VansEnvelope,
  { bytes, type }: PrintedReceipt,
  at: string,
): DocumentOutcome["answer"] =>
  asAnswer(
    wrapInVans(bytes, {
      sender: vans.receiver,
      receiver: vans.sender,
      ids: idsFor(vans, type),
      at,
      type,
      version: spokenTypes[type].version,
      reliable: false,
    }),
  );

/** Problems of the envelope itself, of which nothing in it is guilty. */
const ofEnvelope: ReadonlySet<ErrorCode> = new Set([
  "envelope-size-differs",
  "envelope-reused",
  "type-unspoken",
]);

type Answered = {
  receipt: PrintedReceipt | undefined;
  refusal?: Refusal | undefined;
  at: string;
  /** The document is a receipt itself, so its envelope gets none. */
  silent: boolean;
};

/**
 * The answer as the transport wants it: bare, or in a VANSEnvelope where the document came in one, and then with the
 * envelope's own receipt beside it.
 */
export const answersTo = (
  { vans, kind }: Exclude<ParsedDocument, { kind: "vansReceipt" }>,
  { receipt, refusal, at, silent }: Answered,
  { answerAs }: TakenDocument,
): Answers => {
  if (vans === undefined || answerAs !== "vans")
    return receipt === undefined ? {} : { answer: asAnswer(receipt.bytes) };
  const level =
    kind === "unreadable" && refusal !== undefined && ofEnvelope.has(refusal.code) ? "vans" : "message";
  const envelopeAnswer = silent ? undefined : vansReceiptFor(vans, { level, refusal, at });
  return {
    ...(receipt === undefined ? {} : { answer: wrappedReceipt(vans, receipt, at) }),
    ...(envelopeAnswer === undefined ? {} : { envelopeAnswer }),
  };
};
