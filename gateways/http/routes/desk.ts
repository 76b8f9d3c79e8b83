import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CommandReply } from "../../../contracts/envelope.ts";
import { Fault } from "../../../contracts/errors.ts";
import {
  type Colleague,
  Colleagues,
  DeskOrder,
  DeskOutcomes,
  Desks,
} from "../../../contracts/messages/desk.ts";
import { type Problem, problem, problemsOf } from "../../../contracts/problem.ts";
import { actingAs, callerOf } from "../caller.ts";
import { CommandHeaders, commandIdOf, envelopeOf } from "../command-response.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery, readQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

type Outcome = DeskOutcomes["outcomes"][number];
type Wish = DeskOrder & { by: Colleague; viewer: string; commandId: string };

/** So many at once: others' commands come meanwhile. */
const abreast = 8;
/** More records than any case has: the service counts down to what is there. */
const all = 1_000_000_000;

const outcomeOf = (reply: CommandReply): Outcome["outcome"] => {
  if (reply.status === "accepted") return "done";
  if (reply.status === "ignored") return "unchanged";
  if (reply.status === "failed") return "failed";
  return reply.code === "held-by-colleague" ? "held" : "unknown";
};

const payloadOf = ({ act, by, to, takeOver }: Wish, { caseId, no = all }: Wish["cases"][number]): object => {
  if (act === "assign") return { caseId, by, to };
  if (act === "read") return { caseId, by, no };
  return act === "claim" && takeOver === true ? { caseId, by, takeOver } : { caseId, by };
};

/** What came of one of many; a fault is that one's alone. */
const doOne = async (
  ports: HttpPorts,
  request: FastifyRequest,
  { wish, one }: { wish: Wish; one: Wish["cases"][number] },
): Promise<Outcome> => {
  const { viewer: sender, commandId, act } = wish;
  const order = {
    id: `${commandId}:${one.caseId}`,
    type: `desk.${act}`,
    sender,
    payload: payloadOf(wish, one),
  };
  try {
    const reply = await ports.command(envelopeOf(ports, request, order));
    return { caseId: one.caseId, outcome: outcomeOf(reply) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { caseId: one.caseId, outcome: "failed" };
  }
};

/** Whoever did not get a case is told who has it. */
const withDesks = async (ports: HttpPorts, viewer: string, outcomes: Outcome[]): Promise<Outcome[]> => {
  const caseIds = outcomes.flatMap(({ caseId, outcome }) => (outcome === "unknown" ? [] : [caseId]));
  if (caseIds.length === 0) return outcomes;
  const answer = readQuery(await ports.query("worklist.desks", viewer, { caseIds }), Desks);
  const desks = new Map("found" in answer ? answer.found.map(({ caseId, desk }) => [caseId, desk]) : []);
  return outcomes.map((one) => {
    const desk = desks.get(one.caseId);
    return desk === undefined ? one : { ...one, desk };
  });
};

/** A person is who is signed in, whatever the body says; a system must tell. */
const whoDoes = (request: FastifyRequest, told: Colleague | undefined): Colleague | Problem => {
  const { person } = callerOf(request);
  if (person !== undefined) return { id: person.id, name: person.name };
  return told ?? problem("by", "required", "A system says which person of the organisation does this.");
};

const refuseBody = (request: FastifyRequest, reply: FastifyReply, problems: Problem[]): FastifyReply =>
  sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });

const orderAt =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = DeskOrder.safeParse(request.body);
    const commandId = commandIdOf(request, viewer, ports.newId());
    if (!parsed.success) return refuseBody(request, reply, problemsOf(parsed.error));
    if (typeof commandId === "object") return refuseBody(request, reply, [commandId]);
    const by = whoDoes(request, parsed.data.by);
    if ("code" in by) return refuseBody(request, reply, [by]);
    const wish = { ...parsed.data, by, viewer, commandId };
    const cases = [...new Map(wish.cases.map((one) => [one.caseId, one])).values()];
    const outcomes: Outcome[] = [];
    for (let from = 0; from < cases.length; from += abreast) {
      const some = cases.slice(from, from + abreast);
      outcomes.push(...(await Promise.all(some.map((one) => doOne(ports, request, { wish, one })))));
    }
    return reply.send({ outcomes: await withDesks(ports, viewer, outcomes) } satisfies DeskOutcomes);
  };

const orderDescription: RouteDescription = {
  id: "workOnCases",
  tag: "worklists",
  summary:
    "Take cases, give them to a colleague, lay them back, mark them read / Tag, tildel, læg tilbage, læst",
  detail:
    "Among the people of the caller's own organisation: no other party sees it. Each case has an outcome of its own; of two who take one " +
    "at the same time one gets it, and the other is told who.",
  query: ActingQuery,
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: DeskOrder },
  answers: { 200: { text: "What came of each.", schema: DeskOutcomes } },
  problems: [403, 413, 415, 422, 503],
};

const listColleagues =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const asked = { type: "worklist.colleagues", viewer, payload: {}, schema: Colleagues };
    return answerQuery(ports, { request, reply }, asked);
  };

const colleaguesDescription: RouteDescription = {
  id: "listColleagues",
  tag: "worklists",
  summary: "To whom a case can be given: the caller's own people / Kolleger",
  detail: "Everybody at the caller's organisation who has taken, been given or read a case here.",
  query: z.object({ ...ActingQuery.shape }),
  answers: { 200: { text: "By name.", schema: Colleagues } },
  problems: [403, 503],
};

export const deskRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "POST",
    path: "/v1/worklist/desk",
    access: "caller",
    reads: "json",
    takes: "command",
    describe: orderDescription,
    handle: orderAt(ports),
  },
  {
    method: "GET",
    path: "/v1/worklist/colleagues",
    access: "caller",
    reads: "json",
    describe: colleaguesDescription,
    handle: listColleagues(ports),
  },
];
