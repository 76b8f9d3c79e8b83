import { contentRules } from "../../../contracts/codes/referral-rules/rules.ts";
import { type ErrorCode, errorCodes, isErrorCode } from "../../../contracts/errors.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { LocalDateTime } from "../../../contracts/time.ts";
import { danishTextOf } from "../../tables/problem-texts.ts";
import type { RefuseCode } from "./receipt.ts";

/**
 * MedCom's reason for each of the hub's own (guide to MedCom OIOXML, section 9). What is not here is `ikke_specificeret`:
 * MedCom has five reasons and the text says the rest.
 */
const refuseCodeOfError: Partial<Record<ErrorCode, RefuseCode>> = {
  "type-unknown": "problem_med_version",
  "type-unspoken": "problem_med_version",
  "version-wrong": "problem_med_version",
  "document-invalid": "syntaksfejl",
  "xml-malformed": "syntaksfejl",
  "xml-forbidden": "syntaksfejl",
  "xml-too-deep": "syntaksfejl",
  "encoding-unknown": "syntaksfejl",
  "message-invalid": "syntaksfejl",
  "receiver-unknown": "ukendt_lokationsnummer",
  "sender-unknown": "ukendt_lokationsnummer",
  "receiver-id-mismatch": "problem_med_modtagerID",
};

/** What MedCom's schemas allow and we do not: it is no syntax error that the sender's own validation would show. */
const beyondSchema = new Set([
  "cpr-not-a-date",
  "base64-malformed",
  "attachment-size-differs",
  "envelope-size-differs",
]);

export const refuseCodeOf = (code: ErrorCode, problems: readonly Problem[] = []): RefuseCode => {
  const schemaHolds = problems.length > 0 && problems.every((problem) => beyondSchema.has(problem.code));
  if (code === "document-invalid" && schemaHolds) return "ikke_specificeret";
  return refuseCodeOfError[code] ?? "ikke_specificeret";
};

const toldProblems = 5;

/** `unnamed`: a letter whose number could not be read, where other letters of the document were taken or are named. */
type About = { letterId?: string; sent?: LocalDateTime; unnamed?: boolean };

const nameOf = ({ letterId, unnamed }: About): string => {
  if (letterId !== undefined) return `Brev med nummeret ${letterId}`;
  return unnamed === true ? "Et brev uden læsbart nummer" : "Forsendelsen";
};

const opening = (letter: About): string => {
  const what = nameOf(letter);
  const when =
    letter.sent === undefined ? "" : `, afsendt ${letter.sent.slice(0, 10)} kl. ${letter.sent.slice(11)},`;
  return `${what}${when} kunne ikke modtages.`;
};

/** What lacks in a referral, in its rule's own words. */
const demandOf = ({ code, path }: Problem): string | undefined =>
  contentRules.find((rule) => rule.code === code && rule.field === path)?.text.da;

const textOf = (problem: Problem): string =>
  danishTextOf(problem.code) ??
  demandOf(problem) ??
  (isErrorCode(problem.code) ? errorCodes[problem.code].da : problem.code);

/** Elements and lines of the document are where its sender finds them; a path of the hub's own command is not. */
const isOfDocument = (path: string): boolean => /^([A-Z]|line )/.test(path);

const line = (problem: Problem): string =>
  isOfDocument(problem.path)
    ? `${problem.path.replace(/^line /, "linje ")}: ${textOf(problem)}`
    : textOf(problem);

/**
 * A refusal in Danish for the sender's screen: which letter, why, and where the first problems are. Only numbers of
 * letters, element names and fixed texts: nothing of the patient.
 */
export const refuseTextOf = (
  code: ErrorCode,
  problems: readonly Problem[] = [],
  letter: About = {},
): FormattedText => {
  const reason = errorCodes[code].da;
  const more = problems.filter((problem) => line(problem) !== reason);
  const lines = [
    opening(letter),
    reason,
    ...more.slice(0, toldProblems).map(line),
    ...(more.length > toldProblems ? [`Der er ${more.length - toldProblems} fejl mere.`] : []),
  ];
  return lines.flatMap((text, at): FormattedText => (at === 0 ? [text] : [{ el: "Break" }, text]));
};
