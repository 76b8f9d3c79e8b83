import { readFile, stat } from "node:fs/promises";

/** Looked at no more often than this: a change counts within it. */
const lookMs = 1_000;

export type ChangingFile<T> = {
  /** What the file holds now; should it hold nothing usable any more, what it held before. `version` grows with each change. */
  current: () => Promise<{ value: T; version: number }>;
};

export type Watching = { nowMs: () => number; onProblem: (path: string, error: unknown) => void };

/** A file that is replaced has another inode, size or time; so has one that Kubernetes swaps under a link. */
const markOf = async (path: string): Promise<string> => {
  const { ino, size, mtimeMs } = await stat(path);
  return `${String(ino)}/${String(size)}/${String(mtimeMs)}`;
};

/**
 * A file that is read again when it changes. Looking is done by whoever asks, so nothing runs when nobody does. @throws what
 * reading throws, the first time alone: later a file that is half written takes nobody's trust away.
 */
export const fileWhenChanged = async <T>(
  path: string,
  read: (text: string) => T,
  { nowMs, onProblem }: Watching,
): Promise<ChangingFile<T>> => {
  let mark = await markOf(path);
  let value = read(await readFile(path, "utf8"));
  let [version, lookedAtMs] = [1, nowMs()];
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      const now = await markOf(path);
      if (now === mark) return;
      mark = now;
      value = read(await readFile(path, "utf8"));
      version++;
    } catch (error) {
      onProblem(path, error);
    }
  };
  return {
    current: async () => {
      if (looking === undefined && nowMs() - lookedAtMs >= lookMs) {
        lookedAtMs = nowMs();
        looking = look().finally(() => (looking = undefined));
      }
      await looking;
      return { value, version };
    },
  };
};
