import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { fillRegion } from "../../../gateways/cli/demo-region.ts";
import { type HubClient, hubAt } from "../../../gateways/cli/hub-client.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { type CompiledHub, startCompiledHub } from "../compiled-hub.ts";
import { tempDir } from "../temp-dir.ts";
import { startBrowser } from "./browser.ts";
import { programWithConsole } from "./built-console.ts";

/** The product as it is shipped, console and all, with a region at work in it. */
type ConsoleHub = AsyncDisposable & Pick<CompiledHub, "url" | "pid"> & { api: HubClient; dataDir: string };

const startConsoleHub = async (): Promise<ConsoleHub> => {
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

/** A hub with the console and a browser, there before the tests of a file's `describe` begin and gone when they have ended. */
export const consoleStage = (): { hub: () => ConsoleHub; browser: () => Browser } => {
  let stage: { hub: ConsoleHub; browser: Browser } | undefined;
  const begun = (): NonNullable<typeof stage> => {
    if (stage === undefined) throw new Error("The stage is set in beforeAll: ask for it in a test.");
    return stage;
  };
  beforeAll(async () => {
    stage = { hub: await startConsoleHub(), browser: await startBrowser() };
  }, 180_000);
  afterAll(async () => {
    await stage?.browser.close();
    await stage?.hub[Symbol.asyncDispose]();
  });
  return { hub: () => begun().hub, browser: () => begun().browser };
};
