import type { FastifyReply, FastifyRequest } from "fastify";
import type { OutcomeAnswer } from "../../contracts/answers.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { dueText } from "./due-text.ts";
import { languageOf, prefersJson } from "./negotiation.ts";
import type { HttpPorts } from "./ports.ts";
import { knownCode, sendProblem, statusOf } from "./problem-response.ts";

/** One body carries one document: the document's own receipt, else that of the envelope around it. */
const receiptIn = ({ answer, envelopeAnswer }: DocumentOutcome): DocumentOutcome["answer"] =>
  answer ?? envelopeAnswer;

const wantsJson = (request: FastifyRequest, outcome: DocumentOutcome): boolean =>
  prefersJson(request.headers.accept, receiptIn(outcome)?.mediaType ?? "application/xml");

const sendRefused = (
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: DocumentOutcome,
): FastifyReply => {
  const code = knownCode(outcome.code, "document-invalid");
  const { intake, caseId, problems, duplicate } = outcome;
  const answer = receiptIn(outcome);
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
    const { answer: _answer, envelopeAnswer: _envelopeAnswer, code: _code, ...rest } = outcome;
    const language = languageOf(request.headers["accept-language"]);
    const local = rest.due === undefined ? {} : { dueLocal: dueText(rest.due, language) };
    return reply.send({ ...rest, ...local } satisfies OutcomeAnswer);
  }
  const answer = receiptIn(outcome);
  return answer === undefined ? reply.send() : sendReceipt(reply, answer);
};

/**
 * That the sender knows is another fact than that we handled it: it is noted once the answer has left to its last byte, and never
 * where the connection was gone by then.
 */
export const noteTold = (
  { told }: Pick<HttpPorts, "told">,
  reply: FastifyReply,
  { intake }: Pick<DocumentOutcome, "intake">,
): void => {
  reply.raw.once("finish", () => {
    told(intake);
  });
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
