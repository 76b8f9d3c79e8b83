import { issueDetails } from "../../../contracts/codes/fhir-acknowledgement.ts";
import type { CommandReply } from "../../../contracts/envelope.ts";
import { errorCodes, isErrorCode } from "../../../contracts/errors.ts";
import type { AcknowledgementIssue } from "../../../contracts/fhir/acknowledgement.ts";
import type { Coded } from "../../../contracts/fhir/parts.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { FhirProblem } from "../codec/model/fhir-problem.ts";
import { readingCodes } from "../codec/model/problem-codes.ts";
import { issueKinds } from "./issue-kinds.ts";

const mostIssues = 1000;
const longestPath = 500;
const longestText = 4000;

const readings: Readonly<Record<string, { acknowledgement: { code: string } } | undefined>> = readingCodes;
const detailsByCode: ReadonlyMap<string, Coded> = new Map(
  issueDetails.codes.map(({ system, code, display }) => [code, { system, code, display }]),
);

/** MedCom's word for what is wrong, in both codes; none for a code that is not on MedCom's list. */
const codedAs = (code: string): Pick<AcknowledgementIssue, "code" | "details"> => {
  const details = detailsByCode.get(code);
  return { code: issueKinds[code] ?? "processing", ...(details === undefined ? {} : { details }) };
};

/** A problem that the rules found says itself what MedCom calls it; the reading's stands in its table. */
export type ToldProblem = FhirProblem & { readonly acknowledgement?: { readonly code: string } | undefined };

/** What a problem is called that neither table knows. */
const unnamed = "MSG_PARAM_INVALID";

const issueFrom = ({ path, severity, code, text, acknowledgement }: ToldProblem): AcknowledgementIssue => ({
  severity,
  ...codedAs(acknowledgement?.code ?? readings[code]?.acknowledgement.code ?? unnamed),
  text: text.da.slice(0, longestText),
  // For whoever mends it: the hub's own name of the rule.
  diagnostics: code,
  expression: path === "" || path.length > longestPath ? [] : [path],
});

/** Errors first: of a message with more problems than an answer holds, those that it was refused for are told. */
const mostTelling = (issues: readonly AcknowledgementIssue[]): AcknowledgementIssue[] =>
  issues
    .toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"))
    .slice(0, mostIssues);

/** What reading and the rules found, as an answer says it: by code, FHIRPath and a Danish sentence, and never by a value. */
export const issuesOf = (problems: readonly ToldProblem[]): AcknowledgementIssue[] =>
  mostTelling(problems.map(issueFrom));

/** One thing wrong of which only MedCom's code is to be said, e.g. a Bundle.id that was used before. */
export const issueOf = (
  code: string,
  severity: AcknowledgementIssue["severity"] = "error",
): AcknowledgementIssue => {
  const da = issueDetails.codes.find((one) => one.code === code)?.da;
  return { severity, ...codedAs(code), ...(da === undefined ? {} : { text: `${da}.` }), expression: [] };
};

/** What MedCom calls why the hub would not take a message that is in order in itself. */
const refusals: Readonly<Record<string, string>> = {
  "receiver-unknown": "MSG_Receiver_Identifier_UNKNOWN",
  "receiver-cannot-receive": "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
  "type-unspoken": "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
  "version-wrong": "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
  "document-too-large": "MSG_Element_To_Long",
  "content-differs": "MSG_DUPLICATE_ID",
  "case-unknown": "MSG_NO_MATCH",
  "measurement-unknown": "MSG_NO_MATCH",
  "sender-unknown": "MSG_NO_MATCH",
};

/** The Danish half of a text that stands in both languages. */
const danishIn = (message: string): string => message.split(" / ").at(-1) ?? message;

const problemIssue = (refusal: string, { path, code, message, severity }: Problem): AcknowledgementIssue => ({
  severity,
  ...codedAs(refusals[code] ?? refusals[refusal] ?? unnamed),
  text: danishIn(isErrorCode(code) ? errorCodes[code].da : message).slice(0, longestText),
  // A place in the hub's own message, and no FHIRPath of the sender's.
  diagnostics: [code, path].filter(Boolean).join(" "),
  expression: [],
});

/**
 * What a service said of the command that a message became: nothing of one that was taken but what is worth a look; of one that
 * was refused why; a fault is the hub's own, and another answer follows it.
 */
export const outcomeOfReply = (
  reply: CommandReply,
): { code: "ok" | "transient-error" | "fatal-error"; issues: AcknowledgementIssue[] } => {
  switch (reply.status) {
    case "accepted":
      return { code: "ok", issues: mostTelling((reply.warnings ?? []).map((one) => problemIssue("", one))) };
    // Nothing to do is no fault of the message: it was received (guide to FHIR, section 6, "no relevant case").
    case "ignored":
      return { code: "ok", issues: [] };
    case "failed":
      return { code: "transient-error", issues: [issueOf("MSG_Mailbox_Out_Of_Operation")] };
    case "refused": {
      const { code, problems } = reply;
      const da = isErrorCode(code) ? errorCodes[code].da : undefined;
      const first: AcknowledgementIssue = {
        severity: "error",
        ...codedAs(refusals[code] ?? unnamed),
        ...(da === undefined ? {} : { text: da }),
        diagnostics: code,
        expression: [],
      };
      return {
        code: "fatal-error",
        issues: mostTelling([first, ...problems.map((one) => problemIssue(code, one))]),
      };
    }
  }
};
