import { setTimeout as sleep } from "node:timers/promises";

/** Waits for a condition, never for a time: asks until the answer is there, and says what it saw last when it is not. */
export const eventually = async <T>(
  look: () => Promise<T | undefined>,
  what: string,
  timeoutMs = 20_000,
): Promise<T> => {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < end) {
    const found = await look().catch((error: unknown) => {
      last = error;
      return undefined;
    });
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error(`${what}: not within ${String(timeoutMs)} ms`, { cause: last });
};
