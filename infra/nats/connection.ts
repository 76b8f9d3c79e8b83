import { connect, type NatsConnection } from "@nats-io/transport-node";

/**
 * One connection to NATS. Never gives up reconnecting; finds a hung server in about 15 s instead of minutes
 * (ping interval × outstanding pings). Requests issued while it is down fail at once or at their own time-out: nothing
 * is acknowledged from a client buffer.
 */
export const connectNats = (url: string, name: string): Promise<NatsConnection> =>
  connect({
    servers: url,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 50,
    pingInterval: 5_000,
    maxPingOut: 2,
    waitOnFirstConnect: true,
    noAsyncTraces: true,
  });
