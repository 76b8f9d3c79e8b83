import type { NoticeFact } from "../../../contracts/notices.ts";
import { isOpenClock } from "../../case/clock-book.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";

/** The time of a step has come. `gathered`: it was not urgent, and is in that digest. */
export type RingCommand = {
  type: "ring";
  clockId: string;
  step: number;
  gathered?: { organisation: string; digestCaseId: string } | undefined;
};
export type Gathered = Extract<NoticeFact, { type: "NoticeGathered" }>;

/** Tells of a step while the answer is still owed. That it is told once the alarm takes care of: it is cleared with the record. */
export const ringStep = (
  { clockId, step, gathered }: RingCommand,
  { common }: DecisionContext,
): Decision<Gathered> => {
  const clock = common.clocks[clockId];
  if (clock === undefined || !isOpenClock(clock)) return { kind: "ignore", reason: "settled" };
  if (gathered !== undefined)
    return {
      kind: "record",
      facts: [{ type: "NoticeGathered", clockId, step, ...gathered }],
      tell: [],
    };
  return { kind: "record", facts: [], tell: [], escalate: [{ clockId, step }] };
};
