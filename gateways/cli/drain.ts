import { setTimeout as sleep } from "node:timers/promises";
import type { Platform } from "../../infra/platform.ts";

/**
 * Before anything ends: whoever sends is told to go elsewhere, what only one hub does is left to the others, and what is under
 * way goes on for as long as it takes those in front of the hub to notice.
 */
export const drain = async ({ pressure, leases }: Platform, drainMs: number): Promise<void> => {
  pressure.drain();
  await Promise.all([leases.leave(), sleep(drainMs)]);
};
