import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Refusal } from "./answer-document.ts";

export type Answers = Pick<DocumentOutcome, "answer" | "envelopeAnswer">;

/** A document of which nothing was taken, and what its sender is told. */
export const refusedOutcome = (
  intake: string,
  { code, problems }: Refusal,
  answers: Answers,
): DocumentOutcome => ({
  intake,
  status: "refused",
  duplicate: false,
  code,
  problems: [...problems],
  ...answers,
});

/** Whoever speaks for another is told no more than that. */
export const notAuthorised = (intake: string, path = "Sender/EANIdentifier"): DocumentOutcome => {
  const code = "sender-not-authorised";
  const message = "The caller may not speak for the sender that the document names.";
  return {
    intake,
    status: "refused",
    code,
    duplicate: false,
    problems: [{ path, code, message, severity: "error" }],
  };
};
