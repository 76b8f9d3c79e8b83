import type { Config } from "../../infra/config/config.ts";
import { startEmbedded } from "../../infra/embedded/start-embedded.ts";
import type { NatsProof } from "../../infra/nats/proof.ts";
import type { Log } from "../../infra/observability/logger.ts";
import type { RedisProof } from "../../infra/redis/connection.ts";

export type Servers = {
  natsUrl: string;
  natsMonitorUrl: string | undefined;
  redisUrl: string;
  natsProof?: NatsProof | undefined;
  redisProof?: RedisProof | undefined;
  stop: () => Promise<void>;
};

/** The servers that the settings name, or the hub's own. */
export const openServers = async ({ servers, dataDir, unsafeFsync }: Config, log: Log): Promise<Servers> => {
  if (servers.kind === "external") return { ...servers, stop: () => Promise.resolve() };
  const { kind: _own, ...own } = servers;
  return startEmbedded({ dataDir, ...own, syncAlways: !unsafeFsync, log });
};
