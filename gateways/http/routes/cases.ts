import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { StoredAnswer } from "../../../contracts/answers.ts";
import { objectsOf } from "../../../contracts/json-delivery.ts";
import { CaseView } from "../../../contracts/messages/worklist.ts";
import { actingAs, callerOf, isOrIsPartOf } from "../caller.ts";
import { attachmentTypes, fileNameOf, mediaTypeOf } from "../kept-objects.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { type Queried, readQuery } from "../query-answer.ts";
import { isLargeBody } from "../request-body.ts";
import { pathText, queryText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

/** The case of a citizen whom the caller may see for a while: the access is a person's own, and no system's. */
const findInEmergency = async (
  ports: HttpPorts,
  request: FastifyRequest,
  asked: { caseId: string; emergency: string },
): Promise<Queried<CaseView>> => {
  const { gln, person } = callerOf(request);
  if (person === undefined || !z.uuid().safeParse(asked.emergency).success)
    return { missing: "emergency-over" };
  const payload = { ...asked, person: person.id };
  return readQuery(await ports.query("worklist.emergencyCase", gln, payload), CaseView);
};

/** The case as a party sees it, or the organisation that a party is a unit of. An id that is none, and a case of others, are the same answer: it does not exist. */
const findCase = async (
  ports: HttpPorts,
  request: FastifyRequest,
  viewer: string,
): Promise<Queried<CaseView>> => {
  const caseId = pathText(request, "caseId");
  if (!z.uuid().safeParse(caseId).success) return { missing: "case-unknown" };
  const emergency = queryText(request, "emergency");
  if (emergency !== undefined) return findInEmergency(ports, request, { caseId, emergency });
  const answer = readQuery(await ports.query("worklist.case", viewer, { caseId }), CaseView);
  if ("missing" in answer) return answer;
  // Decided where the case is; this last look costs nothing and is no decision of its own.
  const isParty = answer.found.parties.some((party) => isOrIsPartOf(ports, party, viewer));
  return isParty ? answer : { missing: "case-unknown" };
};

const showCase =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const answer = await findCase(ports, request, viewer);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    return reply.send(answer.found);
  };

/** Knowing a digest is not enough: a case that the caller is a party to must name it. */
const fetchAttachment =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const answer = await findCase(ports, request, viewer);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    const digest = pathText(request, "digest");
    const facts = answer.found.records.flatMap((record) => record.facts);
    const object = facts.flatMap(objectsOf).find((named) => named.digest === digest);
    const bytes = object === undefined ? undefined : await ports.getObject(digest);
    if (object === undefined || bytes === undefined)
      return sendProblem(request, reply, { code: "object-unknown" });
    return reply
      .type(mediaTypeOf(object))
      .header("content-disposition", `attachment; filename="${fileNameOf(object)}"`)
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  };

/** Any type of bytes; what they are is told by the message that names them. */
const keepAttachment =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const bytes = request.body;
    if (isLargeBody(bytes)) return reply.code(201).send(await ports.putStream(bytes.pieces));
    if (!Buffer.isBuffer(bytes) || bytes.length === 0)
      return sendProblem(request, reply, { code: "message-invalid" });
    return reply.code(201).send(await ports.putObject(bytes));
  };

const CaseAddress = z.object({
  ...ActingQuery.shape,
  emergency: z
    .uuid()
    .optional()
    .describe("An emergency access of the caller's own, in force: it may be no party then."),
});

const showCaseDescription: RouteDescription = {
  id: "showCase",
  tag: "cases",
  summary: "A case with its clocks and all that happened / En sag",
  query: CaseAddress,
  answers: { 200: { text: "To its parties alone, and in an emergency.", schema: CaseView } },
  problems: [403, 404, 503],
};

const attachment = { file: "answers/attachment.txt" };
const asBytes = { "application/octet-stream": attachment };

const fetchAttachmentDescription: RouteDescription = {
  id: "fetchAttachment",
  tag: "attachments",
  summary: "The bytes of an attachment that the case names / Hent et bilag",
  query: CaseAddress,
  answers: {
    200: {
      text: "The bytes.",
      types: attachmentTypes,
      shown: { ...asBytes, "text/plain": attachment },
    },
  },
  problems: [403, 404, 503],
};

const keepAttachmentDescription: RouteDescription = {
  id: "keepAttachment",
  tag: "attachments",
  summary: "Upload the bytes of an attachment / Upload et bilag",
  detail: "Upload first, then name the digest in a message. The same bytes twice are kept once.",
  body: {
    types: ["application/octet-stream"],
    shown: asBytes,
  },
  answers: { 201: { text: "Kept under its digest.", schema: StoredAnswer } },
  problems: [400, 413, 503],
};

export const caseRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "GET",
    path: "/v1/cases/:caseId",
    access: "caller",
    reads: "json",
    describe: showCaseDescription,
    handle: showCase(ports),
  },
  {
    method: "GET",
    path: "/v1/cases/:caseId/attachments/:digest",
    access: "caller",
    reads: "json",
    describe: fetchAttachmentDescription,
    handle: fetchAttachment(ports),
  },
  {
    method: "POST",
    path: "/v1/attachments",
    access: "caller",
    reads: "bytes",
    takes: "command",
    maxBytes: options.maxAttachmentBytes,
    describe: keepAttachmentDescription,
    handle: keepAttachment(ports),
  },
];
