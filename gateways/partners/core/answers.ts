import { type ErrorCode, errorCodes, isErrorCode } from "../../../contracts/errors.ts";
import type { DocumentOutcome } from "../../../contracts/messages/document.ts";

/** What goes back to a partner: headers, and a body in the standard that it wrote in, or JSON. */
export type Answer = { of: Readonly<Record<string, string>>; body: string | Uint8Array };

const json = { "content-type": "application/json" };

/** The service's own answer: what it says of the command is in it. */
export const jsonAnswer = (value: unknown): Answer => ({
  of: { ...json, "sektorbro-status": "200" },
  body: JSON.stringify(value),
});

/** Nothing was made of it: in HTTP's words in the header, the code and whether to send again in the body. */
export const failedAnswer = (code: ErrorCode, retryAfterSeconds?: number): Answer => {
  const { fate } = errorCodes[code];
  return {
    of: {
      ...json,
      "sektorbro-status": fate === "park" ? "422" : "503",
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ status: "failed", code, fate }),
  };
};

const statusOf = ({ status, duplicate }: DocumentOutcome): string => {
  if (status === "refused") return "422";
  return status === "accepted" && !duplicate ? "201" : "200";
};

/** The receipt of the standard, where it has one; else what became of the document. */
export const outcomeAnswer = (outcome: DocumentOutcome): Answer => {
  const { status, code, answer, intake, caseId, due } = outcome;
  if (status === "failed")
    return failedAnswer(code !== undefined && isErrorCode(code) ? code : "internal-error");
  const of = {
    "sektorbro-status": statusOf(outcome),
    "sektorbro-intake": intake,
    ...(caseId === undefined ? {} : { "sektorbro-case": caseId }),
    ...(due === undefined ? {} : { "sektorbro-due": due }),
  };
  if (answer === undefined) {
    const { envelopeAnswer: _envelope, ...told } = outcome;
    return { of: { ...json, ...of }, body: JSON.stringify(told) };
  }
  return {
    of: { "content-type": answer.mediaType, ...of },
    body: Buffer.from(answer.base64, "base64"),
  };
};
