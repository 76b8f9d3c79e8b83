import { setTimeout as sleep } from "node:timers/promises";
import type { CountingProjector } from "./projector.ts";

type Followed = Parameters<CountingProjector["apply"]>[1][number];

/** Runs of one stream, gathered so that each is worth its round trips: figures need not be of this very second. */
export type Gathering = {
  /** @throws what the count of an earlier run threw: nothing after it was counted, and the follower begins again */
  apply: (batch: readonly Followed[]) => Promise<void>;
  /** Where the count stands; what was gathered after that is forgotten. */
  position: () => Promise<number>;
  /** Whether a run could not be counted and nobody was told yet. */
  lost: () => boolean;
};

/** What is held at most: then it is counted at once, and whoever follows waits for that. */
const mostHeld = 1_000;

export const gathering = (
  stream: string,
  { apply, position }: CountingProjector,
  restMs: number,
): Gathering => {
  let held: Followed[] = [];
  let resting = false;
  let failure: { error: unknown } | undefined;
  let counted = Promise.resolve();
  const count = async (): Promise<void> => {
    const run = held.splice(0);
    if (failure === undefined && run.length > 0) await apply(stream, run);
  };
  const inTurn = (): Promise<void> => {
    counted = counted.then(count).catch((error: unknown) => {
      failure = { error };
    });
    return counted;
  };
  const later = async (): Promise<void> => {
    resting = true;
    await sleep(restMs);
    resting = false;
    await inTurn();
  };
  return {
    apply: async (batch) => {
      if (failure !== undefined) throw failure.error;
      held.push(...batch);
      if (held.length >= mostHeld) await inTurn();
      else if (!resting) void later();
    },
    position: async () => {
      await counted;
      [held, failure] = [[], undefined];
      return position(stream);
    },
    lost: () => failure !== undefined,
  };
};
