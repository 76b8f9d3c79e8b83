import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { MessageBasis } from "../../contracts/access/message-basis.ts";
import type { QueryReply } from "../../contracts/envelope.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import { Sending } from "../../contracts/messages/document.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { Traceparent } from "../../contracts/traceparent.ts";
import type { HttpPorts } from "./ports.ts";
import { knownCode, sendProblem } from "./problem-response.ts";

/** The answer to `worklist.delivery`: the record that owes it, which sending is the last, and what it was passed on by. */
export const DeliveryInRecord = z.object({
  record: CaseRecord,
  sending: Sending.optional(),
  basis: MessageBasis.optional(),
  /** The step that its record was written in, where there are traces. */
  traceparent: Traceparent.optional().catch(undefined),
});

export type Queried<T> = { found: T } | { missing: ErrorCode };

/**
 * A query's answer as the schema reads it. An answer of another shape is a bug between two releases of the hub, not the
 * caller's: it is thrown, without the value, which is a patient's.
 */
export const readQuery = <T>(reply: QueryReply<unknown>, schema: z.ZodType<T>): Queried<T> => {
  if (reply.status !== "ok") return { missing: knownCode(reply.code, "internal-error") };
  const parsed = schema.safeParse(reply.value);
  if (!parsed.success)
    throw new TypeError("A query was answered in a shape that its contract does not have.");
  return { found: parsed.data };
};

type AskedQuery<T> = { type: string; viewer: string; payload: unknown; schema: z.ZodType<T> };

/** Asks a service and answers with what it found, or with why there is nothing. */
export const answerQuery = async <T>(
  ports: Pick<HttpPorts, "query">,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { type, viewer, payload, schema }: AskedQuery<T>,
): Promise<FastifyReply> => {
  const answer = readQuery(await ports.query(type, viewer, payload), schema);
  return "missing" in answer
    ? sendProblem(request, reply, { code: answer.missing })
    : reply.send(answer.found);
};
