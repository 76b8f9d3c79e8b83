import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { citizenText, lookForCitizen } from "../../../contracts/access/citizen-looks.ts";
import { type CitizenKnown, isAbout, isWantedLook } from "../../../contracts/access/look-search.ts";
import { mayI } from "../../../contracts/access/may-i.ts";
import { createOddUse } from "../../../contracts/access/odd-use.ts";
import {
  AskCitizenLooks,
  type AuditEntry,
  type AuditPage,
  AuditSearch,
  CitizenFound,
  type CitizenLook,
  type CitizenLooks,
  type OddUseAnswer,
  type SealedEntry,
} from "../../../contracts/messages/audit.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { callerOf, isOrIsPartOf, rolesOf } from "../caller.ts";
import { dueText } from "../due-text.ts";
import { languageOf, prefersText } from "../negotiation.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import type { Route } from "../route.ts";
import { auditDescribed as described, OddAddress } from "./audit-described.ts";

type Body<T> = { found: T } | { answered: FastifyReply };

const bodyAs = <T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): Body<T> => {
  if (Buffer.isBuffer(request.body))
    return { answered: sendProblem(request, reply, { code: "media-type-unknown" }) };
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return { found: parsed.data };
  const problems = problemsOf(parsed.error);
  return { answered: sendProblem(request, reply, { code: "message-invalid", problems }) };
};

/** Those who run the hub see everybody's looks; those who control look-ups their own organisation's. */
const isSeenBy = (ports: HttpPorts, request: FastifyRequest): ((entry: AuditEntry) => boolean) => {
  const caller = callerOf(request);
  if (mayI({ roles: rolesOf(caller) }, { resource: "audit", relation: "everybody" }).yes) return () => true;
  return ({ gln }) => isOrIsPartOf(ports, gln, caller.gln);
};

/** Who a citizen is to the audit; asked as the hub's own, once the door was passed. */
const citizenOf = async (
  ports: HttpPorts,
  patient: AuditSearch["patient"],
): Promise<CitizenKnown | undefined> => {
  if (patient === undefined) return undefined;
  const answer = readQuery(await ports.query("worklist.citizen", "operator", { patient }), CitizenFound);
  if ("missing" in answer) throw new Error(`The citizen's cases were not told: ${answer.missing}.`);
  return { patient: answer.found.patient, caseIds: new Set(answer.found.caseIds) };
};

type Wish = Omit<AuditSearch, "limit" | "patient"> & {
  citizen?: CitizenKnown | undefined;
  isSeen: (entry: AuditEntry) => boolean;
};

/** Read as they are wanted: a page that is full ends the reading. */
async function* looksFor(ports: HttpPorts, wish: Wish): AsyncGenerator<SealedEntry> {
  const { citizen } = wish;
  const after = Number(wish.cursor ?? 0);
  for await (const one of ports.looks(wish.from)) {
    const { no, entry } = one;
    if (no <= after || !wish.isSeen(entry) || !isWantedLook(entry, wish)) continue;
    if (citizen === undefined || isAbout(entry, citizen)) yield one;
  }
}

const search =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const body = bodyAs(AuditSearch, request, reply);
    if ("answered" in body) return body.answered;
    const { limit, patient, ...rest } = body.found;
    const citizen = await citizenOf(ports, patient);
    const items: AuditPage["items"] = [];
    const wish = { ...rest, citizen, isSeen: isSeenBy(ports, request) };
    for await (const { no, entry } of looksFor(ports, wish)) {
      if (items.length === limit) {
        const next = String(items.at(-1)?.no ?? 0);
        return reply.send({ items, next } satisfies AuditPage);
      }
      items.push({ no, entry });
    }
    return reply.send({ items } satisfies AuditPage);
  };

/** A week, unless another time is asked for. */
const usualMs = 7 * 86_400_000;
const odd =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const parsed = OddAddress.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const to = parsed.data.to ?? ports.now();
    const from = parsed.data.from ?? new Date(Date.parse(to) - usualMs).toISOString();
    const follower = createOddUse({ hoursOf: (gln) => ports.organisation(gln)?.openingHours ?? [] });
    const wish = { from, to, isSeen: isSeenBy(ports, request) };
    for await (const { entry } of looksFor(ports, wish)) follower.take(entry);
    return reply.send({ from, to, items: follower.end() } satisfies OddUseAnswer);
  };

const download =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const body = bodyAs(AskCitizenLooks, request, reply);
    if ("answered" in body) return body.answered;
    const language = languageOf(request.headers["accept-language"]);
    const nameOf = (gln: string): string => ports.organisation(gln)?.name ?? gln;
    const looks: CitizenLook[] = [];
    const { patient, ...rest } = body.found;
    const citizen = await citizenOf(ports, patient);
    const wish = { ...rest, citizen, isSeen: isSeenBy(ports, request) };
    for await (const { entry } of looksFor(ports, wish)) {
      const look = lookForCitizen(entry, { nameOf, language });
      // A list names others' cases too: those are none of this citizen's.
      const cases = look?.cases.filter((caseId) => citizen?.caseIds.has(caseId)) ?? [];
      if (look !== undefined) looks.push({ ...look, cases });
    }
    if (!prefersText(request.headers.accept, "application/json"))
      return reply.send({ looks } satisfies CitizenLooks);
    const timeOf = (at: string): string => dueText(at, language);
    return reply.type("text/plain; charset=utf-8").send(citizenText(looks, { language, timeOf }));
  };

export const auditRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "POST",
    path: "/v1/audit/search",
    access: "caller",
    reads: "json",
    describe: described.search,
    handle: search(ports),
  },
  {
    method: "GET",
    path: "/v1/audit/odd",
    access: "caller",
    reads: "json",
    describe: described.odd,
    handle: odd(ports),
  },
  {
    method: "POST",
    path: "/v1/audit/export",
    access: "caller",
    reads: "json",
    describe: described.export,
    handle: download(ports),
  },
];
