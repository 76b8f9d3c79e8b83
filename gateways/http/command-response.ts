import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CommandAnswer } from "../../contracts/answers.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { Problem } from "../../contracts/problem.ts";
import { dueText } from "./due-text.ts";
import { languageOf } from "./negotiation.ts";
import type { HttpPorts } from "./ports.ts";
import { knownCode, sendProblem } from "./problem-response.ts";
import { headerText } from "./request-text.ts";

/** What a caller may name its command, so that sending it again is the same command, and the chain that it is part of. */
export const CommandHeaders = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,150}$/)
    .optional(),
  "correlation-id": z
    .string()
    .regex(/^[\x21-\x7e]{1,150}$/)
    .optional()
    .describe(
      "Names the chain that this command is part of; it goes on with everything that follows from it.",
    ),
});

const keyProblem: Problem = {
  path: "idempotency-key",
  code: "invalid-format",
  message: "An idempotency-key is 1 to 150 printable ASCII characters without blanks.",
  severity: "error",
};

/**
 * The id of a command: the caller's own key, or else `otherwise`. The key is kept apart by GLN, so that two parties to a
 * case who count from 1 are never taken for one another. A key that is not one is a problem.
 */
export const commandIdOf = (request: FastifyRequest, sender: string, otherwise: string): string | Problem => {
  const key = headerText(request, "idempotency-key");
  if (key === undefined) return otherwise;
  return CommandHeaders.safeParse({ "idempotency-key": key }).success ? `${sender}:${key}` : keyProblem;
};

export type Order = { id: string; type: string; sender: string; payload: unknown };

/** The caller's own name for the chain that a command is part of, or else this one request. */
const correlationOf = (request: FastifyRequest): string =>
  CommandHeaders.shape["correlation-id"].safeParse(headerText(request, "correlation-id")).data ?? request.id;

export const envelopeOf = (ports: HttpPorts, request: FastifyRequest, order: Order): Envelope => ({
  id: order.id,
  type: order.type,
  version: 1,
  time: ports.now(),
  sender: order.sender,
  correlation: correlationOf(request),
  payload: order.payload,
});

/** How a command that went well is answered: 201 only for one that opened a case that was not there before. */
export type Opens = "case" | "nothing";

const sendAccepted = (
  request: FastifyRequest,
  reply: FastifyReply,
  accepted: { outcome: Extract<CommandReply, { status: "accepted" }>; opens: Opens },
): FastifyReply => {
  const { outcome, opens } = accepted;
  if (opens === "case")
    reply.code(outcome.duplicate ? 200 : 201).header("location", `/v1/cases/${outcome.caseId}`);
  if (outcome.due === undefined) return reply.send(outcome satisfies CommandAnswer);
  const dueLocal = dueText(outcome.due, languageOf(request.headers["accept-language"]));
  return reply.send({ ...outcome, dueLocal } satisfies CommandAnswer);
};

/** The outcome of a typed command as an HTTP answer. */
export const sendCommandReply = (
  request: FastifyRequest,
  reply: FastifyReply,
  answered: { outcome: CommandReply; opens: Opens },
): FastifyReply => {
  const { outcome, opens } = answered;
  switch (outcome.status) {
    case "accepted":
      return sendAccepted(request, reply, { outcome, opens });
    case "ignored":
      return reply.send(outcome satisfies CommandAnswer);
    case "refused": {
      const code = knownCode(outcome.code, "message-invalid");
      const { problems, caseId, duplicate } = outcome;
      return sendProblem(request, reply, { code, asked: "command", problems, caseId, duplicate });
    }
    case "failed":
      return sendProblem(request, reply, {
        code: knownCode(outcome.code, "internal-error"),
        asked: "command",
      });
  }
};
