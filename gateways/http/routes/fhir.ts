import type { FastifyReply, FastifyRequest } from "fastify";
import type { DocumentOutcome } from "../../../contracts/messages/document.ts";
import { withUnits } from "../../../contracts/units.ts";
import { callerOf } from "../caller.ts";
import { capabilityStatement } from "../capability-statement.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { knownCode, sendProblem, statusOf } from "../problem-response.ts";
import { isLargeBody } from "../request-body.ts";
import type { Answer, Route, RouteDescription } from "../route.ts";

const fhirTypes = ["application/fhir+xml", "application/fhir+json"] as const;
const fhirJson = "application/fhir+json; charset=utf-8";

const nothing = new Uint8Array();

const submitted = async (ports: HttpPorts, request: FastifyRequest): Promise<DocumentOutcome> => {
  const { body } = request;
  const bytes = isLargeBody(body)
    ? { bytes: nothing, kept: await ports.putStream(body.pieces) }
    : { bytes: Buffer.isBuffer(body) ? body : nothing };
  const { gln } = callerOf(request);
  return ports.submit({
    ...bytes,
    mediaType: request.headers["content-type"] ?? fhirJson,
    standard: "fhir",
    sender: gln,
    speaksFor: withUnits(gln, ports.organisations()),
  });
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

const statusOfOutcome = ({ status, code }: DocumentOutcome): number =>
  status === "refused" ? statusOf(knownCode(code, "document-invalid"), "document") : 200;

const processMessage =
  (ports: HttpPorts): Route["handle"] =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const outcome = await submitted(ports, request);
    reply.header("sektorbro-intake", outcome.intake);
    if (outcome.caseId !== undefined) reply.header("sektorbro-case", outcome.caseId);
    if (outcome.status === "failed") {
      const code = knownCode(outcome.code, "internal-error");
      return sendProblem(request, reply, { code, asked: "document", intake: outcome.intake });
    }
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
  },
  problems: [400, 403, 413, 415, 503],
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
