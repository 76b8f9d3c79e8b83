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
  /** What it is about: a file, or nothing. */
  readonly at?: string;
};

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);
export const isLoopback = (host: string): boolean => loopback.has(host);
const isNear = (url: string): boolean =>
  url.startsWith("/") || /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);

type Found = WeaknessCode | false;

const ofHttp = (config: Config): Found[] => {
  const near = isLoopback(config.host);
  return [
    config.tls === undefined && !config.behindProxy && !near && "http-without-tls",
    config.mode === "development" && near && "development-issuer",
    config.tokens === undefined && config.trustFile === undefined && "nobody-trusted",
    config.requestsPerSecond === 0 && "no-rate-limit",
    config.logLevel === "debug" && "log-debug",
    config.pace !== undefined && "time-made-up",
  ];
};

const secure = /^(tls|wss):/;

const ofServers = ({ servers }: Config): Found[] => {
  if (servers.kind === "embedded") return [servers.storeKeyFile === undefined && "store-not-encrypted"];
  const nats = servers.natsUrl.split(",");
  const away = nats.some((url) => !isNear(url));
  const natsTls = servers.natsProof?.ca !== undefined || servers.natsProof?.cert !== undefined;
  const signedIn = servers.natsProof?.credentials !== undefined || servers.natsProof?.cert !== undefined;
  const redisUrl = servers.redisUrl.startsWith("redis+sentinel:") ? undefined : servers.redisUrl;
  const redisAway = redisUrl === undefined || !isNear(redisUrl);
  const redisTls = servers.redisProof !== undefined || redisUrl?.startsWith("rediss:") === true;
  return [
    away && !natsTls && !nats.every((url) => secure.test(url)) && "nats-without-tls",
    !signedIn && !/^\w+:\/\/[^/@]+@/.test(servers.natsUrl) && "nats-without-user",
    redisAway && !redisTls && "redis-without-tls",
    redisUrl?.startsWith("/") !== true && !servers.redisUrl.includes("@") && "redis-without-password",
    "store-encryption-unseen",
  ];
};

/** Every weak setting, the ones that are refused in production first. Pure: what is to be seen was seen before. */
export const weakSettings = (config: Config, seen: Seen): WeakSetting[] => {
  const found = [
    config.unsafeFsync && ("unsafe-fsync" as const),
    ...ofHttp(config),
    ...ofServers(config),
    seen.openDataDir && ("data-folder-open" as const),
  ].filter((code) => code !== false);
  const files = seen.openFiles.map((at) => ({ code: "secret-readable" as const, at }));
  const all = [...found.map((code) => ({ code })), ...files];
  return all
    .map((one) => ({ ...one, refused: weaknesses[one.code].refused }))
    .toSorted((a, b) => Number(b.refused) - Number(a.refused));
};
