import { setTimeout as sleep } from "node:timers/promises";

/** A rest that can be cut short. What wakes it while nobody rests shortens the next one. */
export type Pulse = {
  wake: () => void;
  rest: (ms: number) => Promise<void>;
  /** Wakes for good. */
  stop: () => void;
  stopped: () => boolean;
};

/** Whoever writes a file wakes us many times; between two looks there is always this long. */
const leastMs = 100;

export const createPulse = (): Pulse => {
  const ended = new AbortController();
  let resting: AbortController | undefined;
  let woken = false;
  const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
    sleep(ms, undefined, { signal }).catch(() => undefined);
  return {
    wake: () => {
      woken = true;
      resting?.abort();
    },
    rest: async (ms) => {
      await pause(Math.min(leastMs, ms), ended.signal);
      resting = new AbortController();
      if (!woken) await pause(ms - leastMs, AbortSignal.any([resting.signal, ended.signal]));
      resting = undefined;
      woken = false;
    },
    stop: () => {
      ended.abort();
    },
    stopped: () => ended.signal.aborted,
  };
};
