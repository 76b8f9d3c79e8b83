import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import type {
  ParsedDocument,
  ParsedLetter,
  RefusedLetter,
} from "../../gateways/oioxml/codec/parsed-document.ts";
import { printAttachments } from "../../gateways/oioxml/codec/print-attachments.ts";
import { printLetter } from "../../gateways/oioxml/codec/print-letter.ts";
import { printReceipt } from "../../gateways/oioxml/codec/print-receipt.ts";
import type { ReceiptContent } from "../../gateways/oioxml/codec/receipt.ts";
import { refuseTextOf } from "../../gateways/oioxml/codec/refuse-codes.ts";

type Emessage = ParsedDocument & { kind: "emessage" };
const receiptEnvelope = { envelopeId: "HUBKUVERT00001", sent: "2026-11-26T08:00" };

/** The receipt that an original is owed, from what could be read of it. */
export const negativeReceiptFor = (document: ParsedDocument, letter?: RefusedLetter): ReceiptContent => {
  const why = letter ?? (document.kind === "unreadable" ? document : undefined);
  if (why === undefined) throw new Error("nothing is refused");
  const senderGln = why.senderGln ?? "";
  const receiverGln = why.receiverGln ?? "";
  const sent = document.envelope?.sent;
  const named = letter?.letterId === undefined ? {} : { letterId: letter.letterId };
  const refusal = {
    refuseCode: why.refuseCode,
    refuseText: refuseTextOf(why.code, why.problems, { ...named, ...(sent === undefined ? {} : { sent }) }),
  };
  return {
    outcome: "negative",
    vansLevel: false,
    letterId: "HUBBREV0000001",
    senderGln: receiverGln,
    receiverGln: senderGln,
    originalEnvelopeId: document.envelope?.identifier ?? "",
    originalSenderGln: senderGln,
    originalReceiverGln: receiverGln,
    ...(letter === undefined ? refusal : {}),
    originalLetters:
      letter === undefined
        ? (document.kind === "unreadable" ? document.letters : []).map((l) => ({
            letterId: l.letterId,
            version: l.version ?? "",
          }))
        : [{ letterId: letter.letterId ?? "", version: letter.version ?? "", ...refusal }],
  };
};

const answerTo = (document: Emessage, letter: ParsedLetter): Uint8Array => {
  const { identifier, sent, wantsPositiveReceipt } = document.envelope;
  const envelope = { envelopeId: identifier, sent, wantsPositiveReceipt };
  switch (letter.kind) {
    case "letter":
      return printLetter(letter.letter, envelope).bytes;
    case "attachments":
      return printAttachments(letter.letter, envelope).bytes;
    case "receipt":
      return printReceipt(letter, envelope).bytes;
    case "refused":
      return printReceipt(negativeReceiptFor(document, letter), receiptEnvelope).bytes;
  }
};

/** print(parse(x)) with x's own envelope; for what is refused, the receipt that says so. */
export const printAgain = (bytes: Uint8Array): Uint8Array => {
  const document = parseDocument(bytes);
  if (document.kind === "unreadable")
    return printReceipt(negativeReceiptFor(document), receiptEnvelope).bytes;
  const [first] = document.letters;
  if (first === undefined) throw new Error("no letter");
  return answerTo(document, first);
};
