import type { FastifyReply, FastifyRequest } from "fastify";
import { type OwedItem, OwedPage, OwedQuery, owedFilter } from "../../../contracts/messages/owed.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { asViewer } from "../caller.ts";
import { dueText } from "../due-text.ts";
import { languageOf } from "../negotiation.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";
import { PageQuery, yesNo } from "./list-answer.ts";

const OwedAddress = PageQuery.extend({
  ...owedFilter,
  overdue: yesNo.optional(),
  cursor: OwedQuery.shape.cursor,
});

const withLocalTime =
  (request: FastifyRequest) =>
  (item: OwedItem): OwedItem =>
    item.due === undefined
      ? item
      : { ...item, dueLocal: dueText(item.due, languageOf(request.headers["accept-language"])) };

const answer =
  (ports: HttpPorts) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const parsed = OwedAddress.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { for: _unit, ...query } = parsed.data;
    const viewer = asViewer(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const found = readQuery(await ports.query("worklist.owed", viewer, query), OwedPage);
    if ("missing" in found) return sendProblem(request, reply, { code: found.missing });
    return reply.send({ ...found.found, items: found.found.items.map(withLocalTime(request)) });
  };

const description: RouteDescription = {
  id: "listOwed",
  tag: "worklists",
  summary: "Who owes whom what, by when / Hvem skylder hvem hvad",
  detail:
    "Every open expectation: an answer with a clock, a receipt, and what a case expects of somebody without an agreement on when. " +
    "Of the caller and its units, both sides; `side=owes` what they owe, `side=waits` what is owed to them; `with` is the other party. An operator sees " +
    "everybody. What is due first comes first; what is paused or has no due time comes last. Ids and words alone: no name, no CPR " +
    "number, no text of a letter. With a filter a page may be short and still have a `next`.",
  query: OwedAddress,
  answers: { 200: { text: "A page.", schema: OwedPage } },
  problems: [400, 403, 503],
};

export const owedRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/owed",
    access: "caller",
    reads: "json",
    describe: description,
    handle: answer(ports),
  },
];
