import type { FastifyReply, FastifyRequest } from "fastify";
import type { ErrorAnswer } from "../../contracts/answers.ts";
import { type ErrorCode, errorCodes, Fault, isErrorCode } from "../../contracts/errors.ts";
import type { Problem } from "../../contracts/problem.ts";
import { languageOf } from "./negotiation.ts";
import type { HttpLog } from "./ports.ts";

declare module "fastify" {
  interface FastifyReply {
    /** The code that was answered, for the log; empty when all is well. */
    problemCode: string;
    /** The trace that the request is a step of, if there are traces. */
    traceId: string | undefined;
  }
}

/**
 * What was asked when the code came up. `request`: of this gateway; `command`: of a service, by a typed command;
 * `document`: of a standard's gateway, by a document.
 */
export type Asked = "request" | "command" | "document";

const statuses = {
  "message-invalid": 400,
  "xml-malformed": 422,
  "xml-forbidden": 422,
  "xml-too-deep": 422,
  "encoding-unknown": 400,
  "type-unknown": 422,
  "type-unspoken": 415,
  "version-wrong": 422,
  "document-invalid": 422,
  "document-too-large": 413,
  "document-too-costly": 422,
  "record-too-large": 413,
  "media-type-unknown": 415,
  "attachment-size-differs": 422,
  "envelope-size-differs": 422,
  "object-unknown": 404,
  "not-authenticated": 401,
  "sender-not-authorised": 403,
  "operator-only": 403,
  "too-many-requests": 429,
  "role-not-allowed": 403,
  "assurance-too-low": 403,
  "emergency-over": 403,
  "sender-unknown": 422,
  "receiver-unknown": 422,
  "receiver-cannot-receive": 422,
  "receiver-is-sender": 422,
  "receiver-id-mismatch": 422,
  "no-unit-advises": 422,
  "no-unit-takes": 422,
  "sender-may-not-refer": 422,
  "referral-incomplete": 422,
  "stay-differs": 409,
  "summary-incomplete": 422,
  "case-unknown": 404,
  "agreement-unknown": 404,
  "clock-unknown": 404,
  "dead-letter-unknown": 404,
  "delivery-unknown": 404,
  "message-unknown": 404,
  "receiver-not-pushed": 404,
  "not-your-turn": 409,
  "wrong-state": 409,
  "held-by-colleague": 409,
  "conversion-not-authorised": 409,
  "gp-asks-specialist": 422,
  "specialist-kind-only": 409,
  "not-for-this-kind": 409,
  "forward-loops": 409,
  "not-sub-acute": 422,
  "not-a-booker": 422,
  "unit-elsewhere": 422,
  "need-in-future": 422,
  "slot-unknown": 422,
  "slot-full": 409,
  "slot-not-in-time": 409,
  "slot-begun": 409,
  "slot-cancelled": 409,
  "slot-not-for-citizen": 409,
  "places-taken": 409,
  "too-early": 409,
  "content-differs": 409,
  "correction-elsewhere": 409,
  "envelope-reused": 409,
  "care-team-measures": 422,
  "scheme-unknown": 422,
  "measurement-invalid": 422,
  "sharing-refused": 422,
  "consent-refused": 422,
  "case-erased": 410,
  "measurement-unknown": 422,
  "municipality-unknown": 422,
  "adjustment-invalid": 422,
  "valid-until-past": 422,
  "journal-unavailable": 503,
  "journal-timeout": 503,
  "journal-full": 503,
  "journal-busy": 503,
  "index-unavailable": 503,
  "issuer-unavailable": 503,
  "audit-unavailable": 503,
  "hub-busy": 503,
  "service-unavailable": 503,
  "answer-late": 503,
  "internal-error": 500,
  "rebuild-underway": 503,
  "record-unreadable": 500,
  "record-version-unknown": 500,
  "projection-failed": 500,
} as const satisfies Record<ErrorCode, number>;

/** Well-formed JSON that breaks its schema, or names an object that is not here, was understood: 422. */
const commandStatuses: Partial<Record<ErrorCode, number>> = { "message-invalid": 422, "object-unknown": 422 };

/** A document that was read and refused is 422 whatever the code, but for who may send it. What fails behind us is 503. */
export const statusOf = (code: ErrorCode, asked: Asked): number => {
  const status = statuses[code];
  if (asked === "request") return status;
  if (status >= 500) return 503;
  if (asked === "command") return commandStatuses[code] ?? status;
  return status === 403 ? 403 : 422;
};

/**
 * What an error answer is sent as (RFC 9457). Its own members are all left out, which the standard allows: the problem is told
 * by `code`, an extension member, and no address stands for it.
 */
export const problemType = "application/problem+json";

/** Seconds that a caller is asked to wait before it sends again. */
export const retryAfterSeconds = 2;

export type ProblemToSend = {
  code: ErrorCode;
  asked?: Asked;
  problems?: Problem[];
  caseId?: string | undefined;
  intake?: string;
  duplicate?: boolean;
  /** When to send again, where that is known better than usual. */
  retryAfter?: number;
};

/** The one place where an error code becomes a status, headers and a body. */
export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemToSend,
): FastifyReply => {
  const { code, asked = "request", problems = [], retryAfter = retryAfterSeconds, ...rest } = problem;
  const status = statusOf(code, asked);
  const language = languageOf(request.headers["accept-language"]);
  reply.problemCode = code;
  reply.code(status).header("content-language", language);
  if (status === 401) reply.header("www-authenticate", "Bearer");
  if (status === 503 || status === 429) reply.header("retry-after", retryAfter);
  const { fate } = errorCodes[code];
  const body: ErrorAnswer = {
    code,
    message: errorCodes[code][language],
    fate,
    problems,
    requestId: request.id,
  };
  return reply.type(problemType).send(Object.assign(body, rest));
};

const nothingHere = {
  da: "Der er intet på denne adresse. Se /docs for alle adresser.",
  en: "There is nothing at this address. See /docs for every address.",
};

/** No route, or nothing kept under an id that only operators know: no code of the contracts says that. */
export const sendNothingHere = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const language = languageOf(request.headers["accept-language"]);
  const code = "address-unknown";
  reply.problemCode = code;
  const body: ErrorAnswer = {
    code,
    message: nothingHere[language],
    fate: "park",
    problems: [],
    requestId: request.id,
  };
  return reply.code(404).header("content-language", language).type(problemType).send(body);
};

/** A code from the bus: another release of a service may know one that this gateway does not. */
export const knownCode = (code: string | undefined, otherwise: ErrorCode): ErrorCode =>
  code !== undefined && isErrorCode(code) ? code : otherwise;

const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "document-too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "media-type-unknown",
};

type FrameworkError = { code?: string; statusCode?: number };
const isFrameworkError = (error: unknown): error is Error & FrameworkError =>
  error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";

const codeOfThrown = (error: unknown): ErrorCode => {
  if (error instanceof Fault) return error.code;
  if (!isFrameworkError(error) || (error.statusCode ?? 500) >= 500) return "internal-error";
  return frameworkCodes[error.code ?? ""] ?? "message-invalid";
};

/** Answers anything thrown. A fault is told by its code; anything else is a bug, and the operator is told where it broke. */
export const createThrownHandler =
  (log: HttpLog) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const code = codeOfThrown(error);
    const route = request.routeOptions.url ?? "unknown";
    if (code === "internal-error") log.error("http-broke", { requestId: request.id, route, error });
    return sendProblem(request, reply, { code });
  };
