import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does something again and again until stopped, with a rest in between; at once again when it says that there was work.
 * A failure is reported and followed by the rest.
 */
export const startRepeating = (
  work: () => Promise<boolean>,
  restMs: number,
  onFault: (error: unknown) => void,
): { stop: () => Promise<void> } => {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const more = await work().catch((error: unknown) => {
        onFault(error);
        return false;
      });
      if (!more) await sleep(restMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
