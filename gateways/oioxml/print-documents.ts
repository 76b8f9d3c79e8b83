import { type Loss, printingLosses, printingLossesInDanish } from "../tables/losses.ts";

export { danishTextOf } from "../tables/problem-texts.ts";
export { printReceipt } from "./codec/print-receipt.ts";
export { printOrder } from "./print-order.ts";

/** What a printed document could not carry, in words. */
export const lossInWords = ({ code }: Loss): { readonly da: string; readonly en: string } => ({
  da: printingLossesInDanish[code],
  en: printingLosses[code],
});
