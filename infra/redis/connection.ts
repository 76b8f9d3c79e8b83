import { Redis } from "ioredis";
import { Fault } from "../../contracts/errors.ts";
import { sentinelAddress } from "./sentinel-address.ts";

type Sentinels = {
  sentinels: { host: string; port: number }[];
  name: string;
  sentinelRetryStrategy: (times: number) => number;
  password?: string;
};

const sentinelsIn = (url: string): Sentinels | undefined => {
  const { password, hosts, name } = sentinelAddress.exec(url)?.groups ?? {};
  if (hosts === undefined || name === undefined) return undefined;
  const sentinels = hosts.split(",").map((address) => {
    const [host = "", port] = address.split(":");
    return { host, port: Number(port) };
  });
  const retry = (times: number): number => Math.min(50 * times, 500);
  return {
    sentinels,
    name,
    sentinelRetryStrategy: retry,
    ...(password === undefined ? {} : { password: decodeURIComponent(password) }),
  };
};

/**
 * One connection to Redis, by URL, by sentinels or by the path of a Unix socket. Redis keeps only what can be made again, so nothing
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
  const sentinels = sentinelsIn(url);
  const at = sentinels ?? (url.startsWith("/") ? { path: url } : undefined);
  const redis = at === undefined ? new Redis(url, options) : new Redis({ ...options, ...at });
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
