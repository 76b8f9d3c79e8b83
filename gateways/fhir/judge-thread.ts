/** The entry of the thread in which large messages are read and checked. */
import { parentPort } from "node:worker_threads";
import type { Ready } from "../apart/kept-thread.ts";
import type { ReadAnswer, ReadOrder } from "../apart/large-reader.ts";
import { forgetMemory, memoryOf } from "../apart/memory.ts";
import type { JudgeContext } from "./judge-apart.ts";
import { type JudgedMessage, judgeMessage } from "./judge-message.ts";

const judge = async ({ bytes, context }: ReadOrder<JudgeContext>): Promise<void> => {
  const judged = judgeMessage(bytes, context.mediaType, context.limits);
  await forgetMemory(bytes);
  const answer: ReadAnswer<JudgedMessage> = { read: judged };
  // What was decoded is in memory of its own.
  parentPort?.postMessage(answer, memoryOf(judged.typed?.contents.values() ?? []));
};

parentPort?.on("message", (order: ReadOrder<JudgeContext>) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  void judge(order);
});
parentPort?.postMessage({ ready: true } satisfies Ready);
