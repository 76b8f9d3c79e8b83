import { live } from "./live.ts";
import { scriptOf } from "./script.ts";

/** The seeds that one process lives through. */
export type Share = { seeds: readonly string[]; years: number };

/** What is told of one of them. */
export type Told = {
  seed: string;
  steps: number;
  records: number;
  faults: string[];
  counts: Readonly<Record<string, number>>;
};

/** Lives through its share of the seeds, and tells of each. */
export const work = async ({ seeds, years }: Share, tell: (told: Told) => void): Promise<void> => {
  for (const seed of seeds) {
    const { lines: _, ...told } = await live(scriptOf(seed, years));
    tell(told);
    await new Promise((resolve) => setImmediate(resolve));
  }
};
