import { localTimeOf } from "../../contracts/danish-time.ts";
import { shortId } from "../../contracts/derived-ids.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import { type ErrorCode, isErrorCode } from "../../contracts/errors.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { ParsedDocument, ParsedLetter } from "./codec/parsed-document.ts";
import { printReceipts } from "./codec/print-receipt.ts";
import type { OriginalLetter, ReceiptContent } from "./codec/receipt.ts";
import { refuseCodeOf, refuseTextOf } from "./codec/refuse-codes.ts";

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
type Unreadable = Extract<ParsedDocument, { kind: "unreadable" }>;
export type Refusal = { code: ErrorCode; problems: readonly Problem[] };

/** A letter of a document and what came of it. `refusal` is there when it was not taken. */
export type SettledLetter = { letter: ParsedLetter; reply?: CommandReply; refusal?: Refusal };

/** A receipt as bytes, and the type that tells it: that of the first, for an Emessage may hold two. */
export type PrintedReceipt = { bytes: Uint8Array; type: "XCTL02" | "XCTL03" };

/** The name that the hub gives itself where a receipt must name who received, and the document did not say for whom it was. */
const hubName = "SEKTORBRO";

type Exchange = Pick<ReceiptContent, "originalEnvelopeId" | "originalSenderGln" | "originalReceiverGln">;

/** Derived from what it answers: the same letters again get the same receipt, to the byte. */
const receiptLetterId = (exchange: Exchange, parts: readonly string[]): string =>
  shortId(["receipt-letter", exchange.originalSenderGln, exchange.originalEnvelopeId, ...parts].join("|"));

const base = (
  outcome: ReceiptContent["outcome"],
  exchange: Exchange,
  letters: OriginalLetter[],
): ReceiptContent => ({
  outcome,
  vansLevel: false,
  letterId: receiptLetterId(
    exchange,
    letters.map((l) => l.letterId),
  ),
  senderGln: exchange.originalReceiverGln,
  receiverGln: exchange.originalSenderGln,
  ...exchange,
  originalLetters: letters,
});

const printed = (receipts: readonly [ReceiptContent, ...ReceiptContent[]], at: string): PrintedReceipt => {
  const [first] = receipts;
  const numbers = receipts.map(({ letterId }) => letterId).join("|");
  const envelopeId = shortId(`receipt:${first.originalSenderGln}:${numbers}`);
  const { bytes } = printReceipts(receipts, { envelopeId, sent: localTimeOf(at) });
  return { bytes, type: first.outcome === "negative" ? "XCTL02" : "XCTL03" };
};

const namesOf = (
  letter: ParsedLetter,
): { letterId?: string; version?: string; sender?: string; receiver?: string } => {
  if ("letter" in letter) {
    const { letterId, sender, receiver } = letter.letter;
    return { letterId, version: letter.version, sender: sender.gln, receiver: receiver.gln };
  }
  if (letter.kind === "receipt") return {};
  return {
    ...(letter.letterId === undefined ? {} : { letterId: letter.letterId }),
    ...(letter.version === undefined ? {} : { version: letter.version }),
    ...(letter.senderGln === undefined ? {} : { sender: letter.senderGln }),
    ...(letter.receiverGln === undefined ? {} : { receiver: letter.receiverGln }),
  };
};

const originalLetter = ({ letter, refusal }: SettledLetter, sent: string): OriginalLetter[] => {
  const { letterId, version } = namesOf(letter);
  if (letterId === undefined) return [];
  const names = { letterId, version: version ?? "_" };
  if (refusal === undefined) return [names];
  const { code, problems } = refusal;
  return [
    {
      ...names,
      refuseCode: refuseCodeOf(code, problems),
      refuseText: refuseTextOf(code, problems, { letterId, sent }),
    },
  ];
};

/** A letter whose number could not be read cannot be named: the reason then stands on the envelope. */
const onEnvelope = (
  refused: readonly SettledLetter[],
  { alone }: { alone: boolean },
): Pick<ReceiptContent, "refuseCode" | "refuseText"> => {
  const refusal = refused.find(({ letter }) => namesOf(letter).letterId === undefined)?.refusal;
  if (refusal === undefined) return {};
  const { code, problems } = refusal;
  return {
    refuseCode: refuseCodeOf(code, problems),
    refuseText: refuseTextOf(code, problems, alone ? {} : { unnamed: true }),
  };
};

/** A receipt, read or refused: never answered by a receipt, or two systems would receipt one another for ever. */
export const isReceipt = (letter: ParsedLetter): boolean =>
  letter.kind === "receipt" || (letter.kind === "refused" && letter.isReceipt === true);

const exchangeOf = (document: Emessage, settled: readonly SettledLetter[]): Exchange | undefined => {
  const names = settled.map(({ letter }) => namesOf(letter));
  const sender = names.find((n) => n.sender !== undefined)?.sender;
  if (sender === undefined) return undefined;
  return {
    originalEnvelopeId: document.envelope.identifier,
    originalSenderGln: sender,
    originalReceiverGln: names.find((n) => n.receiver !== undefined)?.receiver ?? hubName,
  };
};

/**
 * The receipts for a document that was read. What was refused is told always, each letter by its own number and reason; what
 * was taken when a positive receipt was asked for; each receipt names its own letters alone, and both stand in one Emessage.
 * None for a receipt (guide to OIOXML, section 9, rules 1, 2 and 6).
 */
export const receiptFor = (
  document: Emessage,
  all: readonly SettledLetter[],
  at: string,
): PrintedReceipt | undefined => {
  const settled = all.filter(({ letter }) => !isReceipt(letter));
  const exchange = exchangeOf(document, settled);
  if (exchange === undefined) return undefined;
  const lettersOf = (some: readonly SettledLetter[]): OriginalLetter[] =>
    some.flatMap((one) => originalLetter(one, document.envelope.sent));
  const refused = settled.filter(({ refusal }) => refusal !== undefined);
  const taken = document.envelope.wantsPositiveReceipt
    ? settled.filter(({ refusal }) => refusal === undefined)
    : [];
  const told = lettersOf(taken);
  if (refused.length === 0)
    return taken.length === 0 ? undefined : printed([base("positive", exchange, told)], at);
  const negative = {
    ...base("negative", exchange, lettersOf(refused)),
    ...onEnvelope(refused, { alone: settled.length === 1 }),
  };
  if (taken.length === 0) return printed([negative], at);
  // Beside a refusal it is another letter, also where a sender gave two letters one number.
  const letterId = receiptLetterId(exchange, ["taken", ...told.map((l) => l.letterId)]);
  return printed([negative, { ...base("positive", exchange, told), letterId }], at);
};

/** The negative receipt for a document in which nothing can be read, when its envelope and sender could. */
export const receiptForUnreadable = (document: Unreadable, at: string): PrintedReceipt | undefined => {
  const originalEnvelopeId = document.envelope?.identifier;
  const { senderGln, code, problems, refuseCode } = document;
  if (originalEnvelopeId === undefined || senderGln === undefined || document.isReceipt === true)
    return undefined;
  const exchange = {
    originalEnvelopeId,
    originalSenderGln: senderGln,
    originalReceiverGln: document.receiverGln ?? hubName,
  };
  const sent = document.envelope?.sent;
  const refuseText = refuseTextOf(code, problems, sent === undefined ? {} : { sent });
  const letters = document.letters.map(({ letterId, version }) => ({ letterId, version: version ?? "_" }));
  return printed([{ ...base("negative", exchange, letters), refuseCode, refuseText }], at);
};

/** A printed document as an outcome carries it. */
export const asAnswer = (bytes: Uint8Array): NonNullable<DocumentOutcome["answer"]> => ({
  mediaType: "application/xml",
  base64: Buffer.from(bytes).toString("base64"),
});

/** A service's refusal in this gateway's terms. */
export const refusalOf = (reply: CommandReply): Refusal | undefined => {
  if (reply.status !== "refused") return undefined;
  return { code: isErrorCode(reply.code) ? reply.code : "document-invalid", problems: reply.problems };
};
