import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { DocumentOutcome } from "../../contracts/messages/document.ts";
import { dueText } from "./due-text.ts";
import { languageOf, prefersJson } from "./negotiation.ts";
import { knownCode, sendProblem, statusOf } from "./problem-response.ts";

/** What became of a document, for a caller that wants JSON instead of the standard's receipt. */
export const OutcomeAnswer = DocumentOutcome.omit({ answer: true, code: true })
  .extend({ dueLocal: z.string().optional() })
  .meta({ id: "OutcomeAnswer" });
export type OutcomeAnswer = z.infer<typeof OutcomeAnswer>;

const wantsJson = (request: FastifyRequest, outcome: DocumentOutcome): boolean =>
  prefersJson(request.headers.accept, outcome.answer?.mediaType ?? "application/xml");

const sendRefused = (
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: DocumentOutcome,
): FastifyReply => {
  const code = knownCode(outcome.code, "document-invalid");
  const { answer, intake, caseId, problems, duplicate } = outcome;
  if (answer === undefined || wantsJson(request, outcome))
    return sendProblem(request, reply, { code, asked: "document", problems, intake, caseId, duplicate });
  reply.problemCode = code;
  return sendReceipt(reply.code(statusOf(code, "document")), answer);
};

const sendReceipt = (reply: FastifyReply, answer: NonNullable<DocumentOutcome["answer"]>): FastifyReply =>
  reply.type(answer.mediaType).send(Buffer.from(answer.base64, "base64"));

const sendHandled = (
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: DocumentOutcome,
): FastifyReply => {
  reply.code(outcome.status === "accepted" && !outcome.duplicate ? 201 : 200);
  if (wantsJson(request, outcome)) {
    const { answer: _answer, code: _code, ...rest } = outcome;
    const language = languageOf(request.headers["accept-language"]);
    const local = rest.due === undefined ? {} : { dueLocal: dueText(rest.due, language) };
    return reply.send({ ...rest, ...local } satisfies OutcomeAnswer);
  }
  return outcome.answer === undefined ? reply.send() : sendReceipt(reply, outcome.answer);
};

/**
 * The outcome of a document as an HTTP answer. The ids travel as headers too, since the body is the standard's own
 * receipt, or nothing where none is due.
 */
export const sendOutcome = (
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: DocumentOutcome,
): FastifyReply => {
  reply.header("sektorbro-intake", outcome.intake);
  if (outcome.caseId !== undefined) reply.header("sektorbro-case", outcome.caseId);
  if (outcome.due !== undefined) reply.header("sektorbro-due", outcome.due);
  const { intake, caseId } = outcome;
  switch (outcome.status) {
    case "accepted":
    case "ignored":
      return sendHandled(request, reply, outcome);
    case "refused":
      return sendRefused(request, reply, outcome);
    case "failed":
      return sendProblem(request, reply, {
        code: knownCode(outcome.code, "internal-error"),
        asked: "document",
        intake,
        caseId,
      });
  }
};
