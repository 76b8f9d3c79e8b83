import { z } from "zod";
import { ExplainedClock } from "../../../contracts/messages/explained-clock.ts";
import { actingAs } from "../caller.ts";
import { languageOf, prefersText } from "../negotiation.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

const explainClock =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const caseId = pathText(request, "caseId");
    if (!z.uuid().safeParse(caseId).success) return sendProblem(request, reply, { code: "case-unknown" });
    const language = languageOf(request.headers["accept-language"]);
    const payload = { caseId, clockId: pathText(request, "clockId"), language };
    const answer = readQuery(await ports.query("agreement.explainClock", viewer, payload), ExplainedClock);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    reply.header("vary", "accept, accept-language").header("content-language", language);
    if (!prefersText(request.headers.accept, "application/json")) return reply.send(answer.found);
    return reply.type("text/plain; charset=utf-8").send(`${answer.found.words.join("\n")}\n`);
  };

const description: RouteDescription = {
  id: "explainClock",
  tag: "cases",
  summary: "One clock of a case, and how it was counted / Et ur og hvordan der er talt",
  detail:
    "Worked out again from the case's records alone: which event started it, which days counted and which not and why, pauses, changes, and " +
    "the version of the agreement; in data, and in words in the language of `accept-language` (`accept: text/plain` for the words alone). " +
    "The ids of a case's clocks stand in its timeline.",
  query: ActingQuery,
  answers: {
    200: {
      text: "To the parties of the case alone.",
      schema: ExplainedClock,
      types: ["application/json", "text/plain"],
      shown: { "text/plain": { file: "answers/explain-clock.txt" } },
    },
  },
  problems: [403, 404, 503],
};

export const clockRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/cases/:caseId/clocks/:clockId",
    access: "caller",
    reads: "json",
    describe: description,
    handle: explainClock(ports),
  },
];
