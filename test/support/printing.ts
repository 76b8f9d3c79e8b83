import * as vansEnvelope from "../../gateways/envelopes/vans/print-vans-envelope.ts";
import * as vans from "../../gateways/envelopes/vans/wrap-vans.ts";
import * as clinicalLetter from "../../gateways/oioxml/codec/clinical-letter.ts";
import * as attachments from "../../gateways/oioxml/codec/print-attachments.ts";
import * as emessage from "../../gateways/oioxml/codec/print-emessage.ts";
import * as letter from "../../gateways/oioxml/codec/print-letter.ts";
import * as receipt from "../../gateways/oioxml/codec/print-receipt.ts";
import * as delivery from "../../gateways/oioxml/print-delivery.ts";
import * as order from "../../gateways/oioxml/print-order.ts";
import { keepEmitted, keepPrinted } from "./emitted.ts";

/**
 * The printers of the product, as tests use them: what they print is held against MedCom's schemas at the end of the run.
 * No test uses them otherwise; a test sees to that.
 */
type Of<F extends (...all: never[]) => unknown> = Parameters<F>;

export const printLetter = (...of: Of<typeof letter.printLetter>) => keepPrinted(letter.printLetter(...of));
export const printClinicalLetter = (...of: Of<typeof clinicalLetter.printClinicalLetter>) =>
  keepPrinted(clinicalLetter.printClinicalLetter(...of));
export const printAttachments = (...of: Of<typeof attachments.printAttachments>) =>
  keepPrinted(attachments.printAttachments(...of));
export const printEmessage = (...of: Of<typeof emessage.printEmessage>) =>
  keepPrinted(emessage.printEmessage(...of));
export const printReceipt = (...of: Of<typeof receipt.printReceipt>) =>
  keepPrinted(receipt.printReceipt(...of));
export const printVansEnvelope = (...of: Of<typeof vansEnvelope.printVansEnvelope>) =>
  keepPrinted(vansEnvelope.printVansEnvelope(...of));
export const printVansReceipt = (...of: Of<typeof vansEnvelope.printVansReceipt>) =>
  keepPrinted(vansEnvelope.printVansReceipt(...of));
export const printDelivery = async (...of: Of<typeof delivery.printDelivery>) =>
  keepPrinted(await delivery.printDelivery(...of));
export const printOrder = (...of: Of<typeof order.printOrder>) => keepPrinted(order.printOrder(...of));
export const wrapInVans = (...of: Of<typeof vans.wrapInVans>): Uint8Array => {
  const bytes = vans.wrapInVans(...of);
  keepEmitted(bytes);
  return bytes;
};
