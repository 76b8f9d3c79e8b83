import type { Steps } from "./core/indicators/steps.ts";

export type SlicePorts = {
  /** In milliseconds; only differences are used. */
  nowMs: () => number;
  /** Lets everybody else have a turn. */
  breathe: () => Promise<unknown>;
};

/** Work is done in slices of so long: whoever waits for the hub meanwhile waits no longer. */
const sliceMs = 10;

/** Gives way to others when a slice is over. */
export const createSlices = ({ nowMs, breathe }: SlicePorts): (() => Promise<void>) => {
  let begun = nowMs();
  return async () => {
    if (nowMs() - begun < sliceMs) return;
    await breathe();
    begun = nowMs();
  };
};

/** Goes through a long reckoning, slice by slice. */
export const inSlices = async <T>(steps: Steps<T>, ports: SlicePorts): Promise<T> => {
  const slice = createSlices(ports);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await slice();
  }
};
