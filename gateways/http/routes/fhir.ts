import type { FastifyReply, FastifyRequest } from "fastify";
import { type ErrorCode, errorCodes, Fault } from "../../../contracts/errors.ts";
import type { DocumentOutcome } from "../../../contracts/messages/document.ts";
import { withUnits } from "../../../contracts/units.ts";
import { callerOf } from "../caller.ts";
import { capabilityStatement } from "../capability-statement.ts";
import { noteTold } from "../outcome-response.ts";
import type { HttpOptions, HttpPorts, SubmittedDocument } from "../ports.ts";
import { knownCode, retryAfterSeconds, statusOf } from "../problem-response.ts";
import { isLargeBody } from "../request-body.ts";
import type { Answer, Route, RouteDescription } from "../route.ts";

const fhirTypes = ["application/fhir+xml", "application/fhir+json"] as const;
const fhirJson = "application/fhir+json; charset=utf-8";

const nothing = new Uint8Array();

const documentOf = (ports: HttpPorts, request: FastifyRequest): SubmittedDocument => {
  const { gln } = callerOf(request);
  return {
    bytes: Buffer.isBuffer(request.body) ? request.body : nothing,
    mediaType: request.headers["content-type"] ?? fhirJson,
    standard: "fhir",
    sender: gln,
    speaksFor: withUnits(gln, ports.organisations()),
  };
};

/** What became of a document, or the fault that kept it from becoming anything. */
type Came =
  | { readonly outcome: DocumentOutcome }
  | { readonly fault: ErrorCode; readonly intake?: string; readonly retryAfter?: number };

const submitted = async (
  ports: HttpPorts,
  { body }: FastifyRequest,
  document: SubmittedDocument,
): Promise<Came> => {
  const closed = ports.refusal("document");
  if (closed !== undefined) return { fault: closed.code, retryAfter: closed.retryAfterSeconds };
  try {
    const large = isLargeBody(body) ? { kept: await ports.putStream(body.pieces) } : {};
    const outcome = await ports.submit({ ...document, ...large });
    const { status, code, intake } = outcome;
    return status === "failed" ? { fault: knownCode(code, "internal-error"), intake } : { outcome };
  } catch (error) {
    if (!(error instanceof Fault) || error.fate === "park") throw error;
    return { fault: error.code };
  }
};

/** Why there is no Acknowledgement: nobody could read from the message whom to answer about what. */
const operationOutcome = ({ problems, code }: DocumentOutcome): Readonly<Record<string, unknown>> => ({
  resourceType: "OperationOutcome",
  issue: (problems.length === 0 ? [{ path: "", severity: "error", code, message: code }] : problems).map(
    ({ path, severity, code: detail, message }) => ({
      severity,
      code: "processing",
      details: { text: message },
      diagnostics: detail,
      ...(path === "" ? {} : { expression: [path] }),
    }),
  ),
});

/** A fault where the message tells not whom to answer, was too large to be held, or nobody is there who reads it. */
const transientOutcome = (code: ErrorCode): Readonly<Record<string, unknown>> => ({
  resourceType: "OperationOutcome",
  issue: [
    { severity: "error", code: "transient", details: { text: errorCodes[code].en }, diagnostics: code },
  ],
});

/** The gateway of FHIR may be away with what else is: then the fault is told without it. */
const faultAnswer = (
  ports: HttpPorts,
  document: SubmittedDocument,
  code: ErrorCode,
): Promise<DocumentOutcome["answer"]> =>
  document.bytes.length === 0
    ? Promise.resolve(undefined)
    : ports.answerFault(document, code).catch((error: unknown) => {
        if (error instanceof Fault) return undefined;
        throw error;
      });

/** The hub has a fault: another answer follows when it is over, and the same message again asks for it. */
const sendFault = (
  reply: FastifyReply,
  { fault: code, retryAfter = retryAfterSeconds }: Extract<Came, { fault: ErrorCode }>,
  answer: DocumentOutcome["answer"],
): FastifyReply => {
  reply.problemCode = code;
  reply.code(503).header("retry-after", retryAfter);
  if (answer !== undefined) return reply.type(answer.mediaType).send(Buffer.from(answer.base64, "base64"));
  return reply.type(fhirJson).send(JSON.stringify(transientOutcome(code)));
};

const statusOfOutcome = ({ status, code }: DocumentOutcome): number =>
  status === "refused" ? statusOf(knownCode(code, "document-invalid"), "document") : 200;

const processMessage =
  (ports: HttpPorts): Route["handle"] =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const document = documentOf(ports, request);
    const came = await submitted(ports, request, document);
    if ("fault" in came) {
      if (came.intake !== undefined) reply.header("sektorbro-intake", came.intake);
      return sendFault(reply, came, await faultAnswer(ports, document, came.fault));
    }
    const { outcome } = came;
    noteTold(ports, reply, outcome);
    reply.header("sektorbro-intake", outcome.intake);
    if (outcome.caseId !== undefined) reply.header("sektorbro-case", outcome.caseId);
    reply.code(statusOfOutcome(outcome));
    const { answer } = outcome;
    if (answer !== undefined) return reply.type(answer.mediaType).send(Buffer.from(answer.base64, "base64"));
    // An answer of the sender's own is never answered.
    if (outcome.status !== "refused") return reply.code(204).send();
    return reply.type(fhirJson).send(JSON.stringify(operationOutcome(outcome)));
  };

const acknowledgement: Answer = {
  text: "Read, and answered with an Acknowledgement in the format of the message.",
  types: fhirTypes,
  shown: {
    "application/fhir+xml": { file: "fhir/acknowledgement-ok.xml" },
    "application/fhir+json": { file: "fhir/acknowledgement-ok.json" },
  },
};

/** When the statement last changed. */
const released = "2026-11-22";

const processDescription: RouteDescription = {
  id: "processMessage",
  tag: "documents",
  summary: "Send a MedCom FHIR message / Send en MedCom FHIR-meddelelse",
  detail:
    "The operation of FHIR R4. The message is kept before it is read; the answer is MedCom's Acknowledgement. " +
    "The same message again gets the same answer in a bundle of a new id.",
  body: {
    types: fhirTypes,
    shown: {
      "application/fhir+xml": { file: "fhir/care-communication.xml" },
      "application/fhir+json": { file: "fhir/hospital-notification.json" },
    },
  },
  answers: {
    200: acknowledgement,
    204: { text: "An Acknowledgement, which is never answered." },
    422: {
      text: "Refused: a fatal-error, or why nobody can be answered.",
      types: fhirTypes,
      shown: {
        "application/fhir+xml": { file: "fhir/acknowledgement-fatal-error.xml" },
        "application/fhir+json": { file: "fhir/operation-outcome.json" },
      },
    },
    503: {
      text: "The hub has a fault: a transient-error, or an OperationOutcome. Send the same message again: its ok or fatal-error follows.",
      types: fhirTypes,
      shown: {
        "application/fhir+xml": { file: "fhir/acknowledgement-transient-error.xml" },
        "application/fhir+json": { file: "fhir/operation-outcome-transient.json" },
      },
    },
  },
  problems: [400, 403, 413, 415],
};

const statementDescription: RouteDescription = {
  id: "capabilityStatement",
  tag: "hub",
  summary: "Which FHIR messages are spoken here / Hvilke FHIR-meddelelser der tales",
  answers: {
    200: {
      text: "CapabilityStatement.",
      types: ["application/fhir+json"],
      shown: {
        "application/fhir+json": { made: () => JSON.stringify(capabilityStatement("1.0.0", released)) },
      },
    },
  },
  problems: [],
};

export const fhirRoutes = (ports: HttpPorts, { maxDocumentBytes, version }: HttpOptions): Route[] => [
  {
    method: "POST",
    path: "/fhir/$process-message",
    access: "caller",
    reads: "bytes",
    // A hub that can take nothing in says so in FHIR: it reads who asks, and looks in the handler.
    maxBytes: maxDocumentBytes,
    describe: processDescription,
    handle: processMessage(ports),
  },
  {
    method: "GET",
    path: "/fhir/metadata",
    access: "anyone",
    reads: "json",
    describe: statementDescription,
    handle: (_request, reply) =>
      reply.type(fhirJson).send(JSON.stringify(capabilityStatement(version, released))),
  },
];
