import type { FastifyReply, FastifyRequest } from "fastify";
import type { ErrorCode } from "../../../contracts/errors.ts";
import { standardOf } from "../../../contracts/messages/document.ts";
import { callerOf, speaksFor } from "../caller.ts";
import { OutcomeAnswer, sendOutcome } from "../outcome-response.ts";
import type { DocumentStandard, HttpOptions, HttpPorts } from "../ports.ts";
import { ErrorAnswer, sendProblem } from "../problem-response.ts";
import type { Route } from "../route.ts";

/** The standards that documents are received in. A standard is switched on here when its gateway is there. */
const received = { oioxml: true, fhir: false } as const satisfies Record<DocumentStandard, boolean>;

export const xmlTypes = ["application/xml", "text/xml"] as const;
const documentTypes = [...xmlTypes, "application/fhir+xml", "application/fhir+json"];

/** How much of a document is looked at to tell its standard. Namespaces are ASCII in every encoding but UTF-16. */
const headBytes = 2048;

const refusalOf = (standard: DocumentStandard | undefined): ErrorCode | undefined => {
  if (standard === undefined) return "media-type-unknown";
  return received[standard] ? undefined : "type-unspoken";
};

/** Takes one document in: kept first, then answered. Also what a receipt in an inbox is sent as. */
export const submitDocument = async (
  ports: HttpPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const mediaType = request.headers["content-type"] ?? "";
  const standard = standardOf(mediaType, bytes.subarray(0, headBytes).toString("latin1"));
  const refusal = refusalOf(standard);
  if (standard === undefined || refusal !== undefined)
    return sendProblem(request, reply, { code: refusal ?? "media-type-unknown" });
  if (bytes.length === 0) return sendProblem(request, reply, { code: "message-invalid" });
  const { gln } = callerOf(request);
  const document = {
    bytes,
    mediaType,
    standard,
    sender: gln,
    speaksFor: speaksFor(gln, ports.organisations()),
  };
  return sendOutcome(request, reply, await ports.submit(document));
};

export const messageRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "POST",
    path: "/v1/messages",
    access: "caller",
    reads: "bytes",
    maxBytes: options.maxDocumentBytes,
    describe: {
      id: "sendDocument",
      tag: "documents",
      summary: "Send a document of a standard / Send et dokument",
      detail:
        "The bytes are kept before they are read. The answer is the standard's own receipt, or JSON when `accept` " +
        "prefers application/json. Sending the same bytes again gives the same answer. " +
        "Headers of the answer: sektorbro-intake, sektorbro-case, sektorbro-due.",
      body: { types: documentTypes },
      answers: {
        200: {
          text: "Received before, or nothing to do: the same answer again.",
          schema: OutcomeAnswer,
          types: ["application/xml", "application/json"],
        },
        201: {
          text: "Accepted, and safe.",
          schema: OutcomeAnswer,
          types: ["application/xml", "application/json"],
        },
        422: {
          text: "Refused: the standard's negative receipt, or JSON with every problem.",
          schema: ErrorAnswer,
          types: ["application/xml", "application/json"],
        },
      },
      problems: [400, 403, 413, 415, 503],
    },
    handle: (request, reply) => submitDocument(ports, request, reply),
  },
];
