import { type ErrorCode, Fault } from "../../contracts/errors.ts";
import { ConnectionLost } from "./link.ts";
import { TooLargeToSend } from "./publish.ts";

/** JetStream's "wrong last sequence": somebody else wrote to the case meanwhile. */
const wrongLastSequence = 10071;
/** "maximum bytes exceeded", "insufficient storage": the stream takes no more. */
const full = new Set([10077, 10047, 10023]);
/** "message size exceeds maximum allowed": of the stream. */
const messageTooLarge = 10054;

const apiCode = (error: unknown): number | undefined => {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "number" ? error.code : undefined;
};
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

export const isConflict = (error: unknown): boolean => apiCode(error) === wrongLastSequence;
const mayHaveBeen = (error: unknown): boolean =>
  error instanceof ConnectionLost ? error.asked : nameOf(error) === "TimeoutError";

/**
 * The one place that gives a failed publish its code, by the error's class and never its text. What timed out, or was on its
 * way when the connection went, may have been stored (`ask`); everything else that is not the server's word was surely not.
 * What is larger than the server takes will be so every time: it is parked, and not tried again.
 */
export const journalFault = (error: unknown): Fault => {
  const code = apiCode(error);
  if (code !== undefined && full.has(code)) return new Fault("journal-full", { cause: error });
  if (code === messageTooLarge || error instanceof TooLargeToSend)
    return new Fault("record-too-large", { cause: error });
  if (mayHaveBeen(error)) return new Fault("journal-timeout", { cause: error });
  return new Fault("journal-unavailable", { cause: error });
};

export const busFault = (error: unknown, missing: ErrorCode): Fault => {
  if (error instanceof Fault) return error;
  return new Fault(mayHaveBeen(error) ? "answer-late" : missing, { cause: error });
};
