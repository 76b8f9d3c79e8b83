import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { RefusedAnswer } from "../../../contracts/answers.ts";
import { headBytes, standardOf } from "../../../contracts/first-look.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { makePage, pageShown, sendPage, ViewQuery, wantsPage } from "../page-response.ts";
import type { HttpPorts } from "../ports.ts";
import { sendNothingHere, sendProblem } from "../problem-response.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

const RefusedQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** As it may stand in a subject and in a file name. */
const intakeId = /^[\w-]{1,100}$/;

const listRefused =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const parsed = RefusedQuery.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    return reply.send({ documents: await ports.refusedDocuments(parsed.data.limit) });
  };

type Original = { bytes: Uint8Array; mediaType: string };

/** A MedCom document as a page, when that is asked for. */
const pageFor = async (
  ports: HttpPorts,
  { request, reply, view }: { request: FastifyRequest; reply: FastifyReply; view: ViewQuery },
  { bytes, mediaType }: Original,
): Promise<Uint8Array | undefined> => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, headBytes)).toString(
    "latin1",
  );
  if (!wantsPage(request, reply, { ...view, otherwise: "application/octet-stream" })) return undefined;
  const standard = standardOf(mediaType, head);
  return standard === undefined ? undefined : makePage(ports, request, { standard, bytes });
};

/**
 * The bytes as they came, to save and look at: never for a browser to show, since anyone may have written them. What a
 * browser is shown is a page that the hub made of them.
 */
export const sendOriginal = async (
  ports: HttpPorts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  id: string,
): Promise<FastifyReply> => {
  const view = ViewQuery.safeParse(request.query);
  if (!view.success)
    return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(view.error) });
  const original = intakeId.test(id) ? await ports.original(id) : undefined;
  if (original === undefined) return sendNothingHere(request, reply);
  const page = await pageFor(ports, { request, reply, view: view.data }, original);
  if (page !== undefined) return sendPage(request, reply, page);
  const { bytes } = original;
  return reply
    .type("application/octet-stream")
    .header("sektorbro-media-type", original.mediaType)
    .header("content-disposition", `attachment; filename="intake-${id}"`)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
};

const fetchOriginal =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) =>
    sendOriginal(ports, { request, reply }, pathText(request, "intakeId"));

const fetchOriginalDescription: RouteDescription = {
  id: "fetchOriginal",
  tag: "operation",
  summary: "The original bytes of a document / Hent originalen",
  detail:
    "With `accept: text/html`, or `view=page`, a MedCom document, OIOXML or FHIR, comes as a page for people to read, in the language " +
    "of `accept-language`: what was wrong with it, where, and what could be read.",
  query: ViewQuery,
  answers: {
    200: {
      text: "The bytes as they came.",
      types: ["application/octet-stream", "text/html"],
      shown: { "application/octet-stream": { file: "oioxml/xdis91-question.xml" }, "text/html": pageShown },
    },
  },
  problems: [400, 403, 404, 503],
};

export const intakeRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/intake/refused",
    access: "operator",
    reads: "json",
    describe: {
      id: "listRefused",
      tag: "operation",
      summary: "Documents that were refused or could not be read / Afviste dokumenter",
      query: RefusedQuery,
      answers: { 200: { text: "Newest first; ids and codes only.", schema: RefusedAnswer } },
      problems: [400, 403, 503],
    },
    handle: listRefused(ports),
  },
  {
    method: "GET",
    path: "/v1/intake/:intakeId",
    access: "operator",
    reads: "json",
    describe: fetchOriginalDescription,
    handle: fetchOriginal(ports),
  },
];
