import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "./ids.ts";

/** Time and hashing as the shells have them; pure code takes them as arguments. */
export const effects = {
  now: (): string => new Date().toISOString(),
  digest: (text: string): string => sha256(text),
  pause: (ms: number): Promise<unknown> => sleep(ms),
};
