/**
 * Measurements that are on their way. One that could not be sent waits here, in the page's memory alone, and is tried again by itself
 * under the same id: however often that is, it is taken once.
 */
import { useSyncExternalStore } from "react";
import type { CommandAnswer } from "../../../../../../contracts/answers.ts";
import { isWorthAnotherTry, sendJson } from "../../api/client.ts";

export type Posted = { key: string; path: string; body: object };
export type OnItsWay = Posted & {
  state: "sending" | "waiting" | "sent" | "refused";
  answer?: CommandAnswer;
  error?: unknown;
};

const againMs = 4000;
let all: readonly OnItsWay[] = [];
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const set = (key: string, change: Partial<OnItsWay>): void => {
  all = all.map((one) => (one.key === key ? { ...one, ...change } : one));
  for (const watcher of watchers) watcher();
};

export const isUnderWay = (one: OnItsWay | undefined): boolean =>
  one?.state === "sending" || one?.state === "waiting";

/** What was refused for good is another command when it is mended; what may have arrived is the same. */
export const keyFor = (one: OnItsWay | undefined, key: string): string =>
  one?.state === "refused" ? crypto.randomUUID() : key;

const warn = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
};

/** Tries again for as long as something waits, and warns whoever closes the page meanwhile. */
const attend = (): void => {
  if (all.some(isUnderWay)) {
    timer ??= setInterval(tryAgain, againMs);
    window.addEventListener("beforeunload", warn);
    return;
  }
  clearInterval(timer);
  timer = undefined;
  window.removeEventListener("beforeunload", warn);
};

const send = async ({ key, path, body }: Posted): Promise<void> => {
  set(key, { state: "sending" });
  try {
    const answer = await sendJson<CommandAnswer>(path, body, { key });
    set(key, { state: "sent", answer });
  } catch (error) {
    set(key, { state: isWorthAnotherTry(error) ? "waiting" : "refused", error });
  }
  attend();
};

const tryAgain = (): void => {
  for (const one of all) if (one.state === "waiting") void send(one);
};

export const post = (posted: Posted): void => {
  all = [...all.filter(({ key }) => key !== posted.key), { ...posted, state: "sending" }];
  attend();
  void send(posted);
};

/** What was sent, or given up, is looked at no more. */
export const forget = (key: string): void => {
  all = all.filter((one) => one.key !== key);
  for (const watcher of watchers) watcher();
  attend();
};

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
  };
};

export const useOutbox = (): readonly OnItsWay[] => useSyncExternalStore(watch, () => all);
