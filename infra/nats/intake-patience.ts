import { Fault } from "../../contracts/errors.ts";

/** A reading that failed: why, and the how manieth it was. */
type Failed = { error: unknown; tries: number };

const leastRestMs = 1_000;
const mostRestMs = 60_000;
/** A few times at once, for most that fails is over in a moment; then more and more seldom. */
const sameRests = 3;

/**
 * What is not there may come back, so whatever fails for that is tried for ever: unless such documents take the places of others. Then for
 * longer than the servers need to elect a leader (half a minute in all). All else is most likely the document's own.
 */
const mostTries = (error: unknown, crowded: boolean): number => {
  if (!(error instanceof Fault)) return crowded ? 3 : 10;
  if (crowded) return 8;
  return error.fate === "retry" ? Number.POSITIVE_INFINITY : 10;
};

/**
 * What becomes of a document that a reader failed on. `aside`: it is a dead letter now, for a person to read again; else how
 * long it rests. `crowded`: documents that rest take so many places that others may have to wait for them.
 */
export const afterFailure = ({ error, tries }: Failed, crowded: boolean): "aside" | { restMs: number } => {
  if (tries >= mostTries(error, crowded)) return "aside";
  return { restMs: Math.min(mostRestMs, leastRestMs * 2 ** Math.max(0, tries - sameRests)) };
};

/** The code that a dead letter says. */
export const codeOfFailure = (error: unknown): string =>
  error instanceof Fault ? error.code : "internal-error";
