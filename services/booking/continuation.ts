import type { BookingHandler } from "./handler.ts";
import type { Unfinished } from "./unfinished.ts";

/** What goes on with steps that nobody finished needs from the world. */
export type ContinuationPorts = {
  carryOn: BookingHandler["carryOn"];
  nowMs: () => number;
  log: { warn: (event: string, fields: Record<string, unknown>) => void };
};

/** Whoever answers the booker does the steps itself, within milliseconds: only what is older than this is looked after. */
export const graceMs = 2_000;

/**
 * One look at what is unfinished. A step that a fault stops stays where it is and is tried again at the next look; one that was
 * done meanwhile, here or in another process, is done by its own id.
 * @returns how many were carried on.
 */
export const createContinuation =
  (unfinished: Unfinished, ports: ContinuationPorts) => async (): Promise<number> => {
    let carried = 0;
    for (const { step, record } of unfinished.dueBy(ports.nowMs() - graceMs)) {
      try {
        await ports.carryOn(step, record);
        unfinished.done(step.id);
        carried += 1;
      } catch (error) {
        ports.log.warn("a booking waits", { caseId: record.caseId, error });
      }
    }
    return carried;
  };
