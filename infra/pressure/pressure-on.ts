import type { JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Redis } from "ioredis";
import { intakeWaiting } from "../nats/intake-waiting.ts";
import type { Link } from "../nats/link.ts";
import type { Layout } from "../nats/streams.ts";
import type { Log } from "../observability/logger.ts";
import { defaultPressureLimits, type PressureLimits } from "./judge.ts";
import { startPressure, type WatchedPressure } from "./pressure.ts";

type Connected = { nc: NatsConnection; jsm: JetStreamManager; link: Link; redis: Redis };
type Settings = {
  layout: Layout;
  limits?: PressureLimits;
  freeBytes?: (() => Promise<number>) | undefined;
  log: Log;
};

/** Watches the servers that a hub is connected to, and the disk where that is this machine's. */
export const pressureOn = ({ nc, jsm, link, redis }: Connected, settings: Settings): WatchedPressure => {
  const { layout, limits = defaultPressureLimits, freeBytes, log } = settings;
  return startPressure({
    soundings: {
      nats: () => nc.rtt(),
      isConnected: link.isUp,
      index: () => redis.ping(),
      isIndexConnected: () => redis.status === "ready",
      waiting: () => intakeWaiting(jsm, layout),
      freeBytes,
    },
    limits,
    nowMs: () => performance.now(),
    random: Math.random,
    onChange: (codes) => {
      (codes.length === 0 ? log.info : log.warn)("pressure", { codes });
    },
  });
};
