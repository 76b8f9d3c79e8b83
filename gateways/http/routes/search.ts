import { CaseList, SearchQuery } from "../../../contracts/messages/case-list.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { answerList } from "./list-answer.ts";

export const searchRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "POST",
    path: "/v1/search",
    access: "caller",
    reads: "json",
    describe: {
      id: "searchCases",
      tag: "worklists",
      summary: "Find a case by an id of it or by its citizen / Søg",
      detail:
        "By the case, by what its sender called the message, by the envelope that the hub printed, by the original in " +
        "INTAKE, or by the citizen. Every id that is given must fit. At most 100, the latest change first.",
      query: ActingQuery,
      body: { types: ["application/json"], schema: SearchQuery },
      answers: { 200: { text: "What the caller may know of.", schema: CaseList } },
      problems: [400, 403, 413, 415, 503],
    },
    handle: (request, reply) =>
      answerList(
        ports,
        { request, reply },
        { type: "worklist.search", schema: SearchQuery, input: request.body },
      ),
  },
];
