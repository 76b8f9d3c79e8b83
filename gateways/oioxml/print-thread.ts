/** The entry of the thread in which large documents are printed: one order, one document, and it is over. */
import { parentPort } from "node:worker_threads";
import { forgetMemory, ownMemory } from "../apart/memory.ts";
import type { Printed } from "../tables/losses.ts";
import { type PrintOrder, printBare, wrapPrinted } from "./print-order.ts";

const print = async (order: PrintOrder): Promise<void> => {
  const { told } = order;
  const bare = printBare(order);
  // What is in the document is not needed beside it, while it becomes the content of another.
  if (told.kind === "attachments") for (const { bytes } of told.letter.objects) await forgetMemory(bytes);
  const { bytes, losses } = wrapPrinted(order, bare);
  const own = ownMemory(bytes);
  parentPort?.postMessage({ bytes: own, losses } satisfies Printed, [own.buffer]);
};

parentPort?.once("message", (order: PrintOrder) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  void print(order);
});
