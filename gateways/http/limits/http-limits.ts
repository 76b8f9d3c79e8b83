import { createServer, type RequestListener, type Server } from "node:http";

export type HttpLimits = {
  /** Requests a second of one caller on the long run; 0: as many as it likes. */
  requestsPerSecond: number;
  /** The head of a request takes no longer: who sends it byte by byte holds a socket for nothing. */
  headersMs: number;
  /** The whole request: a slow line may need this long to send a large attachment. */
  requestMs: number;
  /** Sockets at once. */
  connections: number;
};

export const defaultHttpLimits: HttpLimits = {
  requestsPerSecond: 2_000,
  headersMs: 15_000,
  requestMs: 120_000,
  connections: 10_000,
};

/** Node looks at connections so often, and ends those that are late then. */
const checkEveryMs = ({ headersMs }: HttpLimits): number => Math.min(5_000, headersMs);

/** Makes a server that speaks plain HTTP. */
export const plainServer =
  (limits: HttpLimits) =>
  (handler: RequestListener): Server =>
    createServer({ connectionsCheckingInterval: checkEveryMs(limits) }, handler);

/** Of a server that Fastify did not make itself it sets nothing. */
export const limitConnections = (
  server: Pick<Server, "headersTimeout" | "requestTimeout" | "keepAliveTimeout" | "maxConnections">,
  { headersMs, requestMs, connections }: HttpLimits,
): void => {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  // Those in front keep connections for a minute or so; one that is closed as they send would be a failure of theirs.
  server.keepAliveTimeout = 72_000;
  server.maxConnections = connections;
};
