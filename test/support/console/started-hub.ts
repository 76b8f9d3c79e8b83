import { fillRegion } from "../../../gateways/cli/demo-region.ts";
import { type HubClient, hubAt } from "../../../gateways/cli/hub-client.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { type CompiledHub, startCompiledHub } from "../compiled-hub.ts";
import { tempDir } from "../temp-dir.ts";
import { programWithConsole } from "./built-console.ts";

/** The product as it is shipped, console and all, with a region at work in it. */
export type ConsoleHub = AsyncDisposable &
  Pick<CompiledHub, "url" | "pid"> & { api: HubClient; dataDir: string };

export const startConsoleHub = async (): Promise<ConsoleHub> => {
  programWithConsole();
  const folder = await tempDir();
  const hub = await startCompiledHub(folder.path);
  const { url, pid, dataDir } = hub;
  const api = hubAt(url, configFrom({}, { data: dataDir }));
  await fillRegion(api, { chain: "region", now: Date.now });
  return {
    ...{ url, pid, dataDir, api },
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
