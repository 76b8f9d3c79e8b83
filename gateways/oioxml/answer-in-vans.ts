import type { ErrorCode } from "../../contracts/errors.ts";
import { toPlainText } from "../../contracts/formatted-text.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { receiptOfEnvelope } from "../envelopes/close-envelope.ts";
import type { Enveloped } from "../envelopes/enveloped.ts";
import { answerInVans } from "../envelopes/vans/answer-in-vans.ts";
import type { VansEnvelope } from "../envelopes/vans/vans-envelope.ts";
import { asAnswer, type PrintedReceipt, type Refusal } from "./answer-document.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import { refuseTextOf } from "./codec/refuse-codes.ts";
import { spokenTypes } from "./codec/spoken-types.ts";
import type { TakenDocument } from "./ports.ts";
import type { Answers } from "./refused-outcome.ts";
import { envelopeOf } from "./vans-exchange.ts";

/**
 * What became of a document in an envelope. `level`: whether the envelope itself could not be taken, or the message in
 * it. `at` is when that was decided, by the record where there is one.
 */
type Fate = {
  level: "vans" | "message";
  refusal?: Refusal | undefined;
  at: string;
};

/** The receipt of an envelope that asked for one. */
export const envelopeReceiptFor = (
  enveloped: Enveloped,
  { level, refusal, at }: Fate,
): DocumentOutcome["answer"] => {
  const refused =
    refusal === undefined ? undefined : toPlainText(refuseTextOf(refusal.code, refusal.problems));
  const bytes = receiptOfEnvelope(enveloped, { level, refused, at });
  return bytes === undefined ? undefined : asAnswer(bytes);
};

/** The document's own receipt in an envelope. It is unreliable: a receipt is never answered by one. */
export const wrappedReceipt = (
  vans: VansEnvelope,
  { bytes, type }: PrintedReceipt,
  at: string,
): DocumentOutcome["answer"] =>
  asAnswer(answerInVans(vans, bytes, { at, type, version: spokenTypes[type].version }));

/** Problems of the envelope itself, of which nothing in it is guilty. */
const ofEnvelope: ReadonlySet<ErrorCode> = new Set([
  "envelope-size-differs",
  "envelope-reused",
  "type-unspoken",
]);
const isOfEnvelope = ({ code, problems }: Refusal): boolean =>
  ofEnvelope.has(code) || problems.some((problem) => /^envelope-(empty|nested)$/.test(problem.code));

type Answered = {
  receipt: PrintedReceipt | undefined;
  refusal?: Refusal | undefined;
  at: string;
  /** The document is a receipt itself, so its envelope gets none. */
  silent: boolean;
};

/** EHMI has no name for a receipt of OIOXML in its envelope: beside the envelope's own receipt it is bare. */
const documentAnswer = (
  enveloped: Enveloped | undefined,
  receipt: PrintedReceipt | undefined,
  at: string,
): Pick<Answers, "answer"> => {
  if (receipt === undefined) return {};
  const inVans = enveloped?.kind === "vans" ? wrappedReceipt(enveloped.vans, receipt, at) : undefined;
  return { answer: inVans ?? asAnswer(receipt.bytes) };
};

const levelOf = ({ kind }: Pick<ParsedDocument, "kind">, refusal: Refusal | undefined): Fate["level"] =>
  kind === "unreadable" && refusal !== undefined && isOfEnvelope(refusal) ? "vans" : "message";

/**
 * The answer as the transport wants it: bare, or in an envelope where the document came in one of that kind, and then with the
 * envelope's own receipt beside it.
 */
export const answersTo = (
  document: Exclude<ParsedDocument, { kind: "vansReceipt" }>,
  { receipt, refusal, at, silent }: Answered,
  { answerAs }: TakenDocument,
): Answers => {
  const enveloped = envelopeOf(document);
  if (enveloped === undefined || answerAs !== enveloped.kind) return documentAnswer(undefined, receipt, at);
  const fate = { level: levelOf(document, refusal), refusal, at };
  const envelopeAnswer = silent ? undefined : envelopeReceiptFor(enveloped, fate);
  return {
    ...documentAnswer(enveloped, receipt, at),
    ...(envelopeAnswer === undefined ? {} : { envelopeAnswer }),
  };
};
