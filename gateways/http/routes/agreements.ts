import type { z } from "zod";
import { CommandAnswer } from "../../../contracts/answers.ts";
import {
  AgreementReasons,
  AgreementsInForce,
  AgreementsQuery,
  AgreementVersions,
  NewAgreementVersion,
  WhyAgreement,
} from "../../../contracts/messages/agreement.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { callerOf } from "../caller.ts";
import { CommandHeaders, commandIdOf, envelopeOf, sendCommandReply } from "../command-response.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

/** A question whose address is its payload. Any caller may ask: agreements hold no patient's data. */
const ask =
  <T>(ports: HttpPorts, asked: { type: string; query: z.ZodObject; schema: z.ZodType<T> }): Route["handle"] =>
  (request, reply) => {
    const parsed = asked.query.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { type, schema } = asked;
    const viewer = callerOf(request).gln;
    return answerQuery(ports, { request, reply }, { type, viewer, payload: parsed.data, schema });
  };

const showAgreement =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const asked = { type: "agreement.show", payload: { id: pathText(request, "id") } };
    const viewer = callerOf(request).gln;
    return answerQuery(ports, { request, reply }, { ...asked, viewer, schema: AgreementVersions });
  };

const putVersion =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const { gln, name = gln } = callerOf(request);
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = NewAgreementVersion.safeParse(request.body);
    const id = commandIdOf(request, gln, ports.newId());
    if (!parsed.success || typeof id === "object") {
      const inBody = parsed.success ? [] : problemsOf(parsed.error);
      const problems = [...inBody, ...(typeof id === "object" ? [id] : [])];
      return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
    }
    const order = {
      id,
      type: "agreement.putVersion",
      sender: "operator",
      payload: { ...parsed.data, id: pathText(request, "id"), changedBy: name.slice(0, 100) },
    };
    const outcome = await ports.command(envelopeOf(ports, request, order));
    return sendCommandReply(request, reply, { outcome, opens: "nothing" });
  };

const listDescription: RouteDescription = {
  id: "listAgreements",
  tag: "agreements",
  summary: "The agreements in force / Aftaler der gælder",
  detail:
    "On `date`, or today: answer times, rules of content, and when somebody is reached by phone; each with its source. " +
    "`notYet` tells why the hub measures nothing of it. `sets` are the files that they came from.",
  query: AgreementsQuery,
  answers: { 200: { text: "In the order of their ids.", schema: AgreementsInForce } },
  problems: [400, 503],
};

const showDescription: RouteDescription = {
  id: "showAgreement",
  tag: "agreements",
  summary: "Every version of an agreement, who brought it and when / Aftalens versioner",
  answers: { 200: { text: "Newest first.", schema: AgreementVersions } },
  problems: [404, 503],
};

const whyDescription: RouteDescription = {
  id: "whyAgreement",
  tag: "agreements",
  summary: "Which agreement binds two parties, and why no other / Hvilken aftale gælder",
  detail:
    "`from` waits for the answer, `to` owes it. The most specific agreement binds: by tier, priority, organisation, municipality, " +
    "speciality, kind of matter, kind of organisation, in this order. Each that was considered tells in what it lost.",
  query: WhyAgreement,
  answers: { 200: { text: "For each promise of the matter.", schema: AgreementReasons } },
  problems: [400, 422, 503],
};

const putDescription: RouteDescription = {
  id: "putAgreementVersion",
  tag: "agreements",
  summary: "Put a new version in force from its date on / Ny version",
  detail:
    "The version is the next of its agreement, and begins today or later. The whole set is checked with it first: with a problem " +
    "anywhere nothing changes. On disk before it is answered, and in force in every process of the hub; clocks that run keep the " +
    "version that they began under. The same version again is a duplicate; with other content it is refused.",
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: NewAgreementVersion },
  answers: { 200: { text: "On disk.", schema: CommandAnswer } },
  problems: [400, 403, 409, 413, 415, 422, 503],
};

export const agreementRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "GET",
    path: "/v1/agreements",
    access: "caller",
    reads: "json",
    describe: listDescription,
    handle: ask(ports, { type: "agreement.list", query: AgreementsQuery, schema: AgreementsInForce }),
  },
  {
    method: "GET",
    path: "/v1/agreements/why",
    access: "caller",
    reads: "json",
    describe: whyDescription,
    handle: ask(ports, { type: "agreement.why", query: WhyAgreement, schema: AgreementReasons }),
  },
  {
    method: "GET",
    path: "/v1/agreements/:id",
    access: "caller",
    reads: "json",
    describe: showDescription,
    handle: showAgreement(ports),
  },
  {
    method: "PUT",
    path: "/v1/agreements/:id/versions",
    access: "operator",
    reads: "json",
    takes: "command",
    maxBytes: options.maxJsonBytes,
    describe: putDescription,
    handle: putVersion(ports),
  },
];
