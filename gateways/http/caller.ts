import type { FastifyReply, FastifyRequest } from "fastify";
import { httpDoors } from "../../contracts/access/doors.ts";
import { mayI } from "../../contracts/access/may-i.ts";
import type { AccessRole, Resource } from "../../contracts/access/policy.ts";
import { type ErrorCode, Fault } from "../../contracts/errors.ts";
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

/** What a caller is to the policy: a person by what they do there, a system, or who runs the hub. */
export const rolesOf = ({ role, person }: Caller): readonly AccessRole[] => {
  if (person !== undefined) return person.roles;
  return role === "operator" ? ["operator"] : ["system"];
};

/** What is behind an address: what takes something in is a command; what the table does not name is shut to everybody. */
export const behind = ({
  takes,
  method,
  path,
}: Pick<Route, "takes" | "method" | "path">): Resource | undefined =>
  takes === undefined ? httpDoors[`${method} ${path}`] : "command";

/** Why a caller may not come in by an address at all; whether it may see the very thing is decided where that is. */
const shutFor = (
  caller: Caller,
  route: Pick<Route, "access" | "takes" | "method" | "path">,
): ErrorCode | undefined => {
  if (route.access === "operator" && caller.role !== "operator") return "operator-only";
  const resource = behind(route);
  if (resource === undefined) return "role-not-allowed";
  const may = mayI({ roles: rolesOf(caller) }, { resource });
  return may.yes ? undefined : may.code;
};

/** Runs before the body is read, so that a stranger cannot make the hub read one. */
export const createGuard =
  (ports: HttpPorts, take: TakeTurn, route: Pick<Route, "access" | "takes" | "method" | "path">) =>
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
    const shut = shutFor(caller, route);
    if (shut !== undefined) return sendProblem(request, reply, { code: shut });
    const { takes } = route;
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
