import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "./ids.ts";

/** Time and hashing as the shells have them; pure code takes them as arguments. */
export type Effects = {
  now: () => string;
  /** The same time, in milliseconds since 1970. */
  nowMs: () => number;
  digest: (text: string) => string;
  pause: (ms: number) => Promise<unknown>;
  /** From now on time goes at its pace; until then as fast as everybody's, however long a start takes. */
  hurry: () => void;
};

/**
 * Time for a demonstration: it begins at `from` and goes `speed` times as fast. What waits for machines (`pause`) waits
 * as always, and tokens run out by the true time.
 */
export type Pace = { readonly from: string; readonly speed: number };

const pacedTime = ({ from, speed }: Pace): Pick<Effects, "nowMs" | "hurry"> => {
  let [atMs, sinceMs, pace] = [Date.parse(from), Date.now(), 1];
  const nowMs = (): number => Math.floor(atMs + (Date.now() - sinceMs) * pace);
  const hurry = (): void => {
    [atMs, sinceMs, pace] = [nowMs(), Date.now(), speed];
  };
  return { nowMs, hurry };
};

const trueTime = { nowMs: (): number => Date.now(), hurry: (): void => undefined };

/** The effects of one hub. */
export const effectsAt = (pace: Pace | undefined): Effects => {
  const { nowMs, hurry } = pace === undefined ? trueTime : pacedTime(pace);
  return {
    now: () => new Date(nowMs()).toISOString(),
    nowMs,
    digest: (text) => sha256(text),
    pause: (ms) => sleep(ms),
    hurry,
  };
};
