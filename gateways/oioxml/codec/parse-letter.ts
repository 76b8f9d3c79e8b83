import { oioxmlTypeOf } from "../../../contracts/codes/oioxml-types.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { Fields } from "../../tables/element-table.ts";
import { type Place, sinkFor } from "../../tables/place.ts";
import { problemOf } from "../../tables/problem-texts.ts";
import { readGroup } from "../../tables/read-table.ts";
import { textAlong, type XmlElement } from "../../xml/read-xml.ts";
import { attachmentLetterOf } from "./binary-letter.ts";
import { letterOf } from "./clinical-email.ts";
import { clinicalLetterOf } from "./clinical-letter.ts";
import type { ParsedLetter, RefusedLetter } from "./parsed-document.ts";
import { receiptOf } from "./receipt.ts";
import { refuseCodeOf } from "./refuse-codes.ts";
import {
  type AnySpoken,
  type ClinicalVersion,
  isReceiptRoot,
  isSpoken,
  spokenTypeOf,
} from "./spoken-types.ts";

/** What can be read of a letter of any type, good or bad: enough to refuse it by name. */
export const tracesOf = (
  letter: XmlElement | undefined,
): Pick<RefusedLetter, "letterId" | "version" | "senderGln" | "receiverGln"> => {
  const letterId = textAlong(letter, ["Letter", "Identifier"], 14);
  const version = textAlong(letter, ["Letter", "VersionCode"], 7);
  const senderGln = textAlong(letter, ["Sender", "EANIdentifier"], 35);
  const receiverGln = textAlong(letter, ["Receiver", "EANIdentifier"], 35);
  return {
    ...(letterId === undefined ? {} : { letterId }),
    ...(version === undefined ? {} : { version }),
    ...(senderGln === undefined ? {} : { senderGln }),
    ...(receiverGln === undefined ? {} : { receiverGln }),
  };
};

const refused = (
  letter: XmlElement,
  why: { code: ErrorCode; type: string | undefined; problems: readonly Problem[] },
): RefusedLetter => ({
  kind: "refused",
  ...(why.type === undefined ? {} : { type: why.type }),
  ...tracesOf(letter),
  ...(isReceiptRoot(letter.local) ? { isReceipt: true } : {}),
  code: why.code,
  refuseCode: refuseCodeOf(why.code, why.problems),
  problems: why.problems,
});

/** Not a version that is read: unknown, known but not received, or received in another version. */
const refuseType = (letter: XmlElement): RefusedLetter => {
  const known = oioxmlTypeOf(letter.uri, letter.local);
  if (known === undefined) {
    const problems = [problemOf("type-unknown", "Emessage/*")];
    return refused(letter, { code: "type-unknown", type: undefined, problems });
  }
  const code = isSpoken(known.type) ? "version-wrong" : "type-unspoken";
  return refused(letter, { code, type: known.type, problems: [problemOf(code, known.root)] });
};

const codeOfProblems = (problems: readonly Problem[]): ErrorCode => {
  if (problems.some((problem) => problem.code === "version-wrong")) return "version-wrong";
  return problems.every((problem) => problem.code === "attachment-size-differs")
    ? "attachment-size-differs"
    : "document-invalid";
};

const clinical = (spoken: ClinicalVersion, fields: Fields, place: Place): ParsedLetter => {
  const letter = clinicalLetterOf(spoken, fields, place);
  const { type, version } = letter;
  return { kind: "clinical", type, version, letter, warnings: place.sink.warnings };
};

const takenOf = (spoken: AnySpoken, fields: Fields, place: Place): ParsedLetter => {
  const { warnings } = place.sink;
  if ("shape" in spoken) return clinical(spoken, fields, place);
  switch (spoken.type) {
    case "XDIS91":
      return {
        kind: "letter",
        type: "XDIS91",
        version: "XD9134L",
        letter: letterOf(fields, place),
        warnings,
      };
    case "XBIN01": {
      const letter = attachmentLetterOf(fields, place);
      return { kind: "attachments", type: "XBIN01", version: "XB0131X", letter, warnings };
    }
    case "XCTL01":
    case "XCTL02":
    case "XCTL03": {
      const receipt = receiptOf(fields, spoken.type);
      return { kind: "receipt", type: spoken.type, version: spoken.version, ...receipt, warnings };
    }
  }
};

/** One letter under Emessage, by the table of its namespace and root, then its version and type codes. */
export const parseLetter = (letter: XmlElement, notes: readonly Problem[] = []): ParsedLetter => {
  const spoken = spokenTypeOf(letter.uri, letter.local);
  if (spoken === undefined) return refuseType(letter);
  const sink = sinkFor(letter.uri);
  sink.warnings.push(...notes);
  const place = { path: spoken.root, sink };
  const fields = readGroup(letter, spoken.table, place);
  const value = sink.problems.length === 0 ? takenOf(spoken, fields, place) : undefined;
  if (value !== undefined && sink.problems.length === 0) return value;
  return refused(letter, { code: codeOfProblems(sink.problems), type: spoken.type, problems: sink.problems });
};
