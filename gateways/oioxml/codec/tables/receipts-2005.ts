import {
  type ElementSpec,
  formatted,
  type Group,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import { ean, version } from "./shared.ts";

export const refuseCodes = [
  "ikke_specificeret",
  "ukendt_lokationsnummer",
  "problem_med_modtagerID",
  "problem_med_version",
  "syntaksfejl",
] as const;

const refusal: readonly ElementSpec[] = [
  optional(list("RefuseCode", refuseCodes)),
  optional(formatted("RefuseText", "breakable")),
];

/** `refusals` is empty for the positive receipt, which has no room for a reason. */
const receipt = (versionCode: string, refusals: readonly ElementSpec[]): Group =>
  groupOf(
    group("Letter", text("Identifier", 14), version(versionCode), text("StatisticalCode", 8)),
    group("Sender", ean),
    group("Receiver", ean),
    group(
      "OriginalEmessage",
      text("OriginalEnvelopeIdentifier", 14),
      group("OriginalSender", ean),
      group("OriginalReceiver", ean),
      ...refusals,
      repeated(
        group(
          "OriginalLetter",
          text("OriginalLetterIdentifier", 14),
          text("OriginalVersionCode", 7),
          ...refusals,
        ),
        0,
        99,
      ),
    ),
  );

/** XCTL01, XCTL02, XCTL03 (MedCom 2005/08/07): later folders hold receipt schemas that can never validate. */
export const negativeVansReceipt2005 = receipt("XC0130Q", refusal);
export const negativeReceipt2005 = receipt("XC0230Q", refusal);
export const positiveReceipt2005 = receipt("XC0330Q", []);
