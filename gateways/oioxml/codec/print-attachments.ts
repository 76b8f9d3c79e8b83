import type { Loss, Printed } from "../../tables/losses.ts";
import { attachmentFields, type UnstoredAttachmentLetter } from "./binary-letter.ts";
import { type EnvelopeToPrint, printEmessage } from "./print-emessage.ts";
import { spokenTypes } from "./spoken-types.ts";

/** Attachments as XBIN01 XB0131X. Sizes are counted from the bytes, so a receiver's check always holds. */
export const printAttachments = (letter: UnstoredAttachmentLetter, envelope: EnvelopeToPrint): Printed => {
  const replaced: Loss[] = [];
  const { bytes, losses } = printEmessage(spokenTypes.XBIN01, attachmentFields(letter, replaced), envelope);
  return { bytes, losses: [...replaced, ...losses] };
};
