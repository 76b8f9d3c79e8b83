import type { Readable } from "node:stream";
import {
  type FastifyBodyParser,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from "fastify";
import { Fault } from "../../contracts/errors.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import { auditReads } from "./audit-reads.ts";
import { createGuard } from "./caller.ts";
import { addDocs } from "./docs.ts";
import { parseJsonBody } from "./json-body.ts";
import { defaultHttpLimits, limitConnections, plainServer } from "./limits/http-limits.ts";
import { createTake, type TakeTurn } from "./limits/turns-of-callers.ts";
import { watchMuteConnections } from "./mute-connections.ts";
import type { HttpOptions, HttpPorts } from "./ports.ts";
import { createThrownHandler, sendNothingHere } from "./problem-response.ts";
import { type LargeBody, readBody } from "./request-body.ts";
import { headerText } from "./request-text.ts";
import type { Route } from "./route.ts";
import { adviceRoutes } from "./routes/advice.ts";
import { agreementRoutes } from "./routes/agreements.ts";
import { auditRoutes } from "./routes/audit.ts";
import { bookingRoutes } from "./routes/bookings.ts";
import { caseRoutes } from "./routes/cases.ts";
import { clockRoutes } from "./routes/clocks.ts";
import { deadLetterRoutes } from "./routes/dead-letters.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { deskRoutes } from "./routes/desk.ts";
import { directoryRoutes } from "./routes/directory.ts";
import { dischargeRoutes } from "./routes/discharges.ts";
import { emergencyRoutes } from "./routes/emergency.ts";
import { eventRoutes } from "./routes/events.ts";
import { fhirRoutes } from "./routes/fhir.ts";
import { hubRoutes } from "./routes/hub.ts";
import { hubRuleRoutes } from "./routes/hub-rules.ts";
import { inboxRoutes } from "./routes/inbox.ts";
import { indicatorRoutes } from "./routes/indicators.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { messageLogRoutes } from "./routes/message-log.ts";
import { messageRoutes } from "./routes/messages.ts";
import { observationRoutes } from "./routes/observations.ts";
import { owedRoutes } from "./routes/owed.ts";
import { patientRoutes } from "./routes/patients.ts";
import { receiverRoutes } from "./routes/receivers.ts";
import { referralRoutes } from "./routes/referrals.ts";
import { reportRoutes } from "./routes/report.ts";
import { searchRoutes } from "./routes/search.ts";
import { sessionRoutes } from "./routes/session.ts";
import { whatIfRoutes } from "./routes/what-if.ts";
import { worklistRoutes } from "./routes/worklists.ts";

export const routesOf = (ports: HttpPorts, options: HttpOptions): Route[] => [
  ...messageRoutes(ports, options),
  ...messageLogRoutes(ports),
  ...fhirRoutes(ports, options),
  ...inboxRoutes(ports),
  ...deliveryRoutes(ports),
  ...adviceRoutes(ports),
  ...referralRoutes(ports),
  ...dischargeRoutes(ports),
  ...observationRoutes(ports),
  ...bookingRoutes(ports),
  ...caseRoutes(ports, options),
  ...emergencyRoutes(ports, options),
  ...auditRoutes(ports),
  ...worklistRoutes(ports),
  ...deskRoutes(ports),
  ...owedRoutes(ports),
  ...patientRoutes(ports),
  ...searchRoutes(ports),
  ...eventRoutes(ports),
  ...directoryRoutes(ports, options),
  ...agreementRoutes(ports, options),
  ...indicatorRoutes(ports),
  ...reportRoutes(ports),
  ...whatIfRoutes(ports, options),
  ...clockRoutes(ports),
  ...receiverRoutes(ports, options),
  ...deadLetterRoutes(ports, options),
  ...intakeRoutes(ports),
  ...hubRuleRoutes(),
  ...sessionRoutes(ports),
  ...hubRoutes(ports, options),
];

const keepBytes: FastifyBodyParser<Buffer> = (_request, body, done) => {
  done(null, body);
};

const keepJson: FastifyBodyParser<Buffer> = (_request, body, done) => {
  const parsed = parseJsonBody(body);
  if ("refused" in parsed) done(new Fault(parsed.refused));
  else done(null, parsed.value);
};

/** A large body is not held here: whoever handles it reads it as it comes. */
const openBytes = (request: FastifyRequest, payload: Readable): Promise<Buffer | LargeBody> =>
  readBody(payload, request.headers["content-length"], request.routeOptions.bodyLimit);

const addParsers = (server: FastifyInstance, reads: Route["reads"]): void => {
  server.removeAllContentTypeParsers();
  if (reads === "bytes") {
    server.addContentTypeParser("*", openBytes);
    return;
  }
  server.addContentTypeParser<Buffer>("*", { parseAs: "buffer" }, keepBytes);
  server.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, keepJson);
};

type Served = { ports: HttpPorts; routes: readonly Route[]; take: TakeTurn };

const addRoute = (server: FastifyInstance, { ports, take }: Served, route: Route): void => {
  const guard = createGuard(ports, take, route);
  server.route({
    method: route.method,
    url: route.path,
    ...(route.maxBytes === undefined ? {} : { bodyLimit: route.maxBytes }),
    ...(route.access === "anyone" ? {} : { onRequest: guard }),
    ...auditReads(ports, route),
    handler: (request, reply) =>
      ports.traced(
        {
          method: route.method,
          route: route.path,
          ageMs: reply.elapsedTime,
          begins: route.takes !== undefined,
          sender: request.caller?.gln,
          traceparent: headerText(request, traceparentHeader),
        },
        async (traceId) => {
          reply.traceId = traceId;
          return route.handle(request, reply);
        },
        () => reply.statusCode,
      ),
  });
};

const addRoutes = (server: FastifyInstance, served: Served): void => {
  for (const reads of ["json", "bytes"] as const)
    server.register((scope, _options, done) => {
      addParsers(scope, reads);
      for (const route of served.routes.filter((r) => r.reads === reads)) addRoute(scope, served, route);
      done();
    });
};

const logRequest =
  (ports: HttpPorts) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    ports.log.info("http-request", {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      httpStatus: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.caller === undefined ? {} : { sender: request.caller.gln }),
      ...(reply.problemCode === "" ? {} : { code: reply.problemCode }),
      ...(reply.traceId === undefined ? {} : { traceId: reply.traceId }),
    });
    done();
  };

/** The HTTP gateway, not yet listening. It opens nothing by itself: whoever made it closes it. */
export const createServer = (ports: HttpPorts, options: HttpOptions): FastifyInstance => {
  const { secure } = options;
  const limits = { ...defaultHttpLimits, ...options.limits };
  const answerThrown = createThrownHandler(ports.log);
  const server = fastify({
    bodyLimit: options.maxJsonBytes,
    // A HEAD of a delivery would mark it as fetched without giving it.
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) => {
      answerThrown(error, request, reply);
    },
    genReqId: () => ports.newId(),
    requestIdHeader: false,
    // What comes on a connection that was open before the end began is served as ever.
    return503OnClosing: false,
    serverFactory: secure ?? plainServer(limits),
    routerOptions: { maxParamLength: 200 },
  });
  limitConnections(server.server, limits);
  server.decorateRequest("caller", undefined);
  server.decorateReply("problemCode", "");
  server.decorateReply("traceId", undefined);
  server.setErrorHandler(answerThrown);
  server.setNotFoundHandler(sendNothingHere);
  server.addHook("onRequest", (_request, reply, done) => {
    reply.header("x-content-type-options", "nosniff");
    if (secure !== undefined) reply.header("strict-transport-security", "max-age=63072000");
    // Whoever keeps a connection is to make its next one elsewhere: this hub will not be there much longer.
    if (ports.ready().draining) reply.header("connection", "close");
    done();
  });
  server.addHook("onResponse", logRequest(ports));
  const closeMuteConnections = watchMuteConnections(server.server);
  server.addHook("preClose", (done) => {
    closeMuteConnections();
    done();
  });
  const routes = routesOf(ports, options);
  addRoutes(server, { ports, routes, take: createTake(limits) });
  addDocs(server, routes, options);
  options.pages?.(server);
  return server;
};
