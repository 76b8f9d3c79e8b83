import type { ExplainedClock } from "../../../contracts/messages/explained-clock.ts";
import type { Language } from "../../case/clock/explain.ts";
import type { Clock } from "../../case/clock/trace.ts";
import type { ExplainedClock as Explained } from "./explain-clock.ts";

const endOf = ({ stoppedAt, stoppedInTime, lateMinutes }: Clock): Partial<ExplainedClock> => ({
  ...(stoppedAt === undefined ? {} : { stoppedAt }),
  ...(stoppedInTime === undefined ? {} : { inTime: stoppedInTime }),
  ...(lateMinutes === undefined ? {} : { lateMinutes }),
});

/** What is told of a clock to its parties, data and words. */
export const toldClock = (
  { recorded, clock, agrees, words }: Explained,
  { caseId, language }: { caseId: string; language: Language },
): ExplainedClock => {
  const { clockId, agreement, agreementVersion, debtor, creditor, about } = recorded;
  const { status, warnAt, pausedMinutes, trace } = clock;
  return {
    caseId,
    clockId,
    ...{ agreement, agreementVersion, debtor, creditor, status, warnAt, pausedMinutes, agrees },
    ...(about === undefined ? {} : { about }),
    started: clock.started ?? recorded.startedAt,
    due: clock.due ?? recorded.due,
    recordedDue: recorded.due,
    ...endOf(clock),
    steps: trace.steps.map((step) => ({ ...step })),
    days: trace.days.map((day) => ({ ...day })),
    words: words(language),
  };
};
