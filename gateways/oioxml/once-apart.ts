import type { Transferable, Worker } from "node:worker_threads";
import { startThread } from "./parse-apart.ts";

/** What was heard of a thread: its answer, how it failed, or nothing for so long. */
export type Heard<Answer> = { answer: Answer } | { error: Error } | { late: true };

const hear = <Answer>(worker: Worker, limitMs: number): Promise<Heard<Answer>> =>
  new Promise((resolve) => {
    const tell = (heard: Heard<Answer>): void => {
      clearTimeout(timer);
      resolve(heard);
    };
    const timer = setTimeout(() => {
      tell({ late: true });
    }, limitMs);
    worker.once("message", (answer: Answer) => {
      tell({ answer });
    });
    worker.on("error", (error: unknown) => {
      tell({ error: error instanceof Error ? error : new Error("A thread failed.") });
    });
    worker.once("exit", () => {
      tell({ error: new Error("A thread ended by itself.") });
    });
  });

type Asked<Order> = {
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
  worker.postMessage(order, transfer);
  const heard = await hear<Answer>(worker, limitMs);
  await worker.terminate();
  return heard;
};
