import { memoryOf, ownMemory } from "../apart/memory.ts";
import { askOnceApart } from "../apart/once-apart.ts";
import { programBeside } from "../apart/thread.ts";
import { createTurns } from "../apart/turns.ts";
import type { Printed } from "../tables/losses.ts";
import { type PrintOrder, printOrder } from "./print-order.ts";
import type { PrintAnswer } from "./print-thread.ts";

export type Printer = {
  /** The document of an order. Its attachments are taken: afterwards they may be gone. */
  print: (order: PrintOrder) => Promise<Printed>;
  stop: () => Promise<void>;
};

export type PrinterOptions = {
  /** Documents of more bytes of attachments, or of a longer letter, are printed in a thread of their own. */
  apartFromBytes?: number;
  /** How long a document of so many bytes may take, in milliseconds; longer is a defect. */
  timeLimitMs?: (bytes: number) => number;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

/** The densest text of this size takes 6 ms in an envelope, attachments 3; a thread takes a tenth of a second to start. */
const apartFromBytes = 256 * 1024;
/** 100 MB take about a second. */
const timeLimitMs = (bytes: number): number => 10_000 + bytes / 1_000;

const ownProgram = programBeside(import.meta.url, "./print-thread");

const sizeOf = ({ told }: PrintOrder): number =>
  told.kind === "attachments"
    ? told.letter.objects.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
    : JSON.stringify(told.letter).length;

/** The order with its attachments in memory of their own, and that memory. */
const movable = (order: PrintOrder): { order: PrintOrder; transfer: ArrayBuffer[] } => {
  const { told } = order;
  if (told.kind !== "attachments") return { order, transfer: [] };
  const objects = told.letter.objects.map((object) => ({ ...object, bytes: ownMemory(object.bytes) }));
  return {
    order: { ...order, told: { ...told, letter: { ...told.letter, objects } } },
    transfer: memoryOf(objects.map(({ bytes }) => bytes)),
  };
};

/**
 * Prints documents: small ones here, at once, and large ones in a thread, one after another, so that nobody else waits for
 * them. There is nothing in a document of ours that could take too long or too much memory: a thread that does, or that
 * fails, is a defect, told to whoever asked.
 */
export const createPrinter = (options: PrinterOptions = {}): Printer => {
  const turns = createTurns();
  const printApart = async (asked: PrintOrder, size: number): Promise<Printed> => {
    const limitMs = (options.timeLimitMs ?? timeLimitMs)(size);
    const heard = await askOnceApart<PrintOrder, PrintAnswer>(options.program ?? ownProgram, {
      ...movable(asked),
      limitMs,
    });
    if ("answer" in heard) return heard.answer;
    throw "error" in heard ? heard.error : new Error("A document took too long to print.");
  };
  return {
    print: async (order) => {
      const size = sizeOf(order);
      if (size <= (options.apartFromBytes ?? apartFromBytes)) return printOrder(order);
      return turns.take(() => printApart(order, size));
    },
    stop: turns.ended,
  };
};
