import { CommandAnswer } from "../../../contracts/answers.ts";
import { PauseReason, PushedReceivers } from "../../../contracts/messages/receivers.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { callerOf } from "../caller.ts";
import { CommandHeaders, commandIdOf, envelopeOf, sendCommandReply } from "../command-response.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

/** The hub's own name for those who run it. */
const operator = "operator";

const list =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) =>
    answerQuery(
      ports,
      { request, reply },
      { type: "delivery.receivers", viewer: operator, payload: {}, schema: PushedReceivers },
    );

const steer =
  (ports: HttpPorts, type: "delivery.pauseReceiver" | "delivery.resumeReceiver"): Route["handle"] =>
  async (request, reply) => {
    const { gln, name = gln } = callerOf(request);
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = PauseReason.safeParse(request.body ?? {});
    const id = commandIdOf(request, gln, ports.newId());
    if (!parsed.success || typeof id === "object") {
      const inBody = parsed.success ? [] : problemsOf(parsed.error);
      const problems = [...inBody, ...(typeof id === "object" ? [id] : [])];
      return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
    }
    const { reason } = parsed.data;
    const why = type === "delivery.pauseReceiver" && reason !== undefined ? { reason } : {};
    const payload = { gln: pathText(request, "gln"), by: name.slice(0, 100), ...why };
    const outcome = await ports.command(envelopeOf(ports, request, { id, type, sender: operator, payload }));
    return sendCommandReply(request, reply, { outcome, opens: "nothing" });
  };

const listDescription: RouteDescription = {
  id: "listReceivers",
  tag: "operation",
  summary: "Receivers that documents are brought to, and how each fares / Modtagere der får bragt",
  detail:
    "For each: what waits, since when, whether its system answers (`breaker`), why not, when it last took a document, and who " +
    "paused it. `attempts` counts since the hub was started.",
  answers: { 200: { text: "In the order of the directory.", schema: PushedReceivers } },
  problems: [403, 503],
};

const pauseDescription: RouteDescription = {
  id: "pauseReceiver",
  tag: "operation",
  summary: "Bring a receiver nothing until it is resumed / Sæt på pause",
  detail:
    "On disk before it is answered, and in force in every process of the hub. What is under way ends first. What waits goes on " +
    "waiting, and its senders are told after the time that the directory gives.",
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: PauseReason },
  answers: { 200: { text: "Paused, or was before.", schema: CommandAnswer } },
  problems: [400, 403, 404, 413, 415, 503],
};

const resumeDescription: RouteDescription = {
  ...pauseDescription,
  id: "resumeReceiver",
  summary: "Bring a paused receiver its documents again / Genoptag",
  detail: "What has waited goes out at once, oldest first.",
  answers: { 200: { text: "Resumed, or was not paused.", schema: CommandAnswer } },
};

export const receiverRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "GET",
    path: "/v1/receivers",
    access: "operator",
    reads: "json",
    describe: listDescription,
    handle: list(ports),
  },
  {
    method: "POST",
    path: "/v1/receivers/:gln/pause",
    access: "operator",
    reads: "json",
    maxBytes: options.maxJsonBytes,
    describe: pauseDescription,
    handle: steer(ports, "delivery.pauseReceiver"),
  },
  {
    method: "POST",
    path: "/v1/receivers/:gln/resume",
    access: "operator",
    reads: "json",
    maxBytes: options.maxJsonBytes,
    describe: resumeDescription,
    handle: steer(ports, "delivery.resumeReceiver"),
  },
];
