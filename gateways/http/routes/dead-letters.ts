import type { FastifyReply, FastifyRequest } from "fastify";
import { type ErrorCode, Fault } from "../../../contracts/errors.ts";
import { headBytes, standardOf } from "../../../contracts/first-look.ts";
import {
  CloseBody,
  DeadLetter,
  type DeadLetterCommands,
  SendAgainBody,
  SendAgainMany,
  type SendDeadLetterAgain,
  type SentAgainMany,
} from "../../../contracts/messages/dead-letters.ts";
import { type Problem, problemsOf } from "../../../contracts/problem.ts";
import { actingAs, callerOf } from "../caller.ts";
import { commandIdOf, envelopeOf, sendCommandReply } from "../command-response.ts";
import { parseJsonBody } from "../json-body.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery, readQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route } from "../route.ts";
import { deadLettersDescribed as described } from "./dead-letters-described.ts";
import { sendOriginal } from "./intake.ts";
import { bodyOf } from "./messages.ts";

type Exchange = { request: FastifyRequest; reply: FastifyReply };

/** The hub's own name for those who run it; anybody else acts as its organisation, or as a unit of that. */
const viewerOf = (ports: HttpPorts, request: FastifyRequest): string | undefined =>
  callerOf(request).role === "operator" ? "operator" : actingAs(ports, request);

/** Which person or system it is, for the records. */
const personOf = (request: FastifyRequest): string => {
  const { gln, name = gln } = callerOf(request);
  return name.slice(0, 100);
};

const show =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const viewer = viewerOf(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const payload = { id: pathText(request, "deadLetterId") };
    const asked = { type: "delivery.deadLetter", viewer, payload, schema: DeadLetter };
    return answerQuery(ports, { request, reply }, asked);
  };

const fetchOriginal =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = viewerOf(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const asked = await ports.query("delivery.deadLetter", viewer, { id: pathText(request, "deadLetterId") });
    const answer = readQuery(asked, DeadLetter);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    return sendOriginal(ports, { request, reply }, answer.found.intake ?? "");
  };

type Order = { type: keyof typeof DeadLetterCommands; viewer: string; payload: { id: string } };

/** Commands, and answers with the dead letter as it stands then. */
const carryOut = async (
  ports: HttpPorts,
  { request, reply }: Exchange,
  { type, viewer, payload }: Order,
): Promise<FastifyReply> => {
  const id = commandIdOf(request, viewer, ports.newId());
  if (typeof id === "object") return refuseBody({ request, reply }, [id]);
  const outcome = await ports.command(envelopeOf(ports, request, { id, type, sender: viewer, payload }));
  if (outcome.status === "refused" || outcome.status === "failed")
    return sendCommandReply(request, reply, { outcome, opens: "nothing" });
  const asked = { type: "delivery.deadLetter", viewer, payload: { id: payload.id }, schema: DeadLetter };
  return answerQuery(ports, { request, reply }, asked);
};

const refuseBody = ({ request, reply }: Exchange, problems: Problem[]): FastifyReply =>
  sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });

type Said = Pick<SendDeadLetterAgain, "to" | "reason" | "document">;
type Read = { said: Said } | { code: ErrorCode } | { problems: Problem[] };

const readJson = (body: Buffer): Read => {
  const json = parseJsonBody(body);
  if ("refused" in json) return { code: json.refused };
  const parsed = SendAgainBody.safeParse(json.value ?? {});
  return parsed.success ? { said: parsed.data } : { problems: problemsOf(parsed.error) };
};

/** JSON says how; anything else is the corrected document, which is kept before anybody reads it. */
const readSendAgain = async (ports: HttpPorts, request: FastifyRequest): Promise<Read> => {
  const { head, pieces } = bodyOf(request);
  const mediaType = request.headers["content-type"] ?? "application/json";
  if (head.length === 0 || mediaType.startsWith("application/json")) return readJson(head);
  const standard = standardOf(mediaType, head.subarray(0, headBytes).toString("latin1"));
  if (standard === undefined) return { code: "media-type-unknown" };
  const { digest } = await (pieces === undefined ? ports.putObject(head) : ports.putStream(pieces));
  return { said: { document: { digest, standard, mediaType } } };
};

const sendAgain =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = viewerOf(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const read = await readSendAgain(ports, request);
    if ("code" in read) return sendProblem(request, reply, { code: read.code });
    if ("problems" in read) return refuseBody({ request, reply }, read.problems);
    const payload = { id: pathText(request, "deadLetterId"), person: personOf(request), ...read.said };
    return carryOut(ports, { request, reply }, { type: "delivery.sendDeadLetterAgain", viewer, payload });
  };

const close =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const viewer = viewerOf(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = CloseBody.safeParse(request.body);
    if (!parsed.success) return refuseBody({ request, reply }, problemsOf(parsed.error));
    const payload = { id: pathText(request, "deadLetterId"), person: personOf(request), ...parsed.data };
    return carryOut(ports, { request, reply }, { type: "delivery.closeDeadLetter", viewer, payload });
  };

type Result = SentAgainMany["results"][number];
type Many = { viewer: string; commandId: string; reason: string | undefined };

/** What came of one of many; a fault is that one's alone. */
const sendOne = async (
  ports: HttpPorts,
  request: FastifyRequest,
  { id, viewer, commandId, reason }: Many & { id: string },
): Promise<Result> => {
  const payload = { id, person: personOf(request), ...(reason === undefined ? {} : { reason }) };
  const order = { id: `${commandId}:${id}`, type: "delivery.sendDeadLetterAgain", sender: viewer, payload };
  try {
    const outcome = await ports.command(envelopeOf(ports, request, order));
    const { status } = outcome;
    const code = "code" in outcome ? { code: outcome.code } : {};
    return { id, status, ...code, problems: status === "refused" ? outcome.problems : [] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { id, status: "failed", code: error.code, problems: [] };
  }
};

/** So many at once: others' documents come meanwhile. */
const abreast = 8;

const sendManyAgain =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = viewerOf(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = SendAgainMany.safeParse(request.body);
    const commandId = commandIdOf(request, viewer, ports.newId());
    if (!parsed.success) return refuseBody({ request, reply }, problemsOf(parsed.error));
    if (typeof commandId === "object") return refuseBody({ request, reply }, [commandId]);
    const { reason } = parsed.data;
    const ids = [...new Set(parsed.data.ids)];
    const results: Result[] = [];
    for (let from = 0; from < ids.length; from += abreast) {
      const some = ids.slice(from, from + abreast);
      const came = some.map((id) => sendOne(ports, request, { id, viewer, commandId, reason }));
      results.push(...(await Promise.all(came)));
    }
    return reply.send({ results } satisfies SentAgainMany);
  };

const one = "/v1/dead-letters/:deadLetterId";

const looking = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: one,
    access: "caller",
    reads: "json",
    describe: described.show,
    handle: show(ports),
  },
  {
    method: "GET",
    path: `${one}/original`,
    access: "caller",
    reads: "json",
    describe: described.original,
    handle: fetchOriginal(ports),
  },
];

/** What is known of a dead letter, and what is done about it. */
export const deadLetterRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  ...looking(ports),
  {
    method: "POST",
    path: `${one}/send-again`,
    access: "caller",
    reads: "bytes",
    takes: "document",
    maxBytes: options.maxDocumentBytes,
    describe: described.sendAgain,
    handle: sendAgain(ports),
  },
  {
    method: "POST",
    path: `${one}/close`,
    access: "caller",
    reads: "json",
    takes: "command",
    describe: described.close,
    handle: close(ports),
  },
  {
    method: "POST",
    path: "/v1/dead-letters/send-again",
    access: "caller",
    reads: "json",
    takes: "document",
    describe: described.sendManyAgain,
    handle: sendManyAgain(ports),
  },
];
