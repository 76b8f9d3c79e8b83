import type { LocalDateTime } from "../../../contracts/time.ts";
import type { Printed } from "./losses.ts";
import { printEmessage } from "./print-emessage.ts";
import { type ReceiptContent, receiptFields, receiptTypeOf } from "./receipt.ts";

/**
 * A receipt as XCTL03 (positive), XCTL02 (negative) or XCTL01 (negative, by a VANS operator), always in the 2005/08/07
 * namespace. It never asks for a receipt itself (guide to MedCom OIOXML, section 9, rule 2).
 */
export const printReceipt = (
  receipt: ReceiptContent,
  envelope: { envelopeId: string; sent: LocalDateTime },
): Printed =>
  printEmessage(receiptTypeOf(receipt), receiptFields(receipt), { ...envelope, wantsPositiveReceipt: false });
