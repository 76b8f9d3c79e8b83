import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { emergencyEnd, mayAskEmergency } from "../../../contracts/access/emergency.ts";
import { mayI } from "../../../contracts/access/may-i.ts";
import { patientHash } from "../../../contracts/index-keys.ts";
import type { AuditEntry } from "../../../contracts/messages/audit.ts";
import { CaseList } from "../../../contracts/messages/case-list.ts";
import {
  AskEmergency,
  EmergencyAccess,
  type EmergencyGrant,
  EmergencyPage,
} from "../../../contracts/messages/emergency.ts";
import { type Problem, problemsOf } from "../../../contracts/problem.ts";
import { auditedHere } from "../audit-reads.ts";
import { callerOf, isOrIsPartOf, rolesOf } from "../caller.ts";
import { CommandHeaders, commandIdOf } from "../command-response.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

type Asking = { request: FastifyRequest; grant: EmergencyGrant; asked: AskEmergency };

const entryOf = (ports: HttpPorts, { request, grant, asked }: Asking): AuditEntry => ({
  at: ports.now(),
  ...{ resource: "emergency", door: "POST /v1/emergency-access", outcome: "shown" },
  ...{ gln: grant.gln, person: grant.person, role: grant.role },
  ...{ purpose: "treatment", basis: "value-spring", cases: [] },
  ...{ emergency: grant.id, reason: asked.reason, words: asked.text },
  from: request.ip,
  request: request.id,
});

/** As anybody is shown it: the keyed hash of the citizen is the hub's own. */
const shown = ({ patient: _patient, ...grant }: EmergencyGrant): EmergencyAccess => grant;

type Read = { asked: z.infer<typeof AskEmergency>; commandId: string };

/** What is asked for, and under which id; or everything that is wrong with it. */
const readAsking = (
  request: FastifyRequest,
  asker: string,
  ports: HttpPorts,
): Read | { problems: Problem[] } => {
  const parsed = AskEmergency.safeParse(request.body);
  const commandId = commandIdOf(request, asker, ports.newId());
  const problems = parsed.success ? [] : problemsOf(parsed.error);
  if (typeof commandId === "object") problems.push(commandId);
  return parsed.success && typeof commandId === "string" ? { asked: parsed.data, commandId } : { problems };
};

const ask =
  (ports: HttpPorts, minutes: number): Route["handle"] =>
  async (request, reply) => {
    const caller = callerOf(request);
    const { gln, person } = caller;
    const may = mayAskEmergency({ roles: rolesOf(caller), person });
    if (!may.yes || person === undefined)
      return sendProblem(request, reply, { code: may.yes ? "role-not-allowed" : may.code });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const read = readAsking(request, `${gln}:${person.id}`, ports);
    if ("problems" in read)
      return sendProblem(request, reply, { code: "message-invalid", problems: read.problems });
    const { asked, commandId } = read;
    const from = ports.now();
    const grant: EmergencyGrant = {
      id: ports.emergencies.idOf(commandId),
      ...{ gln, person: person.id, role: may.role, reason: asked.reason, from },
      until: emergencyEnd(from, minutes),
      patient: patientHash(asked.patient, ports.digest),
    };
    // On the record first: what could not be kept is not in force.
    await ports.audit(entryOf(ports, { request, grant, asked }), asked.patient);
    auditedHere(request);
    const begun = await ports.emergencies.begin(grant);
    if (begun.patient !== grant.patient || begun.reason !== grant.reason)
      return sendProblem(request, reply, { code: "content-differs" });
    return reply.code(201).send(shown(begun));
  };

const ListAddress = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.uuid().optional().describe("`next` of the page before."),
});

/** Those who control see their organisation's, those who run the hub everybody's, and a person who treats their own. */
const isSeenBy = (ports: HttpPorts, request: FastifyRequest): ((grant: EmergencyGrant) => boolean) => {
  const caller = callerOf(request);
  const asker = { roles: rolesOf(caller) };
  const may = (relation: "own" | "everybody"): boolean =>
    mayI(asker, { resource: "emergency", relation }).yes;
  if (may("everybody")) return () => true;
  if (may("own")) return ({ gln }) => isOrIsPartOf(ports, gln, caller.gln);
  return ({ gln, person }) => gln === caller.gln && person === caller.person?.id;
};

const list =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const parsed = ListAddress.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { limit, cursor } = parsed.data;
    const all = (await ports.emergencies.all()).filter(isSeenBy(ports, request));
    const after = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
    const items = all.slice(after, after + limit).map(shown);
    const last = all.length > after + limit ? items.at(-1) : undefined;
    return reply.send({ items, ...(last === undefined ? {} : { next: last.id }) } satisfies EmergencyPage);
  };

const listCases =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const { gln, person } = callerOf(request);
    const emergency = z.uuid().safeParse(pathText(request, "emergencyId")).data;
    if (person === undefined || emergency === undefined)
      return sendProblem(request, reply, { code: "emergency-over" });
    const payload = { emergency, person: person.id };
    const asked = { type: "worklist.emergencyCases", viewer: gln, payload, schema: CaseList };
    return answerQuery(ports, { request, reply }, asked);
  };

const askDescription: RouteDescription = {
  id: "askEmergency",
  tag: "cases",
  summary: "See a citizen's cases in an emergency / Nødadgang (værdispring)",
  detail:
    "For a person who treats, is signed in at assurance level Substantial or High, and is no party to the citizen's cases. It is one " +
    "person's, for one citizen, and ends by itself. The reason and every look under it stand in the audit; whoever controls look-ups is shown it.",
  headers: CommandHeaders.pick({ "idempotency-key": true }),
  body: { types: ["application/json"], schema: AskEmergency },
  answers: { 201: { text: "In force until then.", schema: EmergencyAccess } },
  problems: [400, 403, 409, 413, 415, 503],
};

const listDescription: RouteDescription = {
  id: "listEmergencies",
  tag: "operation",
  summary: "Emergency accesses, those that have ended too / Nødadgange",
  detail:
    "Of the caller's organisation for those who control look-ups, of everybody for those who run the hub, their own for those who treat. The " +
    "latest first. Why, in the person's own words, stands in the audit.",
  query: ListAddress,
  answers: { 200: { text: "A page.", schema: EmergencyPage } },
  problems: [400, 403, 503],
};

const casesDescription: RouteDescription = {
  id: "listEmergencyCases",
  tag: "cases",
  summary: "The citizen's cases, under an emergency access / Borgerens sager under nødadgang",
  detail: "Each can be read by `GET /v1/cases/{caseId}?emergency={id}` until the access ends.",
  answers: { 200: { text: "The latest change first.", schema: CaseList } },
  problems: [403, 503],
};

export const emergencyRoutes = (
  ports: HttpPorts,
  { emergencyMinutes }: Pick<HttpOptions, "emergencyMinutes">,
): Route[] => [
  {
    method: "POST",
    path: "/v1/emergency-access",
    access: "caller",
    reads: "json",
    describe: askDescription,
    handle: ask(ports, emergencyMinutes),
  },
  {
    method: "GET",
    path: "/v1/emergency-access",
    access: "caller",
    reads: "json",
    describe: listDescription,
    handle: list(ports),
  },
  {
    method: "GET",
    path: "/v1/emergency-access/:emergencyId/cases",
    access: "caller",
    reads: "json",
    describe: casesDescription,
    handle: listCases(ports),
  },
];
