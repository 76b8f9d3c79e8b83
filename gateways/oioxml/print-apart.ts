import { createLargePrinter, type LargePrinter, type LargePrinterOptions } from "../apart/large-printer.ts";
import { memoryOf, ownMemory } from "../apart/memory.ts";
import { programBeside } from "../apart/thread.ts";
import type { Printed } from "../tables/losses.ts";
import { type PrintOrder, printOrder } from "./print-order.ts";

export type Printer = LargePrinter<PrintOrder, Printed>;
export type PrinterOptions = LargePrinterOptions;

const sizeOf = ({ told }: PrintOrder): number =>
  told.kind === "attachments"
    ? told.letter.objects.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
    : JSON.stringify(told.letter).length;

const movable = (order: PrintOrder): { order: PrintOrder; transfer: ArrayBuffer[] } => {
  const { told } = order;
  if (told.kind !== "attachments") return { order, transfer: [] };
  const objects = told.letter.objects.map((object) => ({ ...object, bytes: ownMemory(object.bytes) }));
  return {
    order: { ...order, told: { ...told, letter: { ...told.letter, objects } } },
    transfer: memoryOf(objects.map(({ bytes }) => bytes)),
  };
};

const program = programBeside(import.meta.url, "./print-thread");

/** Prints documents, large ones in a thread. */
export const createPrinter = (options: PrinterOptions = {}): Printer =>
  createLargePrinter({ here: printOrder, sizeOf, movable, program }, options);
