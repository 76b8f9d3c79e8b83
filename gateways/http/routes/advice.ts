import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { StoredObject } from "../../../contracts/letter.ts";
import {
  type AdviceCommandType,
  AnswerAdvice,
  AskAdvice,
  AskFollowUp,
  ConvertAdvice,
  DeclineAdvice,
  GiveInformation,
  MarkHandled,
  RedirectAdvice,
  RequestInformation,
  WithdrawAdvice,
} from "../../../contracts/messages/advice.ts";
import { type Problem, problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import {
  CommandAnswer,
  commandIdOf,
  envelopeOf,
  IdempotencyHeaders,
  type Opens,
  type Order,
  sendCommandReply,
} from "../command-response.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { pathText } from "../request-text.ts";
import type { Route } from "../route.ts";

export const ActingQuery = z.object({
  for: z.string().optional().describe("GLN of a unit of the caller that it acts as."),
});

const onCase = { caseId: true } as const;

type Step = { type: AdviceCommandType; payload: z.ZodType<object>; summary: string };

/** What a party may do to a case of advice: the last part of the address, and the command it becomes. */
const steps = {
  "request-information": {
    type: "advice.requestInformation",
    payload: RequestInformation.omit(onCase),
    summary: "Ask the asker for more; the clock pauses / Bed om flere oplysninger",
  },
  "give-information": {
    type: "advice.giveInformation",
    payload: GiveInformation.omit(onCase),
    summary: "Give what was asked for; the clock resumes / Giv oplysninger",
  },
  answer: {
    type: "advice.answer",
    payload: AnswerAdvice.omit(onCase),
    summary: "Answer the question / Besvar",
  },
  convert: {
    type: "advice.convert",
    payload: ConvertAdvice.omit(onCase),
    summary: "Make a referral of it, where the asker allowed it / Omdan til henvisning",
  },
  redirect: {
    type: "advice.redirect",
    payload: RedirectAdvice.omit(onCase),
    summary: "Give the question to another unit / Videresend",
  },
  decline: { type: "advice.decline", payload: DeclineAdvice.omit(onCase), summary: "Decline / Afvis" },
  withdraw: {
    type: "advice.withdraw",
    payload: WithdrawAdvice.omit(onCase),
    summary: "Withdraw the question / Træk tilbage",
  },
  "follow-up": {
    type: "advice.askFollowUp",
    payload: AskFollowUp.omit(onCase),
    summary: "Ask further on an answered case / Spørg opfølgende",
  },
  handled: {
    type: "advice.markHandled",
    payload: MarkHandled.omit(onCase),
    summary: "Mark correspondence that needs no answer as handled / Markér behandlet",
  },
} as const satisfies Record<string, Step>;

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

const ask =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const sender = actingAs(ports, request);
    if (sender === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const parsed = AskAdvice.safeParse(request.body);
    if (!parsed.success) return refuseBody(request, reply, problemsOf(parsed.error));
    const payload = parsed.data;
    // The caller's own number for the message names the case for ever, so it names the command too.
    const id = `ask:${sender}:${payload.messageId}`;
    const order = { id, type: "advice.ask", sender, payload, opens: "case" } as const;
    return sendCommand(ports, { request, reply }, order);
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
    const order = {
      id,
      type: step.type,
      sender,
      payload: { ...parsed.data, caseId },
      opens: "nothing",
    } as const;
    return sendCommand(ports, { request, reply }, order);
  };

const operationId = (type: AdviceCommandType): string => type.replace("advice.", "advice-");

const stepRoute = (ports: HttpPorts, action: string, step: Step): Route => ({
  method: "POST",
  path: `/v1/cases/:caseId/${action}`,
  access: "caller",
  reads: "json",
  describe: {
    id: operationId(step.type),
    tag: "cases",
    summary: step.summary,
    query: ActingQuery,
    headers: IdempotencyHeaders,
    body: { types: ["application/json"], schema: step.payload },
    answers: { 200: { text: "On disk, or there before.", schema: CommandAnswer } },
    problems: [400, 403, 404, 409, 413, 415, 422, 503],
  },
  handle: take(ports, step),
});

export const adviceRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "POST",
    path: "/v1/advice",
    access: "caller",
    reads: "json",
    describe: {
      id: "advice-ask",
      tag: "cases",
      summary: "Ask a unit for advice / Bed om rådgivning",
      detail:
        "`messageId` names the case for ever: the same one again is the same question, and gets the same answer.",
      query: ActingQuery,
      body: { types: ["application/json"], schema: AskAdvice },
      answers: {
        200: { text: "Asked before: the same answer again.", schema: CommandAnswer },
        201: { text: "Asked, and safe; `due` is when the answer is owed.", schema: CommandAnswer },
      },
      problems: [400, 403, 409, 413, 415, 422, 503],
    },
    handle: ask(ports),
  },
  ...Object.entries(steps).map(([action, step]) => stepRoute(ports, action, step)),
];
