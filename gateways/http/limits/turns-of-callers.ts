import type { HttpLimits } from "./http-limits.ts";

/** Takes a turn of a caller. @returns 0, or after how many milliseconds there is one again. */
export type TakeTurn = (caller: string, nowMs: number) => number;

/** So much at once: a system that sends its morning's letters is no attack. */
const burstSeconds = 5;
/** Callers that are remembered; the one heard longest ago is forgotten first, and then has all its turns. */
const maxRemembered = 10_000;

type Bucket = { turns: number; atMs: number };

/**
 * A bucket of turns for each caller (token bucket): it fills as fast as a caller may ask on the long run. One that runs wild does not
 * take the hub from the others.
 */
export const createTake = ({ requestsPerSecond }: Pick<HttpLimits, "requestsPerSecond">): TakeTurn => {
  if (requestsPerSecond === 0) return () => 0;
  const full = requestsPerSecond * burstSeconds;
  const buckets = new Map<string, Bucket>();
  return (caller, nowMs) => {
    const before = buckets.get(caller) ?? { turns: full, atMs: nowMs };
    const gained = (Math.max(0, nowMs - before.atMs) / 1_000) * requestsPerSecond;
    const turns = Math.min(full, before.turns + gained);
    const after = turns < 1 ? turns : turns - 1;
    buckets.delete(caller);
    buckets.set(caller, { turns: after, atMs: nowMs });
    const oldest = buckets.size > maxRemembered ? buckets.keys().next() : undefined;
    if (oldest?.done === false) buckets.delete(oldest.value);
    return turns < 1 ? ((1 - turns) / requestsPerSecond) * 1_000 : 0;
  };
};
