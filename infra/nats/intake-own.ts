import { intakeOf } from "../../contracts/subjects.ts";
import { fits } from "./follow.ts";
import type { OwnWrites, Written } from "./own-writes.ts";

/** Documents that this process kept itself, from the moment that they are on disk until the server hands them back. */
export type OwnDocuments = {
  /** How many the server has still to hand back. */
  size: () => number;
  /**
   * The server handed this one back, as the next of its stream. @returns whether it was settled here; `false`: it was not, or
   * it is not one of these
   */
  handedBack: (seq: number) => Promise<boolean>;
  /** Takes no more. */
  stop: () => void;
  /** Resolves when none is being read. */
  settled: () => Promise<unknown>;
};

type Options = {
  stream: string;
  standard: string;
  /** So many are read here at once; more are left to the server, which keeps them. */
  most: number;
  read: (written: Written) => Promise<void>;
};

/** A document is handed back within this time of the answer that it is kept, or before it. */
const toldWithinMs = 100;

/**
 * Reads what this process kept as soon as it is on disk, so that its answer need not wait for the server to hand it back. It is
 * acknowledged when that happens, later and with others: whatever dies meanwhile, it is handed out again.
 */
export const readOwn = (own: OwnWrites, { stream, standard, most, read }: Options): OwnDocuments => {
  const settled = new Map<number, Promise<boolean>>();
  const isWanted = fits(intakeOf(standard));
  let [reading, newest] = [0, 0];
  const begin = async (written: Written): Promise<boolean> => {
    reading += 1;
    try {
      await read(written);
      return true;
    } catch {
      // It is read once more when it is handed back, and what becomes of it then is told there.
      return false;
    } finally {
      reading -= 1;
    }
  };
  const stop = own.hear(stream, (written) => {
    if (written.seq > newest && reading < most && isWanted(written.subject))
      settled.set(written.seq, begin(written));
  });
  return {
    size: () => settled.size,
    handedBack: async (seq) => {
      if (seq > newest && !settled.has(seq))
        await new Promise((resolve) => setTimeout(resolve, toldWithinMs));
      const found = settled.get(seq);
      settled.delete(seq);
      newest = Math.max(newest, seq);
      return found ?? false;
    },
    stop,
    settled: () => Promise.all(settled.values()),
  };
};
