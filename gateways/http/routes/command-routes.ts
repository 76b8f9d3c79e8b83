import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CommandAnswer } from "../../../contracts/answers.ts";
import { StoredObject } from "../../../contracts/letter.ts";
import { type Problem, problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import {
  CommandHeaders,
  commandIdOf,
  envelopeOf,
  type Opens,
  type Order,
  sendCommandReply,
} from "../command-response.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

export const ActingQuery = z.object({
  for: z.string().optional().describe("GLN of a unit of the caller that it acts as."),
});

/** What a party may do to a case: the command that the last part of the address becomes, and its payload without the case. */
export type Step = { type: string; payload: z.ZodType<object>; summary: string; detail?: string };

/** What opens a case. The caller's own `messageId` names the case for ever, so it names the command too. */
export type Opening = Step & {
  payload: z.ZodType<{ messageId: string }>;
  done: string;
  /** Tells apart the messages that may come under one `messageId`, where a correction is sent as its first was. */
  versionOf?: (payload: object) => string;
};

/** The REST resources of one family: where a case is opened, and what may be done to one. */
export type CommandResource = {
  tag: RouteDescription["tag"];
  /** Addresses that open a case, e.g. `/v1/advice`. */
  openings: Readonly<Record<string, Opening>>;
  /** The address of a case without its id, e.g. `/v1/cases`, and its steps by the last part of theirs. */
  casesAt: string;
  steps: Readonly<Record<string, Step>>;
};

const Named = z.object({ attachments: z.array(StoredObject) });

/** Which of a command's attachments are not kept here as it tells. They must be uploaded first: a record may never name what is not there. */
const attachmentProblems = async (ports: HttpPorts, payload: object): Promise<Problem[]> => {
  const named = Named.safeParse(payload);
  if (!named.success || named.data.attachments.length === 0) return [];
  const found = await Promise.all(
    named.data.attachments.map(async (object, i): Promise<Problem[]> => {
      const kept = await ports.statObject(object.digest);
      const severity = "error" as const;
      if (kept === undefined)
        return [
          { path: `attachments.${i}.digest`, code: "object-unknown", message: "Upload it first.", severity },
        ];
      if (kept.sizeBytes === object.sizeBytes) return [];
      const message = "The size is not that of the uploaded bytes.";
      return [{ path: `attachments.${i}.sizeBytes`, code: "attachment-size-differs", message, severity }];
    }),
  );
  return found.flat();
};

/** Sends a command whose payload is whole. A command with an attachment that is not here is never sent. */
const sendCommand = async (
  ports: HttpPorts,
  exchange: { request: FastifyRequest; reply: FastifyReply },
  order: Order & { payload: object; opens: Opens },
): Promise<FastifyReply> => {
  const { request, reply } = exchange;
  const problems = await attachmentProblems(ports, order.payload);
  if (problems.length > 0) {
    const code = problems.some((p) => p.code === "object-unknown")
      ? "object-unknown"
      : "attachment-size-differs";
    return sendProblem(request, reply, { code, asked: "command", problems });
  }
  const outcome = await ports.command(envelopeOf(ports, request, order));
  return sendCommandReply(request, reply, { outcome, opens: order.opens });
};

const refuseBody = (request: FastifyRequest, reply: FastifyReply, problems: Problem[]): FastifyReply =>
  Buffer.isBuffer(request.body)
    ? sendProblem(request, reply, { code: "media-type-unknown" })
    : sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });

const open =
  (ports: HttpPorts, opening: Opening): Route["handle"] =>
  (request, reply) => {
    const sender = actingAs(ports, request);
    if (sender === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const parsed = opening.payload.safeParse(request.body);
    if (!parsed.success) return refuseBody(request, reply, problemsOf(parsed.error));
    const payload = parsed.data;
    const { type, versionOf } = opening;
    const version = versionOf === undefined ? "" : `:${versionOf(payload)}`;
    const id = `${type.slice(type.indexOf(".") + 1)}:${sender}:${payload.messageId}${version}`;
    return sendCommand(ports, { request, reply }, { id, type, sender, payload, opens: "case" });
  };

const take =
  (ports: HttpPorts, step: Step): Route["handle"] =>
  (request, reply) => {
    const sender = actingAs(ports, request);
    if (sender === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const caseId = pathText(request, "caseId");
    if (!z.uuid().safeParse(caseId).success) return sendProblem(request, reply, { code: "case-unknown" });
    const parsed = step.payload.safeParse(request.body ?? {});
    const id = commandIdOf(request, sender, ports.newId());
    if (!parsed.success || typeof id === "object") {
      const inBody = parsed.success ? [] : problemsOf(parsed.error);
      return refuseBody(request, reply, [...inBody, ...(typeof id === "object" ? [id] : [])]);
    }
    const payload = { ...parsed.data, caseId };
    return sendCommand(ports, { request, reply }, { id, type: step.type, sender, payload, opens: "nothing" });
  };

const commandRoute = (
  { tag, path, step }: { tag: RouteDescription["tag"]; path: string; step: Step },
  describe: Pick<RouteDescription, "headers" | "answers" | "problems">,
  handle: Route["handle"],
): Route => ({
  method: "POST",
  path,
  access: "caller",
  reads: "json",
  takes: "command",
  describe: {
    id: step.type.replace(".", "-"),
    tag,
    summary: step.summary,
    ...(step.detail === undefined ? {} : { detail: step.detail }),
    query: ActingQuery,
    body: { types: ["application/json"], schema: step.payload },
    ...describe,
  },
  handle,
});

const ofOpening = ({ done }: Opening): Parameters<typeof commandRoute>[1] => ({
  // The message's own id names the command: no key is needed beside it.
  headers: CommandHeaders.pick({ "correlation-id": true }),
  answers: {
    200: { text: "Sent before: the same answer again.", schema: CommandAnswer, again: true },
    201: { text: done, schema: CommandAnswer },
  },
  problems: [400, 403, 409, 413, 415, 422, 503],
});

const ofStep: Parameters<typeof commandRoute>[1] = {
  headers: CommandHeaders,
  answers: { 200: { text: "On disk, or there before.", schema: CommandAnswer } },
  problems: [400, 403, 404, 409, 413, 415, 422, 503],
};

export const commandRoutes = (ports: HttpPorts, resource: CommandResource): Route[] => {
  const { tag, openings, casesAt, steps } = resource;
  return [
    ...Object.entries(openings).map(([path, step]) =>
      commandRoute({ tag, path, step }, ofOpening(step), open(ports, step)),
    ),
    ...Object.entries(steps).map(([action, step]) =>
      commandRoute({ tag, path: `${casesAt}/:caseId/${action}`, step }, ofStep, take(ports, step)),
    ),
  ];
};
