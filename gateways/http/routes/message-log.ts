import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  DeadLetterPage,
  HopsPage,
  MessagePage,
  MessageSearch,
  MessageView,
} from "../../../contracts/messages/message-log.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { asViewer } from "../caller.ts";
import { auditEventOf } from "../eds/audit-event.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery, type Queried, readQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route } from "../route.ts";
import {
  DeadLettersAddress,
  messageLogDescribed as described,
  ExportAddress,
  MessagesAddress,
} from "./message-log-described.ts";

type Exchange = { request: FastifyRequest; reply: FastifyReply };

type Listed = { type: string; address: z.ZodType<object>; answer: z.ZodType };

/** A list, asked for in an address. Who asks is no part of the question. */
const list =
  (ports: HttpPorts, { type, address, answer }: Listed): Route["handle"] =>
  (request, reply) => {
    const parsed = address.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { for: _unit, ...payload } = { for: undefined, ...parsed.data };
    return answerFor(ports, { request, reply }, { type, payload, schema: answer });
  };

const answerFor = (
  ports: HttpPorts,
  { request, reply }: Exchange,
  asked: { type: string; payload: object; schema: z.ZodType },
): FastifyReply | Promise<FastifyReply> => {
  const viewer = asViewer(ports, request);
  return viewer === undefined
    ? sendProblem(request, reply, { code: "sender-not-authorised" })
    : answerQuery(ports, { request, reply }, { ...asked, viewer });
};

const search =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = MessageSearch.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const asked = { type: "messages.search", payload: parsed.data, schema: MessagePage };
    return answerFor(ports, { request, reply }, asked);
  };

const show =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const payload = { id: pathText(request, "messageId") };
    return answerFor(ports, { request, reply }, { type: "messages.show", payload, schema: MessageView });
  };

type Span = { from: string; to: string; patient: boolean };

const pageOf = async (ports: HttpPorts, span: Span, cursor: string | undefined): Promise<Queried<HopsPage>> =>
  readQuery(
    await ports.query("messages.hops", "operator", { ...span, ...(cursor === undefined ? {} : { cursor }) }),
    HopsPage,
  );

/** One AuditEvent a line, for as long as there are pages. What goes wrong on the way cuts the answer short, so that nobody takes it for whole. */
async function* linesFrom(ports: HttpPorts, span: Span, first: HopsPage): AsyncGenerator<string> {
  const sorOf = (gln: string): string | undefined => ports.organisation(gln)?.identifiers.sor;
  let page = first;
  for (;;) {
    const events = page.items.flatMap((hop) => auditEventOf(hop, sorOf) ?? []);
    if (events.length > 0) yield `${events.map((event) => JSON.stringify(event)).join("\n")}\n`;
    if (page.next === undefined) return;
    const next = await pageOf(ports, span, page.next);
    if ("missing" in next) throw new Error(`The export ends early: ${next.missing}.`);
    page = next.found;
  }
}

const download =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const parsed = ExportAddress.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { from, to, patient = false } = parsed.data;
    const span = { from, to, patient };
    const first = await pageOf(ports, span, undefined);
    if ("missing" in first) return sendProblem(request, reply, { code: first.missing });
    return reply.type("application/fhir+ndjson").send(Readable.from(linesFrom(ports, span, first.found)));
  };

const got = (path: string, describe: Route["describe"], handle: Route["handle"]): Route => ({
  method: "GET",
  path,
  access: "caller",
  reads: "json",
  describe,
  handle,
});

export const messageLogRoutes = (ports: HttpPorts): Route[] => [
  got(
    "/v1/messages",
    described.list,
    list(ports, { type: "messages.search", address: MessagesAddress, answer: MessagePage }),
  ),
  {
    ...got("/v1/messages/search", described.search, search(ports)),
    method: "POST",
  },
  {
    ...got("/v1/messages/export", described.export, download(ports)),
    access: "operator",
  },
  got("/v1/messages/:messageId", described.show, show(ports)),
  got(
    "/v1/dead-letters",
    described.deadLetters,
    list(ports, { type: "messages.deadLetters", address: DeadLettersAddress, answer: DeadLetterPage }),
  ),
];
