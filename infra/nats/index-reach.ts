import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../contracts/errors.ts";
import type { Platform } from "../platform.ts";
import { journalStreams } from "./streams.ts";

const lookMs = 10;

/** Looks until the index holds a message of the journal. @returns whether it does by then */
export const indexReaches = async (
  { projections }: Pick<Platform, "projections">,
  { stream, seq }: { stream: string; seq: number },
  untilMs: number,
): Promise<boolean> => {
  while ((await projections.position(stream)) < seq) {
    if (Date.now() > untilMs) return false;
    await sleep(lookMs);
  }
  return true;
};

/** Waits until the index holds all that the journal holds now. @throws Fault `index-unavailable` when it takes longer than `withinMs` */
export const indexCaughtUp = async (
  { jsm, layout, projections }: Pick<Platform, "jsm" | "layout" | "projections">,
  withinMs: number,
): Promise<void> => {
  const untilMs = Date.now() + withinMs;
  const ends = await Promise.all(
    journalStreams(layout).map(async ({ name: stream }) => {
      return { stream, seq: (await jsm.streams.info(stream)).state.last_seq };
    }),
  );
  for (const end of ends)
    if (!(await indexReaches({ projections }, end, untilMs))) throw new Fault("index-unavailable");
};

/** How many records of the journal the index does not hold yet. */
export const indexLag = async ({
  jsm,
  layout,
  projections,
}: Pick<Platform, "jsm" | "layout" | "projections">): Promise<number> => {
  const lags = await Promise.all(
    journalStreams(layout).map(async ({ name }) => {
      const position = await projections.position(name);
      return (await jsm.streams.info(name)).state.last_seq - position;
    }),
  );
  return lags.reduce((sum, lag) => sum + lag, 0);
};
