import { connect, type NatsConnection, type NodeConnectionOptions } from "@nats-io/transport-node";
import { type NatsProof, proofOptions } from "./proof.ts";
import { serversIn } from "./servers-in.ts";

/** How the hub connects, wherever it does. */
export const natsOptions = (url: string, name: string, proof?: NatsProof): NodeConnectionOptions => ({
  ...serversIn(url),
  ...proofOptions(proof),
  name,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 100,
  reconnectJitter: 50,
  pingInterval: 5_000,
  maxPingOut: 2,
  // Of a connection that ends while it is being made the client hears nothing: it would wait for 20 s before it tries again.
  timeout: 2_000,
  waitOnFirstConnect: true,
  noAsyncTraces: true,
});

/**
 * One connection to NATS, by the address of a server or of several with commas between them: when one goes, another is there at
 * once. Never gives up reconnecting; finds a hung server in about 15 s instead of minutes
 * (ping interval × outstanding pings). Requests issued while it is down fail at once or at their own time-out: nothing
 * is acknowledged from a client buffer.
 */
export const connectNats = (url: string, name: string, proof?: NatsProof): Promise<NatsConnection> =>
  connect(natsOptions(url, name, proof));
