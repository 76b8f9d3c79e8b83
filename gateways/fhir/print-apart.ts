import { memoryOf, ownMemory } from "../apart/memory.ts";
import { askOnceApart } from "../apart/once-apart.ts";
import { programBeside } from "../apart/thread.ts";
import { createTurns } from "../apart/turns.ts";
import { type PrintOrder, printOrder } from "./print-order.ts";
import type { PrintAnswer } from "./print-thread.ts";

export type Printer = {
  /** The bytes of an order. Its attachments are taken: afterwards they may be gone. */
  print: (order: PrintOrder) => Promise<Uint8Array>;
  stop: () => Promise<void>;
};

export type PrinterOptions = {
  /** Messages of more bytes of attachments, or of more text, are printed in a thread of their own. */
  apartFromBytes?: number;
  /** How long a message of so many bytes may take, in milliseconds; longer is a defect. */
  timeLimitMs?: (bytes: number) => number;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

/** Text of this size takes some 5 ms, attachments 1; a thread takes a tenth of a second to start. */
const usualApartFromBytes = 256 * 1024;
/** 100 MB take about a second. */
const usualTimeLimitMs = (bytes: number): number => 10_000 + bytes / 1_000;
const ownProgram = programBeside(import.meta.url, "./print-thread");

const sizeOf = ({ message, contents }: PrintOrder): number =>
  [...contents.values()].reduce((sum, { byteLength }) => sum + byteLength, JSON.stringify(message).length);

/** The order with its attachments in memory of their own, and that memory. */
const movable = (order: PrintOrder): { order: PrintOrder; transfer: ArrayBuffer[] } => {
  const contents = new Map([...order.contents].map(([id, bytes]) => [id, ownMemory(bytes)]));
  return { order: { ...order, contents }, transfer: memoryOf(contents.values()) };
};

/**
 * Prints messages: small ones here, at once, and large ones in a thread, one after another, so that nobody else waits for
 * them. There is nothing in a message of ours that could take too long or too much memory: a thread that does, or that
 * fails, is a defect, told to whoever asked.
 */
export const createPrinter = (options: PrinterOptions = {}): Printer => {
  const { apartFromBytes = usualApartFromBytes, timeLimitMs = usualTimeLimitMs } = options;
  const turns = createTurns();
  const printApart = async (asked: PrintOrder, size: number): Promise<Uint8Array> => {
    const heard = await askOnceApart<PrintOrder, PrintAnswer>(options.program ?? ownProgram, {
      ...movable(asked),
      limitMs: timeLimitMs(size),
    });
    if ("answer" in heard) return heard.answer.bytes;
    throw "error" in heard ? heard.error : new Error("A message took too long to print.");
  };
  return {
    print: async (order) => {
      const size = sizeOf(order);
      return size <= apartFromBytes ? printOrder(order) : turns.take(() => printApart(order, size));
    },
    stop: turns.ended,
  };
};
