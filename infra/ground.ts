import type { NatsConnection } from "@nats-io/transport-node";
import type { Redis } from "ioredis";
import type { Link } from "./nats/link.ts";

/** Whether what the hub stands on held, for those who must tell a fault of their own from one beneath them. */
export type Ground = {
  /** Whether something was away at any time since then, or is now. By a time that goes on evenly. */
  wasAwaySince: (sinceMs: number) => Promise<boolean>;
};

type GroundOptions = {
  /** Asks each; rejects, or never resolves, when one is away. */
  sound: () => Promise<unknown>;
  isUp: () => boolean;
  /** Calls back each time that a connection is lost. */
  onLost: (lost: () => void) => void;
  nowMs: () => number;
};

const answerWithinMs = 1_000;

const inTime = (work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, answerWithinMs, false);
    work
      .then(
        () => true,
        () => false,
      )
      .then((answered) => {
        clearTimeout(late);
        resolve(answered);
      }, resolve);
  });

/** Hundreds that fail together ask once. */
export const createGround = ({ sound, isUp, onLost, nowMs }: GroundOptions): Ground => {
  let lastAwayMs = Number.NEGATIVE_INFINITY;
  let sounding: Promise<boolean> | undefined;
  const away = (): void => {
    lastAwayMs = nowMs();
  };
  onLost(away);
  const holds = async (): Promise<boolean> => {
    sounding ??= inTime(sound()).finally(() => {
      sounding = undefined;
    });
    return sounding;
  };
  return {
    wasAwaySince: async (sinceMs) => {
      if (!isUp() || !(await holds())) away();
      return lastAwayMs >= sinceMs;
    },
  };
};

type Connected = { nc: NatsConnection; link: Link; redis: Redis };

/** The ground under one connection to each server. `writesFail`: whether the last that was written came to nothing. */
export const groundUnder = ({ nc, link, redis }: Connected, writesFail: () => boolean): Ground =>
  createGround({
    sound: () => Promise.all([nc.rtt(), redis.ping()]),
    isUp: () => link.isUp() && redis.status === "ready" && !writesFail(),
    onLost: (lost) => {
      redis.on("close", lost);
      const again = (): void => {
        lost();
        void link.up().then(() => link.onLost(again));
      };
      link.onLost(again);
    },
    nowMs: () => performance.now(),
  });
