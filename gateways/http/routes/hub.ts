import type { FastifyRequest } from "fastify";
import { FrontAnswer, HealthAnswer, ReadyAnswer } from "../../../contracts/answers.ts";
import { frontAnswer, frontPage } from "../front-page.ts";
import { languageOf, prefersJson } from "../negotiation.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendNothingHere } from "../problem-response.ts";
import type { Route, RouteDescription } from "../route.ts";

const isLoopback = (request: FastifyRequest): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? "");

const showFront =
  (ports: HttpPorts, { version }: HttpOptions): Route["handle"] =>
  async (request, reply) => {
    const facts = { version, durability: (await ports.health()).durability };
    const language = languageOf(request.headers["accept-language"]);
    reply.header("content-language", language).header("vary", "accept, accept-language");
    if (prefersJson(request.headers.accept, "text/html")) return reply.send(frontAnswer(language, facts));
    return reply
      .type("text/html; charset=utf-8")
      .header(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .send(frontPage(language, facts));
  };

const showHealth =
  (ports: HttpPorts): Route["handle"] =>
  async (_request, reply) => {
    const health = await ports.health();
    return reply
      .code(health.ok ? 200 : 503)
      .header("cache-control", "no-store")
      .send(health);
  };

const showReady =
  (ports: HttpPorts): Route["handle"] =>
  (_request, reply) => {
    const { ready, draining, reasons } = ports.ready();
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready, draining, reasons } satisfies ReadyAnswer);
  };

const showMetrics =
  (ports: HttpPorts, options: HttpOptions): Route["handle"] =>
  async (request, reply) => {
    if (options.metricsFor === "loopback" && !isLoopback(request)) return sendNothingHere(request, reply);
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await ports.metrics());
  };

const frontDescription: RouteDescription = {
  id: "front",
  tag: "hub",
  summary: "What this is / Hvad dette er",
  answers: {
    200: {
      text: "A page for people, or JSON.",
      schema: FrontAnswer,
      types: ["text/html", "application/json"],
      shown: { "text/html": { made: () => frontPage("da", { version: "1.0.0", durability: "safe" }) } },
    },
  },
  problems: [],
};

const healthDescription: RouteDescription = {
  id: "health",
  tag: "hub",
  summary: "What is up, and whether a yes is on disk / Driftstatus",
  answers: {
    200: { text: "All is well.", schema: HealthAnswer },
    503: { text: "A part is down.", schema: HealthAnswer },
  },
  problems: [],
};

const readyDescription: RouteDescription = {
  id: "ready",
  tag: "hub",
  summary: "Whether to send anything here / Klar til at modtage",
  detail:
    "For what stands in front of several hubs. Not ready: it is about to stop, or has lost its own connection. What all hubs share " +
    "(no room, no index, too long a queue) stands in `reasons`; they stay ready, so that senders hear from them when to come back.",
  answers: {
    200: { text: "Send.", schema: ReadyAnswer },
    503: { text: "Send elsewhere.", schema: ReadyAnswer },
  },
  problems: [],
};

const metricsDescription: RouteDescription = {
  id: "metrics",
  tag: "hub",
  summary: "Counters for Prometheus / Måletal",
  answers: {
    200: {
      text: "Prometheus text.",
      types: ["text/plain"],
      shown: { "text/plain": { file: "answers/metrics.txt" } },
    },
  },
  problems: [404],
};

export const hubRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "GET",
    path: "/",
    access: "anyone",
    reads: "json",
    describe: frontDescription,
    handle: showFront(ports, options),
  },
  {
    method: "GET",
    path: "/health",
    access: "anyone",
    reads: "json",
    describe: healthDescription,
    handle: showHealth(ports),
  },
  {
    method: "GET",
    path: "/health/ready",
    access: "anyone",
    reads: "json",
    describe: readyDescription,
    handle: showReady(ports),
  },
  {
    method: "GET",
    path: "/metrics",
    access: "anyone",
    reads: "json",
    describe: metricsDescription,
    handle: showMetrics(ports, options),
  },
];
