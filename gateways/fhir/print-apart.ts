import { createLargePrinter, type LargePrinter, type LargePrinterOptions } from "../apart/large-printer.ts";
import { memoryOf, ownMemory } from "../apart/memory.ts";
import { programBeside } from "../apart/thread.ts";
import { type PrintOrder, printOrder } from "./print-order.ts";

export type Printer = LargePrinter<PrintOrder, Uint8Array>;
export type PrinterOptions = LargePrinterOptions;

const sizeOf = ({ message, contents }: PrintOrder): number =>
  [...contents.values()].reduce((sum, { byteLength }) => sum + byteLength, JSON.stringify(message).length);

const movable = (order: PrintOrder): { order: PrintOrder; transfer: ArrayBuffer[] } => {
  const contents = new Map([...order.contents].map(([id, bytes]) => [id, ownMemory(bytes)]));
  return { order: { ...order, contents }, transfer: memoryOf(contents.values()) };
};

const program = programBeside(import.meta.url, "./print-thread");

/** Prints messages, large ones in a thread. */
export const createPrinter = (options: PrinterOptions = {}): Printer =>
  createLargePrinter({ here: printOrder, sizeOf, movable, program }, options);
