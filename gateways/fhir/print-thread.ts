/** The entry of the thread in which large messages are printed: one order, one message, and it is over. */
import { parentPort } from "node:worker_threads";
import { forgetMemory, ownMemory } from "../apart/memory.ts";
import { type PrintOrder, printBare, wrapPrinted } from "./print-order.ts";

const print = async (order: PrintOrder): Promise<void> => {
  const bare = printBare(order);
  // What is in the message is not needed beside it, while it becomes the content of an envelope.
  for (const bytes of order.contents.values()) await forgetMemory(bytes);
  const own = ownMemory(wrapPrinted(order, bare));
  parentPort?.postMessage(own, [own.buffer]);
};

parentPort?.once("message", (order: PrintOrder) => {
  // What is thrown here is a defect of ours. It ends the thread, and whoever waits for it hears why.
  void print(order);
});
