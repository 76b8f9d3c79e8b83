import type { Config } from "../config/config.ts";
import { type WeaknessCode, weaknesses } from "./weaknesses.ts";

/** What the settings alone do not say: what was seen on this machine. */
export type Seen = {
  /** Files that hold secrets, and that others than their owner may read. */
  readonly openFiles: readonly string[];
  /** The data folder may be entered by others than its owner. */
  readonly openDataDir: boolean;
};

/** One setting that is weaker than patients' data need. `refused`: a hub in production mode does not start with it. */
export type WeakSetting = {
  readonly code: WeaknessCode;
  readonly refused: boolean;
  /** What it is about: a file, the name of a setting, or nothing. */
  readonly at?: string;
};

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);
export const isLoopback = (host: string): boolean => loopback.has(host);
const isNear = (url: string): boolean =>
  url.startsWith("/") || /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);

type Holds = (config: Config) => boolean;

/** The servers of your own, where there are some; of the hub's own children nothing of these is to be said. */
const external =
  (holds: (servers: Extract<Config["servers"], { kind: "external" }>) => boolean): Holds =>
  ({ servers }) =>
    servers.kind === "external" && holds(servers);

const isSentinel = (url: string): boolean => url.startsWith("redis+sentinel:");
const isSocket = (url: string): boolean => url.startsWith("/");
const hasUser = (url: string): boolean => /^[\w+]+:\/\/[^/@]+@/.test(url);

/** Every server is on this machine, or is spoken to by TLS. */
const natsIsCovered = (url: string): boolean => isNear(url) || /^(tls|wss):/.test(url);
const redisIsCovered = (url: string): boolean =>
  !isSentinel(url) && (isNear(url) || url.startsWith("rediss:"));

/** When each setting is weak. What files are like is seen, not set. */
const holdsOf: Readonly<
  Record<Exclude<WeaknessCode, "secret-readable" | "data-folder-open" | "setting-unknown">, Holds>
> = {
  "http-without-tls": ({ tls, behindProxy, host }) => tls === undefined && !behindProxy && !isLoopback(host),
  "development-issuer": ({ mode, host }) => mode === "development" && isLoopback(host),
  "nobody-trusted": ({ tokens, trustFile }) => tokens === undefined && trustFile === undefined,
  "no-rate-limit": ({ requestsPerSecond }) => requestsPerSecond === 0,
  "log-debug": ({ logLevel }) => logLevel === "debug",
  "time-made-up": ({ pace }) => pace !== undefined,
  "unsafe-fsync": ({ unsafeFsync }) => unsafeFsync,
  "store-not-encrypted": ({ servers }) => servers.kind === "embedded" && servers.storeKeyFile === undefined,
  "store-encryption-unseen": external(() => true),
  "nats-without-tls": external(
    ({ natsUrl, natsProof }) =>
      natsProof?.ca === undefined &&
      natsProof?.cert === undefined &&
      !natsUrl.split(",").every(natsIsCovered),
  ),
  "nats-without-user": external(
    ({ natsUrl, natsProof }) =>
      natsProof?.credentials === undefined && natsProof?.cert === undefined && !hasUser(natsUrl),
  ),
  "redis-without-tls": external(
    ({ redisUrl, redisProof }) => redisProof === undefined && !redisIsCovered(redisUrl),
  ),
  "redis-without-password": external(({ redisUrl }) => !isSocket(redisUrl) && !hasUser(redisUrl)),
};

const isSetting = (code: string): code is keyof typeof holdsOf => Object.hasOwn(holdsOf, code);

/** Every weak setting, the ones that are refused in production first. Pure: what is to be seen was seen before. */
export const weakSettings = (config: Config, { openFiles, openDataDir }: Seen): WeakSetting[] => {
  const set = Object.keys(holdsOf).filter(isSetting);
  const all = [
    ...set.filter((code) => holdsOf[code](config)).map((code) => ({ code })),
    ...(openDataDir ? [{ code: "data-folder-open" } as const] : []),
    ...openFiles.map((at) => ({ code: "secret-readable", at }) as const),
    ...config.unknownSettings.map((at) => ({ code: "setting-unknown", at }) as const),
  ];
  return all
    .map((one) => ({ ...one, refused: weaknesses[one.code].refused }))
    .toSorted((a, b) => Number(b.refused) - Number(a.refused));
};
