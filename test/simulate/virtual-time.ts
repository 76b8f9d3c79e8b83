import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";
import { nuid } from "@nats-io/transport-node";
import type { Random } from "../support/year/random.ts";
import type { Scheduler } from "./scheduler.ts";

type Task = (...args: unknown[]) => void;

/** What `setTimeout` gives in Node, as far as anybody here asks for it. */
type Handle = { ref: () => Handle; unref: () => Handle; hasRef: () => boolean; cancel: () => void };

const handleOf = (cancel: () => void): Handle => {
  const handle: Handle = { ref: () => handle, unref: () => handle, hasRef: () => false, cancel };
  return handle;
};

const cancelHandle = (handle: unknown): void => {
  if (typeof handle === "object" && handle !== null && "cancel" in handle) (handle as Handle).cancel();
};

const nobody = { name: "nobody", alive: true };

/** Longest delay that a timer takes; more is one millisecond, as in Node. */
const mostMs = 2 ** 31 - 1;
const delayOf = (ms: unknown): number => {
  const asked = Math.ceil(Number(ms));
  return asked >= 1 && asked <= mostMs ? asked : 1;
};

const timersOf = (scheduler: Scheduler) => {
  const ownerNow = () => scheduler.current() ?? nobody;
  const setTimeout_ = (task: Task, ms?: unknown, ...args: unknown[]): Handle =>
    handleOf(
      scheduler.post({
        owner: ownerNow(),
        label: "timer",
        afterMs: delayOf(ms),
        run: () => {
          task(...args);
        },
      }),
    );
  const setInterval_ = (task: Task, ms?: unknown, ...args: unknown[]): Handle => {
    const owner = ownerNow();
    const state = { cancel: (): void => undefined, over: false };
    const again = (): void => {
      state.cancel = scheduler.post({
        owner,
        label: "interval",
        afterMs: delayOf(ms),
        run: () => {
          task(...args);
          if (!state.over) again();
        },
      });
    };
    again();
    return handleOf(() => {
      state.over = true;
      state.cancel();
    });
  };
  const setImmediate_ = (task: Task, ...args: unknown[]): Handle =>
    handleOf(
      scheduler.soon(() => {
        task(...args);
      }),
    );
  return { setTimeout: setTimeout_, setInterval: setInterval_, setImmediate: setImmediate_ };
};

type Waits = { signal?: AbortSignal };

const abortError = (signal: AbortSignal): Error => {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  error.name = "AbortError";
  return error;
};

const promisesOf = ({ setTimeout: later, setImmediate: soon }: ReturnType<typeof timersOf>) => ({
  setTimeout: (ms?: number, value?: unknown, { signal }: Waits = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        handle.cancel();
        reject(abortError(signal as AbortSignal));
      };
      const handle = later(() => {
        signal?.removeEventListener("abort", stop);
        resolve(value);
      }, ms);
      if (signal?.aborted === true) stop();
      else signal?.addEventListener("abort", stop, { once: true });
    }),
  setImmediate: (value?: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      soon(() => {
        resolve(value);
      });
    }),
});

const dateAt = (nowMs: () => number): DateConstructor => {
  const TrueDate = Date;
  class VirtualDate extends TrueDate {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(nowMs());
      else super(...(args as [number]));
    }
    static override now(): number {
      return nowMs();
    }
    static override [Symbol.hasInstance](value: unknown): boolean {
      return Object.prototype.toString.call(value) === "[object Date]";
    }
  }
  return VirtualDate as unknown as DateConstructor;
};

const bytesFrom = (random: Random, into: Uint8Array): Uint8Array => {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(random.next() * 256);
  return into;
};

const uuidFrom = (random: Random): string => {
  const bytes = Buffer.from(bytesFrom(random, new Uint8Array(16)));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

type Patch = readonly [target: object, name: string, value: unknown];

/** @returns how everything becomes what it was */
const patchAll = (patches: readonly Patch[]): (() => void) => {
  const before = patches.map(
    ([target, name]) => [target, name, Object.getOwnPropertyDescriptor(target, name)] as const,
  );
  for (const [target, name, value] of patches)
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  syncBuiltinESMExports();
  return () => {
    for (const [target, name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, descriptor);
    }
    syncBuiltinESMExports();
  };
};

/**
 * Time and chance of everything in this process are the scheduler's, until what is returned is called. The code that is simulated is
 * the code that runs: it asks Node for the time and for timers as it always does.
 */
export const takeOverTime = (scheduler: Scheduler, random: Random): (() => void) => {
  const timers = timersOf(scheduler);
  const promises = promisesOf(timers);
  const web = globalThis.crypto;
  const patches: Patch[] = [
    [globalThis, "setTimeout", timers.setTimeout],
    [globalThis, "setInterval", timers.setInterval],
    [globalThis, "setImmediate", timers.setImmediate],
    [globalThis, "clearTimeout", cancelHandle],
    [globalThis, "clearInterval", cancelHandle],
    [globalThis, "clearImmediate", cancelHandle],
    [globalThis, "Date", dateAt(scheduler.nowMs)],
    [performance, "now", () => scheduler.nowMs()],
    [Math, "random", random.next],
    [web, "getRandomValues", (into: Uint8Array) => bytesFrom(random, into)],
    [web, "randomUUID", () => uuidFrom(random)],
    [crypto, "randomUUID", () => uuidFrom(random)],
    [crypto, "randomBytes", (size: number) => Buffer.from(bytesFrom(random, new Uint8Array(size)))],
    [timersPromises, "setTimeout", promises.setTimeout],
    [timersPromises, "setImmediate", promises.setImmediate],
  ];
  const restore = patchAll(patches);
  nuid.reset();
  const { stackTraceLimit } = Error;
  // The client makes an error for every request, to have its stack: nobody reads it here.
  Error.stackTraceLimit = 0;
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
    restore();
  };
};
