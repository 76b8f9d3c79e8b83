import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { startBrowser } from "./browser.ts";
import { type ConsoleHub, startConsoleHub } from "./started-hub.ts";

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
