import type { Fate } from "../../contracts/codes/fate.ts";

/** How a call that was not answered with a yes is looked at. `ask` too where nothing came back at all: it may have been processed. */
export type Missed = { fate: Fate; attempt: number; retryAfterMs?: number | undefined };
export type Patience = { attempts: number; firstMs: number; longestMs: number };

export const usualPatience: Patience = { attempts: 5, firstMs: 250, longestMs: 30_000 };

/**
 * How long to wait before the same is sent again under the same id; `undefined`: not at all. What may have been processed is sent again
 * like what surely was not, because the hub gives the same id the same answer; what is to be mended first never is.
 */
export const nextTry = (
  { fate, attempt, retryAfterMs = 0 }: Missed,
  { attempts, firstMs, longestMs }: Patience,
): number | undefined => {
  if (fate === "park" || attempt >= attempts) return undefined;
  return Math.max(retryAfterMs, Math.min(longestMs, firstMs * 2 ** (attempt - 1)));
};
