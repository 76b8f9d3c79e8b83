import type { Transferable } from "node:worker_threads";
import { type Heard, hear, startThread } from "./thread.ts";

export type Asked<Order> = {
  order: Order;
  /** Memory that goes to the thread, and is not copied. */
  transfer: Transferable[];
  limitMs: number;
};

/** One order to a thread of its own, its one answer, and it is over: ended also when it is late, and its memory is free. */
export const askOnceApart = async <Order, Answer>(
  program: URL,
  { order, transfer, limitMs }: Asked<Order>,
): Promise<Heard<Answer>> => {
  const worker = startThread(program);
  // One that fails once more while it ends must not end the hub.
  worker.on("error", () => undefined);
  worker.postMessage(order, transfer);
  const heard = await hear<Answer>(worker, limitMs);
  await worker.terminate();
  return heard;
};
