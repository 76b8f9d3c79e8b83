import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../../infra/config/config.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { type Hub, startHub } from "./compose.ts";

/** Where the other commands find a running hub. */
export const hubFile = (dataDir: string): string => join(dataDir, "hub.json");

/** Starts the hub and notes where it is. */
export const openHub = async (config: Config, log: Log): Promise<Hub> => {
  const hub = await startHub(config, log);
  await writeFile(hubFile(config.dataDir), JSON.stringify({ url: hub.url, pid: process.pid }), {
    mode: 0o600,
  });
  return hub;
};

/** Resolves at the first SIGINT or SIGTERM. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        resolve();
      });
  });
