import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import type {
  ParsedDocument,
  ParsedLetter,
  RefusedLetter,
  UnreadableDocument,
} from "../../gateways/oioxml/codec/parsed-document.ts";
import type { ReceiptContent, Refusal } from "../../gateways/oioxml/codec/receipt.ts";
import { refuseTextOf } from "../../gateways/oioxml/codec/refuse-codes.ts";
import { printAttachments, printClinicalLetter, printLetter, printReceipt } from "./printing.ts";

type Emessage = ParsedDocument & { kind: "emessage" };
const receiptEnvelope = { envelopeId: "HUBKUVERT00001", sent: "2026-11-26T08:00" };

type Answered = Exclude<ParsedDocument, { kind: "vansReceipt" }>;
type Refused = RefusedLetter | UnreadableDocument;

const refusalOf = (document: Answered, why: Refused): Refusal => {
  const sent = document.envelope?.sent;
  const letterId = why.kind === "refused" ? why.letterId : undefined;
  const named = { ...(letterId === undefined ? {} : { letterId }), ...(sent === undefined ? {} : { sent }) };
  return { refuseCode: why.refuseCode, refuseText: refuseTextOf(why.code, why.problems, named) };
};

/** The receipt that refuses a letter or a document, from what could be read of it. */
const refuse = (document: Answered, why: Refused): Uint8Array => {
  const [senderGln = "", receiverGln = ""] = [why.senderGln, why.receiverGln];
  const refusal = refusalOf(document, why);
  const letters = why.kind === "refused" ? [{ ...why, ...refusal }] : why.letters;
  const receipt: ReceiptContent = {
    outcome: "negative",
    vansLevel: false,
    letterId: "HUBBREV0000001",
    senderGln: receiverGln,
    receiverGln: senderGln,
    originalEnvelopeId: document.envelope?.identifier ?? "",
    originalSenderGln: senderGln,
    originalReceiverGln: receiverGln,
    ...(why.kind === "refused" ? {} : refusal),
    originalLetters: letters.map(({ letterId = "", version = "", ...rest }) => ({
      ...rest,
      letterId,
      version,
    })),
  };
  return printReceipt(receipt, receiptEnvelope).bytes;
};

const answerTo = (document: Emessage, letter: ParsedLetter): Uint8Array => {
  const { identifier, sent, wantsPositiveReceipt } = document.envelope;
  const envelope = { envelopeId: identifier, sent, wantsPositiveReceipt };
  switch (letter.kind) {
    case "letter":
      return printLetter(letter.letter, envelope).bytes;
    case "attachments":
      return printAttachments(letter.letter, envelope).bytes;
    case "clinical":
      return printClinicalLetter(letter.letter, envelope).bytes;
    case "receipt":
      return printReceipt(letter, envelope).bytes;
    case "refused":
      return refuse(document, letter);
  }
};

/** print(parse(x)) with x's own envelope; for what is refused, the receipt that says so. */
export const printAgain = (bytes: Uint8Array): Uint8Array => {
  const document = parseDocument(bytes);
  if (document.kind === "vansReceipt") throw new Error("no letter");
  if (document.kind === "unreadable") return refuse(document, document);
  const [first] = document.letters;
  if (first === undefined) throw new Error("no letter");
  return answerTo(document, first);
};

/** The only letter of a document, which must be one of a family. */
export const clinicalIn = (document: ParsedDocument): ClinicalLetter => {
  const [letter] = document.kind === "emessage" ? document.letters : [];
  if (letter?.kind !== "clinical")
    throw new Error(`no letter of a family: ${JSON.stringify(letter ?? document)}`);
  return letter.letter;
};
