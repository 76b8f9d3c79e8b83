import { mayI } from "../../../contracts/access/may-i.ts";
import { CaseList, PatientCasesQuery } from "../../../contracts/messages/case-list.ts";
import { CasePatients, CasePatientsQuery } from "../../../contracts/messages/case-patients.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs, callerOf, rolesOf } from "../caller.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { answerList } from "./list-answer.ts";

/** Whoever runs the hub needs no names for it. */
const namePatients =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = CasePatientsQuery.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    reply.header("cache-control", "no-store");
    const may = mayI({ roles: rolesOf(callerOf(request)) }, { resource: "names", relation: "party" });
    if (!may.yes) return reply.send({ patients: [] } satisfies CasePatients);
    const asked = { type: "worklist.patients", viewer, payload: parsed.data, schema: CasePatients };
    return answerQuery(ports, { request, reply }, asked);
  };

const namePatientsDescription: RouteDescription = {
  id: "listCasePatients",
  tag: "worklists",
  summary: "Whom some cases are about / Hvem sagerne handler om",
  detail:
    "Lists hold no names: this reads them from the cases themselves, for the lines that somebody looks at. Cases that the caller is no " +
    "party to are left out, and so are those without a citizen; whoever runs the hub gets none.",
  query: ActingQuery,
  body: { types: ["application/json"], schema: CasePatientsQuery },
  answers: { 200: { text: "In the order that was asked.", schema: CasePatients } },
  problems: [400, 403, 413, 415, 503],
};

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
  {
    method: "POST",
    path: "/v1/cases/patients",
    access: "caller",
    reads: "json",
    describe: namePatientsDescription,
    handle: namePatients(ports),
  },
];
