import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Fields } from "../../tables/element-table.ts";
import {
  groupIn,
  groupsIn,
  groupValue,
  memberOf,
  optionalText,
  runsIn,
  runsValue,
  textIn,
  textValue,
} from "../../tables/fields.ts";
import { spokenTypes } from "./spoken-types.ts";
import { refuseCodes } from "./tables/receipts-2005.ts";

/** MedCom's five reasons for a refusal (2005/08/07 NegativeReceipt.xsd). */
export type RefuseCode = (typeof refuseCodes)[number];

export interface Refusal {
  readonly refuseCode?: RefuseCode;
  readonly refuseText?: FormattedText;
}
/** A letter of the original envelope, as the receipt names it; refused on its own when it carries a reason. */
export interface OriginalLetter extends Refusal {
  readonly letterId: string;
  readonly version: string;
}

/**
 * What a receipt says. The sender is the party that received the original, the receiver its sender; for XCTL01
 * (`vansLevel`) the sender is the VANS operator. A reason on the receipt itself refuses the whole envelope.
 */
export interface ReceiptContent extends Refusal {
  readonly outcome: "positive" | "negative";
  readonly vansLevel: boolean;
  readonly letterId: string;
  readonly senderGln: string;
  readonly receiverGln: string;
  readonly originalEnvelopeId: string;
  readonly originalSenderGln: string;
  readonly originalReceiverGln: string;
  readonly originalLetters: readonly OriginalLetter[];
}

const refusalOf = (fields: Fields): Refusal => {
  const refuseCode = memberOf(refuseCodes, optionalText(fields, "RefuseCode"));
  const refuseText = runsIn(fields, "RefuseText");
  return {
    ...(refuseCode === undefined ? {} : { refuseCode }),
    ...(refuseText === undefined ? {} : { refuseText }),
  };
};

const glnIn = (fields: Fields, name: string): string => textIn(groupIn(fields, name), "EANIdentifier");

export const receiptOf = (fields: Fields, type: "XCTL01" | "XCTL02" | "XCTL03"): ReceiptContent => {
  const original = groupIn(fields, "OriginalEmessage");
  return {
    outcome: type === "XCTL03" ? "positive" : "negative",
    vansLevel: type === "XCTL01",
    letterId: textIn(groupIn(fields, "Letter"), "Identifier"),
    senderGln: glnIn(fields, "Sender"),
    receiverGln: glnIn(fields, "Receiver"),
    originalEnvelopeId: textIn(original, "OriginalEnvelopeIdentifier"),
    originalSenderGln: glnIn(original, "OriginalSender"),
    originalReceiverGln: glnIn(original, "OriginalReceiver"),
    ...refusalOf(original),
    originalLetters: groupsIn(original, "OriginalLetter").map((letter) => ({
      letterId: textIn(letter, "OriginalLetterIdentifier"),
      version: textIn(letter, "OriginalVersionCode"),
      ...refusalOf(letter),
    })),
  };
};

export const receiptTypeOf = (
  receipt: ReceiptContent,
): (typeof spokenTypes)["XCTL01" | "XCTL02" | "XCTL03"] => {
  if (receipt.outcome === "positive") return spokenTypes.XCTL03;
  return receipt.vansLevel ? spokenTypes.XCTL01 : spokenTypes.XCTL02;
};

const gln = (text: string): Fields => ({ EANIdentifier: textValue(text) });
const refusalFields = (refusal: Refusal): Fields => ({
  RefuseCode: textValue(refusal.refuseCode),
  RefuseText: runsValue(refusal.refuseText),
});

export const receiptFields = (receipt: ReceiptContent): Fields => {
  const { type, version } = receiptTypeOf(receipt);
  return {
    Letter: groupValue({
      Identifier: textValue(receipt.letterId),
      VersionCode: textValue(version),
      StatisticalCode: textValue(type),
    }),
    Sender: groupValue(gln(receipt.senderGln)),
    Receiver: groupValue(gln(receipt.receiverGln)),
    OriginalEmessage: groupValue({
      OriginalEnvelopeIdentifier: textValue(receipt.originalEnvelopeId),
      OriginalSender: groupValue(gln(receipt.originalSenderGln)),
      OriginalReceiver: groupValue(gln(receipt.originalReceiverGln)),
      ...refusalFields(receipt),
      OriginalLetter: receipt.originalLetters.flatMap((letter) =>
        groupValue({
          OriginalLetterIdentifier: textValue(letter.letterId),
          OriginalVersionCode: textValue(letter.version),
          ...refusalFields(letter),
        }),
      ),
    }),
  };
};
