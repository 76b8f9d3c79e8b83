import { readFileSync } from "node:fs";
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

/** How the hub proves itself to a Redis of your own over TLS, and that one to it: files. Its user and password stand in the address. */
export type RedisProof = {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
};

type Pems = { ca?: string; cert?: string; key?: string };

const pemsOf = ({ ca, cert, key }: RedisProof): Pems => ({
  ...(ca === undefined ? {} : { ca: readFileSync(ca, "utf8") }),
  ...(cert === undefined ? {} : { cert: readFileSync(cert, "utf8") }),
  ...(key === undefined ? {} : { key: readFileSync(key, "utf8") }),
});

/** Sentinels and the Redis that they name speak TLS both, or neither. */
const tlsOf = (proof: RedisProof | undefined, sentinels: boolean): object => {
  if (proof === undefined) return {};
  const tls = pemsOf(proof);
  return sentinels ? { tls, sentinelTLS: tls, enableTLSForSentinelMode: true } : { tls };
};

/**
 * One connection to Redis, by URL, by sentinels or by the path of a Unix socket. Redis keeps only what can be made again, so nothing
 * waits for it: a command fails at once while it is away, and the hub goes on without.
 */
export const connectRedis = (url: string, onError: (error: Error) => void, proof?: RedisProof): Redis => {
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    retryStrategy: (times: number) => Math.min(50 * times, 500),
    ...tlsOf(proof, url.startsWith("redis+sentinel:")),
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
