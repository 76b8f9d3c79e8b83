import { useSyncExternalStore } from "react";

const everyMs = 15_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const watcher of watchers) watcher();
  }, everyMs);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The time, for count-downs: one clock for the whole page, which goes on four times a minute. */
export const useNow = (): number => useSyncExternalStore(watch, () => now);
