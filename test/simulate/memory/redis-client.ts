import type { Readable } from "node:stream";
import type { Redis } from "ioredis";
import type { Random } from "../../support/year/random.ts";
import type { Scheduler } from "../scheduler.ts";
import { createScripts } from "./redis-scripts.ts";
import { createRedisStore, type RedisStore } from "./redis-store.ts";

/** What can go wrong with one command: not done, or done and not answered. */
type RedisFault = "before" | "after";

export type RedisTwin = {
  /** A client as infra/redis/connection.ts makes it, for whoever's event this is. */
  connect: () => Redis;
  store: RedisStore;
  setUp: (up: boolean) => void;
};

type RedisWorld = {
  scheduler: Scheduler;
  random: Random;
  delayMs: () => number;
  faultOf: (command: string) => RedisFault | undefined;
  /** The twin itself cannot do what the hub asks of it: no fault of the hub's. */
  onBug: (error: unknown) => void;
};

type Run = (command: string, args: readonly unknown[]) => unknown;
type Ask = <Result>(label: string, work: () => Result) => Promise<Result>;

const away = (): Error => new Error("Redis is away.");

const texts = (reply: unknown): string[] => (Array.isArray(reply) ? reply.map(String) : []);
const textsOf = (args: readonly unknown[]): string[] => args.flat(Infinity).map(String);

const asking = (world: RedisWorld, isUp: () => boolean): Ask => {
  const { scheduler, faultOf, delayMs, onBug } = world;
  const owner = scheduler.current();
  if (owner === undefined) throw new Error("Somebody asks Redis whom the simulation does not know.");
  return (label, work) =>
    new Promise((resolve, reject) => {
      scheduler.post({
        owner,
        lane: `${owner.name} redis`,
        label: `redis ${label}`,
        afterMs: delayMs(),
        run: () => {
          const fault = isUp() ? faultOf(label) : "before";
          if (fault === "before") {
            reject(away());
            return;
          }
          try {
            const result = work();
            if (fault === undefined) resolve(result);
            else reject(away());
          } catch (error) {
            onBug(error);
            reject(error instanceof Error ? error : away());
          }
        },
      });
    });
};

/** Commands that are done together; nothing else is done in between. */
const multiOf = (ask: Ask, run: Run): object => {
  const queued: (() => unknown)[] = [];
  const chain: object = new Proxy(
    {},
    {
      get: (_target, name) => {
        if (name === "exec") return () => ask("multi", () => queued.map((work) => [null, work()]));
        return (...args: unknown[]) => {
          queued.push(() => run(String(name), args));
          return chain;
        };
      },
    },
  );
  return chain;
};

const pagesOf = (ask: Ask, store: RedisStore, match: string): Readable => {
  const prefix = match.slice(0, -1);
  const read = async function* (): AsyncGenerator<string[]> {
    yield await ask("scan", () =>
      (store.call("KEYS") as string[]).filter((key) => key.startsWith(prefix)).toSorted(),
    );
  };
  // A stream of Node's hands on over the event loop; all that is asked of it here is to be read to its end.
  return read() as unknown as Readable;
};

const clientOf = (ask: Ask, run: Run, store: RedisStore): Redis => {
  const special: Record<string, unknown> = {
    status: "ready",
    on: () => client,
    once: () => client,
    off: () => client,
    disconnect: () => undefined,
    multi: () => multiOf(ask, run),
    scanStream: ({ match }: { match: string }) => pagesOf(ask, store, match),
  };
  const client = new Proxy(special, {
    get: (target, name) => {
      if (typeof name !== "string" || name === "then" || name in target)
        return Reflect.get(target, name) as unknown;
      return (...args: unknown[]) => ask(name, () => run(name, args));
    },
  }) as unknown as Redis;
  return client;
};

/** A redis-server in memory and its clients: commands of one client are done in order, each as one event. */
export const createRedisTwin = (world: RedisWorld): RedisTwin => {
  const store = createRedisStore(world.scheduler.nowMs);
  const script = createScripts({ nowMs: world.scheduler.nowMs });
  const state = { up: true };
  const run: Run = (command, args) => {
    const [text = "", ...rest] = textsOf(args);
    if (command === "time") return texts(store.call("TIME")).map(Number);
    return command === "eval" ? script(store, text, rest) : store.call(command, text, ...rest);
  };
  return {
    connect: () =>
      clientOf(
        asking(world, () => state.up),
        run,
        store,
      ),
    store,
    setUp: (up) => {
      state.up = up;
    },
  };
};
