import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CaseList, listPage } from "../../../contracts/messages/case-list.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import { dueText } from "../due-text.ts";
import { languageOf } from "../negotiation.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import { ActingQuery } from "./command-routes.ts";

/** The page of a list as an address tells it: its numbers are text there. */
export const PageQuery = z.object({
  ...ActingQuery.shape,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: listPage.cursor.describe("`next` of the page before."),
  after: listPage.after.describe(
    "Reads your own writes: `<case id>.<record number>` of an answer, or the id of a live event. Waits up to 2 s.",
  ),
});

/** `yes` and `no` of an address. */
export const yesNo = z.enum(["true", "false"]).transform((text) => text === "true");

/** Every due time also as people in Denmark read it, in the caller's language. */
const withLocalTimes = (request: FastifyRequest, list: CaseList): CaseList => {
  const language = languageOf(request.headers["accept-language"]);
  const items = list.items.map((item) => ({
    ...item,
    awaits: item.awaits.map((one) =>
      one.due === undefined ? one : { ...one, dueLocal: dueText(one.due, language) },
    ),
  }));
  return { ...list, items };
};

/** A list, asked for by a query of the bus and answered as JSON. The payload is what the schema makes of the input. */
export const answerList = async (
  ports: HttpPorts,
  exchange: { request: FastifyRequest; reply: FastifyReply },
  asked: { type: string; schema: z.ZodType<object>; input: unknown },
): Promise<FastifyReply> => {
  const { request, reply } = exchange;
  const viewer = actingAs(ports, request);
  if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
  if (Buffer.isBuffer(asked.input)) return sendProblem(request, reply, { code: "media-type-unknown" });
  const parsed = asked.schema.safeParse(asked.input);
  if (!parsed.success)
    return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
  const answer = readQuery(await ports.query(asked.type, viewer, parsed.data), CaseList);
  if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
  return reply.send(withLocalTimes(request, answer.found));
};
