import { shortId } from "../../contracts/derived-ids.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import { type ErrorCode, isErrorCode } from "../../contracts/errors.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { ParsedDocument, ParsedLetter } from "./codec/parsed-document.ts";
import { printReceipt } from "./codec/print-receipt.ts";
import type { OriginalLetter, ReceiptContent } from "./codec/receipt.ts";
import { refuseCodeOf, refuseTextOf } from "./codec/refuse-codes.ts";
import { localTimeOf } from "./local-time.ts";

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
type Unreadable = Extract<ParsedDocument, { kind: "unreadable" }>;

/** A letter of a document and what came of it. `refusal` is there when it was not taken. */
export type SettledLetter = {
  letter: ParsedLetter;
  reply?: CommandReply;
  refusal?: { code: ErrorCode; problems: readonly Problem[] };
};

/** The name that the hub gives itself where a receipt must name who received, and the document did not say for whom it was. */
const hubName = "SEKTORBRO";

type Exchange = Pick<ReceiptContent, "originalEnvelopeId" | "originalSenderGln" | "originalReceiverGln">;

const base = (
  outcome: ReceiptContent["outcome"],
  exchange: Exchange,
  letters: OriginalLetter[],
): ReceiptContent => ({
  outcome,
  vansLevel: false,
  // Derived from what it answers: the same letter again gets the same receipt, to the byte.
  letterId: shortId(
    [
      "receipt-letter",
      exchange.originalSenderGln,
      exchange.originalEnvelopeId,
      ...letters.map((l) => l.letterId),
    ].join("|"),
  ),
  senderGln: exchange.originalReceiverGln,
  receiverGln: exchange.originalSenderGln,
  ...exchange,
  originalLetters: letters,
});

const printed = (receipt: ReceiptContent, at: string): DocumentOutcome["answer"] => {
  const envelopeId = shortId(`receipt:${receipt.originalSenderGln}:${receipt.letterId}`);
  const { bytes } = printReceipt(receipt, { envelopeId, sent: localTimeOf(at) });
  return { mediaType: "application/xml", base64: Buffer.from(bytes).toString("base64") };
};

const namesOf = (
  letter: ParsedLetter,
): { letterId?: string; version?: string; sender?: string; receiver?: string } => {
  if (letter.kind === "letter" || letter.kind === "attachments") {
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

const wholeRefusal = (
  settled: SettledLetter[],
  letters: readonly OriginalLetter[],
): Pick<ReceiptContent, "refuseCode" | "refuseText"> => {
  const first = settled.find((s) => s.refusal !== undefined)?.refusal;
  // A letter whose number could not be read cannot be named: then the envelope is refused.
  if (letters.length > 0 || first === undefined) return {};
  return {
    refuseCode: refuseCodeOf(first.code, first.problems),
    refuseText: refuseTextOf(first.code, first.problems),
  };
};

/** A receipt, read or refused: never answered by a receipt, or two systems would receipt one another for ever. */
const isReceipt = (letter: ParsedLetter): boolean =>
  letter.kind === "receipt" || (letter.kind === "refused" && letter.isReceipt === true);

/**
 * The receipt for a document that was read: negative when a letter was refused, always; positive when all were taken and
 * one was asked for; none for a receipt (guide to OIOXML, section 9, rules 1, 2 and 6).
 */
export const receiptFor = (
  document: Emessage,
  settled: SettledLetter[],
  at: string,
): DocumentOutcome["answer"] => {
  if (settled.some(({ letter }) => isReceipt(letter))) return undefined;
  const refused = settled.filter((s) => s.refusal !== undefined);
  if (refused.length === 0 && !document.envelope.wantsPositiveReceipt) return undefined;
  const names = settled.map(({ letter }) => namesOf(letter));
  const sender = names.find((n) => n.sender !== undefined)?.sender;
  if (sender === undefined) return undefined;
  const exchange = {
    originalEnvelopeId: document.envelope.identifier,
    originalSenderGln: sender,
    originalReceiverGln: names.find((n) => n.receiver !== undefined)?.receiver ?? hubName,
  };
  const told = refused.length > 0 ? refused : settled;
  const letters = told.flatMap((s) => originalLetter(s, document.envelope.sent));
  const receipt = base(refused.length > 0 ? "negative" : "positive", exchange, letters);
  return printed({ ...receipt, ...wholeRefusal(refused, letters) }, at);
};

/** The negative receipt for a document in which nothing can be read, when its envelope and sender could. */
export const receiptForUnreadable = (document: Unreadable, at: string): DocumentOutcome["answer"] => {
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
  return printed({ ...base("negative", exchange, letters), refuseCode, refuseText }, at);
};

/** A service's refusal in this gateway's terms. */
export const refusalOf = (reply: CommandReply): SettledLetter["refusal"] => {
  if (reply.status !== "refused") return undefined;
  return { code: isErrorCode(reply.code) ? reply.code : "document-invalid", problems: reply.problems };
};
