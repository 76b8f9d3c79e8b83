import { Redis } from "ioredis";
import { Fault } from "../../contracts/errors.ts";

/**
 * One connection to Redis, by URL or by the path of a Unix socket. Redis keeps only what can be made again, so nothing
 * waits for it: a command fails at once while it is away, and the hub goes on without.
 */
export const connectRedis = (url: string, onError: (error: Error) => void): Redis => {
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    retryStrategy: (times: number) => Math.min(50 * times, 500),
  };
  const redis = url.startsWith("/") ? new Redis({ ...options, path: url }) : new Redis(url, options);
  redis.on("error", onError);
  return redis;
};

/** Waits a little for Redis: a hub that begins before its index is there would not find the threads of the first letters. */
export const redisReady = (redis: Redis, timeoutMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (redis.status === "ready") {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, timeoutMs);
    redis.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Whatever Redis failed with is one fault to the rest of the house. */
export const indexFault = (error: unknown): never => {
  throw new Fault("index-unavailable", { cause: error });
};
