import { errorCodes, isErrorCode } from "../../contracts/errors.ts";
import type { AnswerFault, FaultAnswer } from "../../contracts/messages/document.ts";
import { answerTo, printedAnswer } from "./answer-message.ts";
import type { FhirPorts } from "./ports.ts";
import type { Outcome } from "./reliable/acknowledge.ts";
import { issueOf } from "./reliable/issues.ts";

const outcomeOf = (code: string): Outcome => {
  const issue = issueOf("MSG_Mailbox_Out_Of_Operation");
  const told = isErrorCode(code) ? { ...issue, text: errorCodes[code].da, diagnostics: code } : issue;
  return { code: "transient-error", issues: [told] };
};

/**
 * A fault of the hub's as FHIR tells it: transient-error (AR), of a message that is not judged yet. Nothing of it is remembered, so
 * the same message again gets its ok or fatal-error when the fault is over (guide to MedCom FHIR, section 6 and KR5).
 */
export const answerFault = async (
  ports: Pick<FhirPorts, "judge" | "organisation">,
  { id, code, at: now, mediaType, base64, speaksFor }: AnswerFault,
): Promise<FaultAnswer> => {
  const { head, format = "json" } = await ports.judge(Buffer.from(base64, "base64"), mediaType);
  const gln = head.sender?.gln;
  if (gln === undefined || !speaksFor.includes(gln)) return {};
  const answer = answerTo(ports, { head, outcome: outcomeOf(code) }, { final: false, id, now });
  return answer === undefined ? {} : { answer: printedAnswer(answer, format) };
};
