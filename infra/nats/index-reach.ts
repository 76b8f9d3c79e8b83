import { setTimeout as sleep } from "node:timers/promises";
import { shardOf } from "../../contracts/derived-ids.ts";
import { Fault } from "../../contracts/errors.ts";
import type { Platform } from "../platform.ts";
import { journalStreams, streamIndexOf } from "./streams.ts";

const lookMs = 10;

/** Looks until the index holds a message of the journal. @returns whether it does by then */
const indexReaches = async (
  { projections }: Pick<Platform, "projections">,
  { stream, seq }: { stream: string; seq: number },
  untilMs: number,
): Promise<boolean> => {
  while ((await projections.position(stream)) < seq) {
    if (performance.now() > untilMs) return false;
    await sleep(lookMs);
  }
  return true;
};

/** Waits for an index to hold a record. `unknown`: there is no such record. */
export type Reached = (written: {
  caseId: string;
  recordNo: number;
}) => Promise<"reached" | "behind" | "unknown">;

/** Looks until an index holds a record: whoever wrote it must find it in the list that it asks for next. */
export const createReached =
  (
    { journal, layout }: Pick<Platform, "journal" | "layout">,
    projections: Platform["projections"],
    withinMs: number,
  ): Reached =>
  async ({ caseId, recordNo }) => {
    const written = (await journal.load(caseId)).find(({ record }) => record.meta.no === recordNo);
    const stream = journalStreams(layout)[streamIndexOf(shardOf(caseId), layout)]?.name;
    if (written === undefined || stream === undefined) return "unknown";
    const place = { stream, seq: written.seq };
    return (await indexReaches({ projections }, place, performance.now() + withinMs)) ? "reached" : "behind";
  };

/** Waits until the index holds all that the journal holds now. @throws Fault `index-unavailable` when it takes longer than `withinMs` */
export const indexCaughtUp = async (
  { jsm, layout, projections }: Pick<Platform, "jsm" | "layout" | "projections">,
  withinMs: number,
): Promise<void> => {
  const untilMs = performance.now() + withinMs;
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
