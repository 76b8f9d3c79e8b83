import { z } from "zod";
import { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import type { HttpPorts } from "../ports.ts";
import { sendNothingHere, sendProblem } from "../problem-response.ts";
import { pathText } from "../request-text.ts";
import type { Route } from "../route.ts";

const RefusedQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
const RefusedAnswer = z.object({ documents: z.array(RefusedDocument) }).meta({ id: "RefusedAnswer" });

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

/** The bytes as they came, to save and look at: never for a browser to show, since anyone may have written them. */
const fetchOriginal =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const id = pathText(request, "intakeId");
    const original = intakeId.test(id) ? await ports.original(id) : undefined;
    if (original === undefined) return sendNothingHere(request, reply);
    const { bytes } = original;
    return reply
      .type("application/octet-stream")
      .header("sektorbro-media-type", original.mediaType)
      .header("content-disposition", `attachment; filename="intake-${id}"`)
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
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
    describe: {
      id: "fetchOriginal",
      tag: "operation",
      summary: "The original bytes of a document / Hent originalen",
      answers: { 200: { text: "The bytes as they came.", types: ["application/octet-stream"] } },
      problems: [403, 404, 503],
    },
    handle: fetchOriginal(ports),
  },
];
