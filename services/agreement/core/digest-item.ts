import type { DigestItem, NoticeStep } from "../../../contracts/notices.ts";
import { noticeOfAlarm } from "../../../contracts/notices.ts";
import type { CaseState } from "../../case/case-state.ts";
import { type ClockState, isOpenClock } from "../../case/clock-book.ts";
import { isLate } from "../../case/clock-rules.ts";
import { type NoticeWorld, noticeOf, onOf, stepsOf, withPhone } from "../../case/notice-steps.ts";

const stateOf = (clock: ClockState, now: string): DigestItem["state"] => {
  if (clock.status === "paused") return "waits";
  return clock.breached || isLate(now, clock.due) ? "late" : "soon";
};

/** What a digest keys an item by: a step of a clock. */
const keyOf = (caseId: string, alarmId: string): string => `${caseId}/${alarmId}`;
/** The case and the alarm that a key names. */
export const alarmOfKey = (key: string): { caseId: string; alarmId: string } => {
  const [caseId = "", ...rest] = key.split("/");
  return { caseId, alarmId: rest.join("/") };
};

/** A step of a clock as a digest tells of it at this moment; `undefined`: there is nothing to tell any more. */
export const digestItemOf = (
  state: CaseState,
  { alarmId, organisation }: { alarmId: string; organisation: string },
  world: NoticeWorld,
): DigestItem | undefined => {
  const notice = noticeOfAlarm(alarmId);
  const clock = notice === undefined ? undefined : state.clocks[notice.clockId];
  if (notice === undefined || clock === undefined || !isOpenClock(clock)) return undefined;
  const placed = stepsOf(clock, world)[notice.step];
  if (placed === undefined) return undefined;
  const { step, index } = placed;
  // A start that was corrected may have taken the breach back.
  if (onOf(step) === "breach" && !clock.breached) return undefined;
  const taken: NoticeStep = {
    ...{ step: index, to: step.to, organisation, urgent: step.urgent === true },
    ...{ da: step.da, en: step.en },
  };
  return {
    caseId: state.caseId,
    key: keyOf(state.caseId, alarmId),
    ...noticeOf(clock, world),
    on: onOf(step),
    state: stateOf(clock, world.at),
    step: withPhone(clock, taken, { ...world, readers: [organisation] }),
  };
};
