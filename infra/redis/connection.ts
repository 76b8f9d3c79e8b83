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

/** Whatever Redis failed with is one fault to the rest of the house. */
export const indexFault = (error: unknown): never => {
  throw new Fault("index-unavailable", { cause: error });
};
