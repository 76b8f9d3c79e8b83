import type { FastifyReply, FastifyRequest } from "fastify";
import { Fault } from "../../contracts/errors.ts";
import type { TakeTurn } from "./limits/turns-of-callers.ts";
import type { Caller, HttpPorts } from "./ports.ts";
import { sendProblem } from "./problem-response.ts";
import { queryText } from "./request-text.ts";
import type { Route } from "./route.ts";
import { sessionToken } from "./session-cookie.ts";
import { certificateOf } from "./trust/certificate.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the guard of the route, before the body is read. */
    caller: Caller | undefined;
  }
}

const bearer = /^Bearer +([\w.~+/=-]{1,8192})$/i;

/** A system by its token or its certificate, or a person by what the hub itself gave their browser. What is shown first counts alone. */
const whoCalls = async (ports: HttpPorts, request: FastifyRequest): Promise<Caller | undefined> => {
  const shown = certificateOf(request.socket);
  const token = bearer.exec(request.headers.authorization ?? "")?.[1];
  if (token !== undefined) return ports.verifyToken(token, shown?.thumbprint);
  const session = sessionToken(request);
  if (session !== undefined) return ports.sessions.verify(session);
  return shown === undefined ? undefined : ports.verifyCertificate?.(shown);
};

/** Runs before the body is read, so that a stranger cannot make the hub read one. */
export const createGuard =
  (ports: HttpPorts, take: TakeTurn, { access, takes }: Pick<Route, "access" | "takes">) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    reply.header("cache-control", "no-store");
    const caller = await whoCalls(ports, request);
    if (caller === undefined) return sendProblem(request, reply, { code: "not-authenticated" });
    request.caller = caller;
    const waitMs = take(caller.gln, Date.now());
    if (waitMs > 0)
      return sendProblem(request, reply, {
        code: "too-many-requests",
        retryAfter: Math.ceil(waitMs / 1_000),
      });
    if (access === "operator" && caller.role !== "operator")
      return sendProblem(request, reply, { code: "operator-only" });
    const closed = takes === undefined ? undefined : ports.refusal(takes);
    if (closed !== undefined)
      return sendProblem(request, reply, { code: closed.code, retryAfter: closed.retryAfterSeconds });
    return undefined;
  };

export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === undefined) throw new Fault("not-authenticated");
  return request.caller;
};

/** Deeper than any health authority: region, hospital, department, unit. */
const maxDepth = 8;

/** Whether an organisation is `whole`, or a unit of it at any depth. */
export const isOrIsPartOf = (ports: HttpPorts, gln: string, whole: string): boolean => {
  if (gln === whole) return true;
  let unit = ports.organisation(gln);
  for (let depth = 0; depth < maxDepth && unit?.partOf !== undefined; depth++) {
    if (unit.partOf === whole) return true;
    unit = ports.organisation(unit.partOf);
  }
  return false;
};

/** The GLN that the caller acts as: its own, or with `?for=` that of a unit of it. `undefined`: it may not. */
export const actingAs = (ports: HttpPorts, request: FastifyRequest): string | undefined => {
  const { gln } = callerOf(request);
  const wanted = queryText(request, "for");
  if (wanted === undefined) return gln;
  return isOrIsPartOf(ports, wanted, gln) ? wanted : undefined;
};

/** Operators ask as the hub's own, for everybody, or with `for` for one; everybody else as the organisation that it is. */
export const asViewer = (ports: HttpPorts, request: FastifyRequest): string | undefined =>
  callerOf(request).role === "operator"
    ? (queryText(request, "for") ?? "operator")
    : actingAs(ports, request);
