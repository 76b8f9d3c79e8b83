import type { FolderLog } from "./ports.ts";

const againMs = 600_000;
/** What a warning is about; how often it failed is not. */
const about = ["gln", "phase", "code", "hash", "key", "deliveryId"] as const;

const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * A warning that is still true is said again every ten minutes, not at every look. A key that was not warned of for a while
 * is forgotten, so what comes back is said at once.
 */
export const sparing = (log: FolderLog, nowMs: () => number): FolderLog["warn"] => {
  const said = new Map<string, { firstMs: number; lastMs: number }>();
  return (event, fields) => {
    const now = nowMs();
    for (const [key, { lastMs }] of said) if (now - lastMs > againMs) said.delete(key);
    const key = [event, ...about.map((name) => wordOf(fields[name]))].join("|");
    const before = said.get(key);
    if (before !== undefined && now - before.firstMs < againMs) {
      before.lastMs = now;
      return;
    }
    said.set(key, { firstMs: now, lastMs: now });
    log.warn(event, fields);
  };
};
