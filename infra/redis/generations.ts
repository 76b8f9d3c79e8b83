import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";

/**
 * An index is made anew beside the one that answers, under keys of another generation, and becomes the one that answers in one
 * write (decision 0045). Which one that is stands under `live:<prefix>`; absent, it is the first, whose keys begin with the prefix.
 */
export type Generation = {
  /** What its keys begin with. */
  prefix: () => Promise<string>;
  /** Looks anew which one it is. */
  look: () => Promise<void>;
  /** A key, and what must stand there for a write to count: else this is not the generation that it was taken for. */
  guard: () => Promise<{ key: string; value: string }>;
};

export const firstGeneration = "0";

export const liveKey = (prefix: string): string => `live:${prefix}`;
export const buildingKey = (prefix: string): string => `building:${prefix}`;
/** Generations by the time from which nobody reads them any more, unless they are live or being built. */
export const generationsKey = (prefix: string): string => `generations:${prefix}`;
export const progressKey = (prefix: string): string => `progress:${prefix}`;

/** `prefix`: of an index, with a colon at its end. */
export const prefixOf = (prefix: string, generation: string): string =>
  generation === firstGeneration ? prefix : `${prefix.slice(0, -1)}${generation}:`;

const createLive = (redis: Redis, prefix: string): Generation => {
  let known: Promise<string> | undefined;
  const ask = (): Promise<string> => {
    const asking = redis.get(liveKey(prefix)).then((found) => found ?? firstGeneration, indexFault);
    known = asking;
    asking.catch(() => {
      if (known === asking) known = undefined;
    });
    return asking;
  };
  const current = (): Promise<string> => known ?? ask();
  return {
    prefix: async () => prefixOf(prefix, await current()),
    look: async () => {
      await ask();
    },
    guard: async () => ({ key: liveKey(prefix), value: await current() }),
  };
};

const lives = new WeakMap<Redis, Map<string, Generation>>();

/** The generation of an index that answers: known once for all who read it over a connection. */
export const liveGeneration = (redis: Redis, prefix: string): Generation => {
  const known = lives.get(redis) ?? new Map<string, Generation>();
  lives.set(redis, known);
  const found = known.get(prefix) ?? createLive(redis, prefix);
  known.set(prefix, found);
  return found;
};

/** The one that is being built under this name. */
export const builtGeneration = (prefix: string, generation: string): Generation => ({
  prefix: () => Promise.resolve(prefixOf(prefix, generation)),
  look: () => Promise.resolve(),
  guard: () => Promise.resolve({ key: buildingKey(prefix), value: generation }),
});
