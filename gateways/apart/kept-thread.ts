import type { Worker } from "node:worker_threads";
import { Fault } from "../../contracts/errors.ts";
import type { Asked } from "./once-apart.ts";
import { type Heard, hear, startThread } from "./thread.ts";

/** What a kept thread says once, before its first order. */
export type Ready = { ready: true };

/** One thread for many orders, each of some bytes. One order at a time: whoever asks waits for the answer before the next. */
export type KeptThread<Order, Answer> = {
  /** @throws Fault `service-unavailable` when no thread can be had for it. */
  ask: (asked: Asked<Order> & { bytes: number }) => Promise<Heard<Answer | Ready>>;
  stop: () => Promise<void>;
};

/** A thread that is not needed for so long is ended, and one that had a document of this size at once. */
const idleMs = 30_000;
const largeBytes = 8 * 1024 * 1024;
const startLimitMs = 60_000;

type State = { worker: Worker | undefined; idle: NodeJS.Timeout | undefined };

const endThread = async (state: State): Promise<void> => {
  const { worker } = state;
  clearTimeout(state.idle);
  state.worker = undefined;
  await worker?.terminate();
};

const threadOf = async (state: State, program: URL): Promise<Worker> => {
  clearTimeout(state.idle);
  if (state.worker !== undefined) return state.worker;
  const worker = startThread(program);
  // One that fails while nobody asks it anything, or once more while it ends, must not end the hub.
  worker.on("error", () => undefined);
  const heard = await hear<Ready>(worker, startLimitMs);
  if (!("answer" in heard)) {
    await worker.terminate();
    throw new Fault("service-unavailable", { cause: "error" in heard ? heard.error : undefined });
  }
  worker.once("exit", () => {
    if (state.worker === worker) state.worker = undefined;
  });
  state.worker = worker;
  return worker;
};

/** After a document that took much the thread ends, and its memory is free; else it waits a while for the next. */
const rest = async (state: State, bytes: number): Promise<void> => {
  if (bytes >= largeBytes) await endThread(state);
  else
    state.idle = setTimeout(() => {
      void endThread(state);
    }, idleMs).unref();
};

/** A thread that is started when it is first needed. One that is late, or fails, is ended, and the next order gets a new one. */
export const createKeptThread = <Order, Answer>(program: URL): KeptThread<Order, Answer> => {
  const state: State = { worker: undefined, idle: undefined };
  return {
    ask: async ({ order, transfer, limitMs, bytes }) => {
      const worker = await threadOf(state, program);
      const hearing = hear<Answer | Ready>(worker, limitMs);
      worker.postMessage(order, transfer);
      const heard = await hearing;
      if ("answer" in heard) await rest(state, bytes);
      else await endThread(state);
      return heard;
    },
    stop: () => endThread(state),
  };
};
