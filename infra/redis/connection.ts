import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
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
    // While it reads its file it says how long that will take, and is wrong.
    maxLoadingRetryTime: 500,
    ...tlsOf(proof, url.startsWith("redis+sentinel:")),
  };
  const sentinels = sentinelsIn(url);
  const at = sentinels ?? (url.startsWith("/") ? { path: url } : undefined);
  const redis = at === undefined ? new Redis(url, options) : new Redis({ ...options, ...at });
  redis.on("error", onError);
  return redis;
};

/** Waits a little for Redis, and no longer when it answers that it is still reading its file. */
export const redisReady = (redis: Redis, timeoutMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (redis.status === "ready") {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, timeoutMs);
    const soon = (): void => {
      setTimeout(resolve, Math.min(timeoutMs, loadingPatienceMs)).unref();
    };
    if (redis.status === "connect") soon();
    else redis.once("connect", soon);
    redis.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
const loadingPatienceMs = 250;

/**
 * Waits while Redis is there and reading its file, which it does once at its start: soon it knows what it knew. One that is away is not
 * waited for, nobody can tell when it comes.
 */
export const redisLoaded = async (redis: Redis, timeoutMs: number): Promise<void> => {
  const endMs = performance.now() + timeoutMs;
  // Connected, and not ready: the client asks again and again whether it has read all.
  while (redis.status === "connect" && performance.now() < endMs) await sleep(lookMs);
};
const lookMs = 50;

/** Whatever Redis failed with is one fault to the rest of the house. */
export const indexFault = (error: unknown): never => {
  throw new Fault("index-unavailable", { cause: error });
};
