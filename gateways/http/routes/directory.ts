import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CommandAnswer } from "../../../contracts/answers.ts";
import { DirectoryFile, ImportDirectory } from "../../../contracts/messages/directory.ts";
import {
  DirectoryHistory,
  DirectoryPage,
  DirectoryQuery,
  RegisteredGp,
  RegisteredGpQuery,
} from "../../../contracts/messages/directory-query.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs, callerOf } from "../caller.ts";
import { CommandHeaders, commandIdOf, envelopeOf, sendCommandReply } from "../command-response.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

const FindQuery = DirectoryQuery.extend({
  ...ActingQuery.shape,
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** Operators ask as the hub's own; everybody else as the organisation that it is. */
const viewerOf = (ports: HttpPorts, request: FastifyRequest): string | undefined =>
  callerOf(request).role === "operator" ? "operator" : actingAs(ports, request);

type Asked<T> = { type: string; payload: unknown; schema: z.ZodType<T> };

const answer = async <T>(
  ports: HttpPorts,
  exchange: { request: FastifyRequest; reply: FastifyReply },
  asked: Asked<T>,
): Promise<FastifyReply> => {
  const { request, reply } = exchange;
  const viewer = viewerOf(ports, request);
  if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
  return answerQuery(ports, exchange, { ...asked, viewer });
};

const listDirectory =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const parsed = FindQuery.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { for: _for, ...payload } = parsed.data;
    return answer(ports, { request, reply }, { type: "directory.find", payload, schema: DirectoryPage });
  };

const showHistory =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const payload = { gln: pathText(request, "gln") };
    const schema = DirectoryHistory;
    return answer(ports, { request, reply }, { type: "directory.history", payload, schema });
  };

const findRegisteredGp =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = RegisteredGpQuery.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const asked = { type: "directory.registeredGp", payload: parsed.data, schema: RegisteredGp };
    return answer(ports, { request, reply }, asked);
  };

const importDirectory =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const { gln, name = gln } = callerOf(request);
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = ImportDirectory.safeParse({ file: request.body });
    const id = commandIdOf(request, gln, ports.newId());
    if (!parsed.success || typeof id === "object") {
      const inBody = parsed.success ? [] : problemsOf(parsed.error);
      const problems = [...inBody, ...(typeof id === "object" ? [id] : [])];
      return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
    }
    const order = {
      id,
      type: "directory.import",
      sender: "operator",
      payload: { ...parsed.data, changedBy: name.slice(0, 100) },
    };
    const outcome = await ports.command(envelopeOf(ports, request, order));
    return sendCommandReply(request, reply, { outcome, opens: "nothing" });
  };

const exportDirectory =
  (ports: HttpPorts): Route["handle"] =>
  (_request, reply) => {
    const organisations = [...ports.organisations()];
    const file: DirectoryFile = { format: "sektorbro-directory", version: 1, organisations };
    // Which citizens are registered where is kept under hashes: there is nothing that could be written out.
    return reply.send({ ...file, leftOut: ["registrations"] } satisfies DirectoryFile);
  };

const listDirectoryDescription: RouteDescription = {
  id: "listDirectory",
  tag: "directory",
  summary: "Who can be written to, and what they offer / Vejviseren",
  detail:
    "As it is today, or on `date`. What a municipality offers smokers: offer=prevention&topic=smoking&municipality=0890. " +
    "Numbers behind the public one are shown to those whom they are meant for.",
  query: FindQuery,
  answers: { 200: { text: "A page, lowest GLN first.", schema: DirectoryPage } },
  problems: [400, 403, 503],
};

const historyDescription: RouteDescription = {
  id: "showDirectoryHistory",
  tag: "directory",
  summary: "Who changed an organisation, what and when / Historik",
  detail: "For operators, and for the organisation itself. The last 64 versions are kept.",
  query: ActingQuery,
  answers: { 200: { text: "Newest first.", schema: DirectoryHistory } },
  problems: [403, 503],
};

const registeredGpDescription: RouteDescription = {
  id: "findRegisteredGp",
  tag: "directory",
  summary: "Which practice a citizen is registered with / Egen læge",
  detail: "Where an imported file has told. The CPR number is in the body: an address ends up in logs.",
  query: ActingQuery,
  body: { types: ["application/json"], schema: RegisteredGpQuery },
  answers: { 200: { text: "The practice, or that none is known.", schema: RegisteredGp } },
  problems: [400, 403, 413, 415, 503],
};

const importDirectoryDescription: RouteDescription = {
  id: "importDirectory",
  tag: "operation",
  summary: "Replace the directory by a file / Indlæs vejviseren",
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: DirectoryFile },
  answers: { 200: { text: "On disk.", schema: CommandAnswer } },
  problems: [400, 403, 409, 413, 415, 422, 503],
};

const exportDirectoryDescription: RouteDescription = {
  id: "exportDirectory",
  tag: "operation",
  summary: "The whole directory, as it can be imported / Udskriv vejviseren",
  answers: { 200: { text: "The file.", schema: DirectoryFile } },
  problems: [403, 503],
};

const askingRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/directory",
    access: "caller",
    reads: "json",
    describe: listDirectoryDescription,
    handle: listDirectory(ports),
  },
  {
    method: "GET",
    path: "/v1/directory/:gln/history",
    access: "caller",
    reads: "json",
    describe: historyDescription,
    handle: showHistory(ports),
  },
  {
    method: "POST",
    path: "/v1/directory/registered-gp",
    access: "caller",
    reads: "json",
    describe: registeredGpDescription,
    handle: findRegisteredGp(ports),
  },
];

export const directoryRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  ...askingRoutes(ports),
  {
    method: "POST",
    path: "/v1/directory/import",
    access: "operator",
    reads: "json",
    takes: "command",
    maxBytes: options.maxDocumentBytes,
    describe: importDirectoryDescription,
    handle: importDirectory(ports),
  },
  {
    method: "GET",
    path: "/v1/directory/export",
    access: "operator",
    reads: "json",
    describe: exportDirectoryDescription,
    handle: exportDirectory(ports),
  },
];
