/** Messages by minute, for a chart of what went through lately. */
import { localOf } from "../../time/danish.ts";

type Passed = { direction: "in" | "out"; at: string };
export type Minute = { minute: string; in: number; out: number };

const minuteMs = 60_000;

/** The last so many minutes, oldest first, the one that runs last; also those in which nothing came. */
export const perMinute = (passed: readonly Passed[], nowMs: number, minutes: number): Minute[] => {
  const last = Math.floor(nowMs / minuteMs);
  const found = Array.from({ length: minutes }, (_, i) => ({
    minute: localOf((last - minutes + 1 + i) * minuteMs).time,
    ...{ in: 0, out: 0 },
  }));
  for (const { direction, at } of passed) {
    const slot = found[Math.floor(Date.parse(at) / minuteMs) - (last - minutes + 1)];
    if (slot !== undefined) slot[direction]++;
  }
  return found;
};
