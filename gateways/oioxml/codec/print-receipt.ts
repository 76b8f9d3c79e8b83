import type { LocalDateTime } from "../../../contracts/time.ts";
import type { Printed } from "../../tables/losses.ts";
import { type LetterToPrint, printLetters } from "./print-emessage.ts";
import { type ReceiptContent, receiptFields, receiptTypeOf } from "./receipt.ts";

type ReceiptEnvelope = { envelopeId: string; sent: LocalDateTime };

const letterOf = (receipt: ReceiptContent): LetterToPrint => ({
  spoken: receiptTypeOf(receipt),
  fields: receiptFields(receipt),
});

/**
 * Receipts as XCTL03 (positive), XCTL02 (negative) or XCTL01 (negative, by a VANS operator), always in the 2005/08/07
 * namespace. They never ask for a receipt themselves (guide to MedCom OIOXML, section 9, rule 2). An Emessage takes several
 * letters (EMessage.xsd): what was refused of a document and what was taken are two receipts in one.
 */
export const printReceipts = (
  [first, ...rest]: readonly [ReceiptContent, ...ReceiptContent[]],
  envelope: ReceiptEnvelope,
): Printed =>
  printLetters([letterOf(first), ...rest.map(letterOf)], { ...envelope, wantsPositiveReceipt: false });

export const printReceipt = (receipt: ReceiptContent, envelope: ReceiptEnvelope): Printed =>
  printReceipts([receipt], envelope);
