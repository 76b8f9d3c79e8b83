import { type ErrorCode, Fault } from "../../contracts/errors.ts";

/** A reading that failed: why, and how many of it have failed so that it counts. */
type Failed = { error: unknown; tries: number; counted: number };

const leastRestMs = 1_000;
const mostRestMs = 60_000;
/** What waits for something that is away is to go on soon after that is back. */
const mostWaitMs = 10_000;
/** A few times at once, for most that fails is over in a moment; then more and more seldom. */
const sameRests = 3;
const mostTries = { alone: 10, crowded: 3 } as const;

/** Nobody answered in time: that says nothing of the document either. */
const late: ReadonlySet<ErrorCode> = new Set(["journal-timeout", "answer-late"]);

const saysAway = (error: unknown): boolean =>
  error instanceof Fault && (error.fate === "retry" || late.has(error.code));

/**
 * Whether a failure tells anything about the document: not while something that the hub stands on was away, nor when the error
 * itself says that something is. `wasAway`: since the reading began.
 */
export const counts = (error: unknown, wasAway: boolean): boolean => !wasAway && !saysAway(error);

const restMs = (tries: number, most: number): number =>
  Math.min(most, leastRestMs * 2 ** Math.max(0, tries - sameRests));

/**
 * What becomes of a document that a reader failed on. `aside`: it is a dead letter now, for a person to read again; else how
 * long it rests. Waiting for what is away makes no dead letter, however long it lasts. `crowded`: documents that rest take so many
 * places that others may have to wait for them.
 */
export const afterFailure = (
  { error, tries, counted }: Failed,
  crowded: boolean,
): "aside" | { restMs: number } => {
  if (counted >= mostTries[crowded ? "crowded" : "alone"]) return "aside";
  return { restMs: saysAway(error) ? restMs(tries, mostWaitMs) : restMs(tries, mostRestMs) };
};

/** The code that a dead letter says. */
export const codeOfFailure = (error: unknown): string =>
  error instanceof Fault ? error.code : "internal-error";
