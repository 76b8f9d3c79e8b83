import { createKeptThread } from "./kept-thread.ts";
import { ownMemory } from "./memory.ts";
import { isTooCostly } from "./thread.ts";
import { createTurns } from "./turns.ts";

/** What a thread that reads is asked, and what it answers. `context`: what else reading depends on. */
export type ReadOrder<Context> = { bytes: Uint8Array<ArrayBuffer>; context: Context };
export type ReadAnswer<Result> = { read: Result };

/** What a gateway can do: read here, say that a document was too costly, and read in a thread of this program. */
export type Reading<Context, Result> = {
  here: (bytes: Uint8Array, context: Context) => Result;
  tooCostly: () => Result;
  program: URL;
};

export type LargeReaderOptions = {
  /** Documents larger than this are read in the thread; smaller ones cost less to read than to hand over. */
  apartFromBytes?: number | undefined;
  /** How long a document of so many bytes may take, in milliseconds; longer is too costly. */
  timeLimitMs?: ((bytes: number) => number) | undefined;
};

export type LargeReader<Context, Result> = {
  /**
   * What a document holds. Its bytes are taken: afterwards they may be gone.
   * @throws Fault `service-unavailable` when no thread can be had for it.
   */
  read: (bytes: Uint8Array, context: Context) => Promise<Result>;
  stop: () => Promise<void>;
};

/** Markup as dense as it can be takes 10 to 15 ms of this size on one core. */
const usualApartFromBytes = 64 * 1024;
/** A document of 100 MB takes about two seconds, one that is all markup is at the limit of elements long before. */
const usualTimeLimitMs = (bytes: number): number => 10_000 + bytes / 1_000;

/**
 * Reads documents: small ones here, at once, and large ones in a thread of their own, one after another, so that nobody
 * else waits for them. A thread that takes too long, or too much memory, is ended, and the document is too costly; one that fails
 * is a defect of ours. Either way the next document gets a new thread.
 */
export const createLargeReader = <Context, Result>(
  { here, tooCostly, program }: Reading<Context, Result>,
  { apartFromBytes = usualApartFromBytes, timeLimitMs = usualTimeLimitMs }: LargeReaderOptions,
): LargeReader<Context, Result> => {
  const thread = createKeptThread<ReadOrder<Context>, ReadAnswer<Result>>(program);
  const turns = createTurns();
  const readApart = async (bytes: Uint8Array, context: Context): Promise<Result> => {
    const size = bytes.byteLength;
    const own = ownMemory(bytes);
    const order = { bytes: own, context };
    const limitMs = timeLimitMs(size);
    const heard = await thread.ask({ order, transfer: [own.buffer], limitMs, bytes: size });
    if ("answer" in heard) {
      if ("read" in heard.answer) return heard.answer.read;
      throw new Error("The thread that reads documents told that it began, again.");
    }
    if (isTooCostly(heard)) return tooCostly();
    throw "error" in heard ? heard.error : new Error("A document took too long to read.");
  };
  return {
    read: async (bytes, context) =>
      bytes.byteLength <= apartFromBytes ? here(bytes, context) : turns.take(() => readApart(bytes, context)),
    stop: async () => {
      await turns.ended();
      await thread.stop();
    },
  };
};
