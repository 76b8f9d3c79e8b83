import type {
  FastifyReply,
  FastifyRequest,
  onSendAsyncHookHandler,
  preSerializationAsyncHookHandler,
} from "fastify";
import { z } from "zod";
import type { LegalBasis } from "../../contracts/access/law.ts";
import { mayI } from "../../contracts/access/may-i.ts";
import type { Resource } from "../../contracts/access/policy.ts";
import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import type { AuditEntry } from "../../contracts/messages/audit.ts";
import { patientIds } from "../../contracts/party.ts";
import { behind, rolesOf } from "./caller.ts";
import type { HttpPorts } from "./ports.ts";
import { queryText } from "./request-text.ts";
import type { Route } from "./route.ts";

/** What shows something of a patient, or that there is a patient. Figures, directories and commands are not looks at anybody. */
const audited: ReadonlySet<Resource> = new Set<Resource>([
  "case",
  "attachment",
  "clock",
  "names",
  "list",
  "inbox",
  "delivery",
  "responsible",
  "registered-gp",
  "message",
  "dead-letter",
  "original",
  "hops",
  "emergency",
  "audit",
]);

/** What a handler has put on the record itself, before it did anything. */
const recorded = new WeakSet<FastifyRequest>();
export const auditedHere = (request: FastifyRequest): void => void recorded.add(request);

/** What the document that a request shows was passed on by, in law: beside the rule by which its reader may see it. */
const messageBases = new WeakMap<FastifyRequest, LegalBasis>();
export const passedOnBy = (request: FastifyRequest, basis: LegalBasis): void =>
  void messageBases.set(request, basis);

/** An inbox is asked for every few seconds: where it shows nobody, nobody was looked at. */
const isSilentWhenEmpty: ReadonlySet<Resource> = new Set<Resource>([
  "list",
  "inbox",
  "names",
  "message",
  "dead-letter",
  "emergency",
]);

const mostCases = 500;
const deepest = 3;

/** Every case that an answer names. */
const casesIn = (value: unknown, depth = 0): string[] => {
  if (typeof value !== "object" || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => casesIn(one, depth + 1));
  const own = "caseId" in value && typeof value.caseId === "string" ? [value.caseId] : [];
  const lists = Object.values(value).filter((inner) => Array.isArray(inner));
  return [...own, ...lists.flatMap((inner) => casesIn(inner, depth + 1))];
};

const Named = z.object({
  caseId: z.string().optional(),
  deliveryId: z.string().optional(),
  messageId: z.string().optional(),
  emergencyId: z.string().optional(),
});
/** The emergency access that somebody looks under, by their own word: the service that answers holds them to it. */
const emergencyOf = (request: FastifyRequest): string | undefined =>
  z.uuid().safeParse(Named.safeParse(request.params).data?.emergencyId ?? queryText(request, "emergency"))
    .data;
/** The case that an address names. */
const caseInPath = ({ params }: FastifyRequest): string[] => {
  const { caseId, deliveryId, messageId } = Named.safeParse(params).data ?? {};
  const ofDelivery = caseOfDelivery(deliveryId ?? messageId ?? "")?.caseId;
  return [caseId, ofDelivery].filter((one) => one !== undefined);
};

const Asked = z.object({ patient: z.object(patientIds) });
type PatientAsked = z.infer<typeof Asked>["patient"];
/** The citizen that was asked about; kept as a keyed hash alone. */
const patientAsked = ({ body }: FastifyRequest): PatientAsked | undefined =>
  Asked.safeParse(body).data?.patient;

const whoOf = (request: FastifyRequest, resource: Resource): Partial<AuditEntry> => {
  const { caller } = request;
  if (caller === undefined) return {};
  const emergency = emergencyOf(request);
  const relation = emergency === undefined ? {} : { relation: "emergency" as const };
  const may = mayI({ roles: rolesOf(caller) }, { resource, ...relation });
  const acting = queryText(request, "for");
  return {
    ...(acting === undefined ? {} : { acting: acting.slice(0, 35) }),
    ...(emergency === undefined ? {} : { emergency }),
    ...(caller.person === undefined ? {} : { person: caller.person.id }),
    ...(may.yes ? { role: may.role, purpose: may.purpose, basis: may.basis } : {}),
  };
};

type Look = { door: string; resource: Resource; cases: readonly string[] };

const entryOf = (
  ports: HttpPorts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  look: Look,
): AuditEntry => {
  const { door, resource, cases } = look;
  const shown = reply.statusCode < 400;
  const messageBasis = messageBases.get(request);
  return {
    at: ports.now(),
    resource,
    door,
    outcome: shown ? "shown" : "refused",
    ...(reply.problemCode === "" ? {} : { code: reply.problemCode }),
    gln: request.caller?.gln ?? "nobody",
    ...whoOf(request, resource),
    ...(messageBasis === undefined || !shown ? {} : { messageBasis }),
    cases: [...new Set([...caseInPath(request), ...cases])].slice(0, mostCases),
    from: request.ip,
    request: request.id,
  };
};

/** Only what was looked at, or refused to somebody known: a wrong question or a hub that is away shows nothing. */
const isLook = ({ caller }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  caller !== undefined && (statusCode < 300 || statusCode === 403 || statusCode === 404);

type LookHooks = { preSerialization?: preSerializationAsyncHookHandler; onSend?: onSendAsyncHookHandler };

/**
 * Keeps who looked at what before they see it: the answer leaves when the entry is on disk, and a look that cannot be kept is answered
 * with 503. @throws Fault `audit-unavailable`, which becomes that answer
 */
export const auditReads = (ports: HttpPorts, route: Route): LookHooks => {
  const resource = behind(route);
  if (resource === undefined || !audited.has(resource)) return {};
  const door = `${route.method} ${route.path}`;
  const named = new WeakMap<FastifyRequest, string[]>();
  const kept = new WeakSet<FastifyRequest>();
  return {
    preSerialization: (request, ...[, payload]) => {
      named.set(request, casesIn(payload));
      return Promise.resolve(payload);
    },
    onSend: async (request, reply, payload) => {
      // The answer that says that it could not be kept is no look.
      if (kept.has(request) || recorded.has(request) || !isLook(request, reply)) return payload;
      kept.add(request);
      const entry = entryOf(ports, { request, reply }, { door, resource, cases: named.get(request) ?? [] });
      const patient = patientAsked(request);
      const isNobody = entry.cases.length === 0 && patient === undefined;
      if (entry.outcome === "refused" || !isNobody || !isSilentWhenEmpty.has(resource))
        await ports.audit(entry, patient);
      return payload;
    },
  };
};
