import { fireClock } from "../../case/clock-book.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";

/** A timer rang for a clock. The journal decides whether it still means anything. */
export type FireCommand = { type: "fire"; clockId: string };

const decide = (
  _state: undefined,
  { clockId }: FireCommand,
  { common, now }: DecisionContext,
): Decision<never> => {
  const clock = common.clocks[clockId];
  const change = clock === undefined ? undefined : fireClock(clock, now);
  return change === undefined
    ? { kind: "ignore", reason: "not-due" }
    : { kind: "record", facts: [], tell: [], clocks: [change] };
};

/** Warnings and breaches of any case: each once, because what was fired is in the record that the next decision reads. */
export const agreementCore: Core<undefined, FireCommand, never> = {
  initial: undefined,
  // It reads no facts: what it decides on is what all cases share.
  adopts: (_fact): _fact is never => false,
  evolve: (state) => state,
  decide,
};
