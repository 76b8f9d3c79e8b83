import { askOnceApart } from "./once-apart.ts";
import { createTurns } from "./turns.ts";

/** What a gateway can do: print here, tell how large an order is, and give what it holds to a thread of this program. */
export type Printing<Order, Printed> = {
  here: (order: Order) => Printed;
  /** Bytes of attachments and of text. */
  sizeOf: (order: Order) => number;
  /** The order with its attachments in memory of their own, and that memory. */
  movable: (order: Order) => { order: Order; transfer: ArrayBuffer[] };
  program: URL;
};

export type LargePrinterOptions = {
  /** Orders of more bytes than this are printed in a thread of their own. */
  apartFromBytes?: number;
  /** How long so many bytes may take, in milliseconds; longer is a defect. */
  timeLimitMs?: (bytes: number) => number;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

export type LargePrinter<Order, Printed> = {
  /** What an order is printed as. Its attachments are taken: afterwards they may be gone. */
  print: (order: Order) => Promise<Printed>;
  stop: () => Promise<void>;
};

/** The densest text of this size takes 6 ms in an envelope, attachments 3; a thread takes a tenth of a second to start. */
const usualApartFromBytes = 256 * 1024;
/** 100 MB take about a second. */
const usualTimeLimitMs = (bytes: number): number => 10_000 + bytes / 1_000;

/**
 * Prints documents: small ones here, at once, and large ones in a thread, one after another, so that nobody else waits for
 * them. There is nothing in a document of ours that could take too long or too much memory: a thread that does, or that
 * fails, is a defect, told to whoever asked.
 */
export const createLargePrinter = <Order, Printed>(
  { here, sizeOf, movable, program: usual }: Printing<Order, Printed>,
  {
    apartFromBytes = usualApartFromBytes,
    timeLimitMs = usualTimeLimitMs,
    program = usual,
  }: LargePrinterOptions,
): LargePrinter<Order, Printed> => {
  const turns = createTurns();
  const printApart = async (asked: Order, size: number): Promise<Printed> => {
    const limitMs = timeLimitMs(size);
    const heard = await askOnceApart<Order, Printed>(program, { ...movable(asked), limitMs });
    if ("answer" in heard) return heard.answer;
    throw "error" in heard ? heard.error : new Error("A document took too long to print.");
  };
  return {
    print: async (order) => {
      const size = sizeOf(order);
      return size <= apartFromBytes ? here(order) : turns.take(() => printApart(order, size));
    },
    stop: turns.ended,
  };
};
