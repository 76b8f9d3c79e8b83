import { CaseList, PatientCasesQuery } from "../../../contracts/messages/case-list.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { answerList } from "./list-answer.ts";

export const patientRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "POST",
    path: "/v1/patients/cases",
    access: "caller",
    reads: "json",
    describe: {
      id: "listPatientCases",
      tag: "worklists",
      summary: "The cases of one citizen that the caller is a party to / Borgerens sager",
      detail:
        "Across all families, the latest change first unless `sort` says otherwise. The CPR number is in the body: an address " +
        "ends up in logs.",
      query: ActingQuery,
      body: { types: ["application/json"], schema: PatientCasesQuery },
      answers: { 200: { text: "A page; empty also for a citizen that nobody knows.", schema: CaseList } },
      problems: [400, 403, 413, 415, 503],
    },
    handle: (request, reply) =>
      answerList(
        ports,
        { request, reply },
        { type: "worklist.ofPatient", schema: PatientCasesQuery, input: request.body },
      ),
  },
];
