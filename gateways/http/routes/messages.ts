import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ErrorAnswer, OutcomeAnswer } from "../../../contracts/answers.ts";
import { EnvelopeKind } from "../../../contracts/deliveries.ts";
import { headBytes, standardOf } from "../../../contracts/first-look.ts";
import { withUnits } from "../../../contracts/units.ts";
import { callerOf } from "../caller.ts";
import { noteTold, sendOutcome } from "../outcome-response.ts";
import type { DocumentStandard, HttpOptions, HttpPorts } from "../ports.ts";
import { problemType, sendProblem } from "../problem-response.ts";
import { isLargeBody, type LargeBody } from "../request-body.ts";
import { headerText } from "../request-text.ts";
import type { Answer, Route } from "../route.ts";

export const xmlTypes = ["application/xml", "text/xml"] as const;
const typesOf = {
  oioxml: xmlTypes,
  fhir: ["application/fhir+xml", "application/fhir+json"],
} as const satisfies Record<DocumentStandard, readonly string[]>;
const standards = ["oioxml", "fhir"] as const satisfies readonly DocumentStandard[];
export const documentTypes = standards.flatMap((standard) => typesOf[standard]);

const receiptTypes = ["application/xml", "application/json"];
const positive = { "application/xml": { file: "answers/receipt-positive.xml" } } as const;
const negative = { "application/xml": { file: "answers/receipt-negative.xml" } } as const;
const question = { file: "oioxml/xdis91-question.xml" };

/** How a document that was refused is answered, wherever it was sent. */
export const refusedAnswer: Answer = {
  text: "Refused: the standard's negative receipt, or JSON with every problem.",
  schema: ErrorAnswer,
  types: ["application/xml", problemType],
  shown: negative,
};
/** How a document that was taken in is answered. */
export const acceptedAnswer: Answer = {
  text: "Accepted, and safe.",
  schema: OutcomeAnswer,
  types: receiptTypes,
  shown: positive,
};

const DocumentHeaders = z.object({
  "sektorbro-answer": z
    .string()
    .optional()
    .describe(
      "`vans`: answer a document that came in a VANSEnvelope in one; `sbdh`: one that came in a StandardBusinessDocument; anything else: bare.",
    ),
});

const nothing = new Uint8Array();

/** The beginning of the document, which is all of a small one, and what a large one is read from. */
export const bodyOf = ({ body }: FastifyRequest): { head: Buffer; pieces?: LargeBody["pieces"] } => {
  if (isLargeBody(body)) return body;
  return { head: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
};

/** Takes one document in: kept first, then answered. Also what a receipt in an inbox is sent as. */
export const submitDocument = async (
  ports: HttpPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { head, pieces } = bodyOf(request);
  const mediaType = request.headers["content-type"] ?? "";
  const standard = standardOf(mediaType, head.subarray(0, headBytes).toString("latin1"));
  if (standard === undefined) return sendProblem(request, reply, { code: "media-type-unknown" });
  if (head.length === 0) return sendProblem(request, reply, { code: "message-invalid" });
  const { gln } = callerOf(request);
  const answerAs = EnvelopeKind.safeParse(headerText(request, "sektorbro-answer"));
  const document = {
    ...(pieces === undefined ? { bytes: head } : { bytes: nothing, kept: await ports.putStream(pieces) }),
    mediaType,
    standard,
    sender: gln,
    speaksFor: withUnits(gln, ports.organisations()),
    ...(answerAs.success ? { answerAs: answerAs.data } : {}),
  };
  const outcome = await ports.submit(document);
  if (outcome.status !== "failed") noteTold(ports, reply, outcome);
  return sendOutcome(request, reply, outcome);
};

const detail =
  "The bytes are kept before they are read. The answer is the standard's own receipt, or JSON when `accept` " +
  "prefers application/json. Sending the same bytes again gives the same answer. " +
  "A document may come in a VANSEnvelope or a StandardBusinessDocument (application/xml); what is in it tells its standard. " +
  "It is answered in one too when `sektorbro-answer: vans` or `sbdh` asks for it. " +
  "Headers of the answer: sektorbro-intake, sektorbro-case, sektorbro-due.";

export const messageRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "POST",
    path: "/v1/messages",
    access: "caller",
    reads: "bytes",
    takes: "document",
    maxBytes: options.maxDocumentBytes,
    describe: {
      id: "sendDocument",
      tag: "documents",
      summary: "Send a document of a standard / Send et dokument",
      detail,
      headers: DocumentHeaders,
      body: {
        types: documentTypes,
        shown: {
          "application/xml": question,
          "text/xml": question,
          "application/fhir+xml": { file: "fhir/care-communication.xml" },
          "application/fhir+json": { file: "fhir/hospital-notification.json" },
        },
      },
      answers: {
        200: {
          ...acceptedAnswer,
          text: "Received before, or nothing to do: the same answer again.",
          again: true,
        },
        201: acceptedAnswer,
        422: refusedAnswer,
      },
      problems: [400, 403, 413, 415, 503],
    },
    handle: (request, reply) => submitDocument(ports, request, reply),
  },
];
