import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { endId, reminderId } from "./promises.ts";
import { responsibleUntil, type Stay } from "./state.ts";

type Answering = CommandOf<
  "discharge.extendResponsibility" | "discharge.suspendResponsibility" | "discharge.resumeResponsibility"
>;

const extend = (
  stay: Stay,
  { payload }: CommandOf<"discharge.extendResponsibility">,
  { context, until }: { context: DecisionContext; until: string },
): DischargeDecision =>
  payload.until > until
    ? conclude(
        stay,
        [{ type: "ResponsibilityExtended", by: context.actor, until: payload.until, reason: payload.reason }],
        { context },
      )
    : refuse("wrong-state", "until", "The hospital is responsible until then already.");

const isCalledOut = (stay: Stay): boolean => stay.suspensions.some(({ to }) => to === undefined);

/** What the hospital's responsibility is in the way of as it is at a time, whatever is said of it. */
export const responsibilityStop = (stay: Stay, type: string, now: string): Decision<never> | undefined => {
  const until = responsibleUntil(stay);
  if (until === undefined || now >= until)
    return refuse(
      "wrong-state",
      "caseId",
      "The hospital has no extended responsibility for this patient now.",
    );
  if (type === "discharge.suspendResponsibility" && isCalledOut(stay))
    return refuse("wrong-state", "caseId", "A call-out is on already.");
  return type === "discharge.resumeResponsibility" && !isCalledOut(stay)
    ? refuse("wrong-state", "caseId", "No call-out is on.")
    : undefined;
};

const suspend = (
  stay: Stay,
  { payload }: CommandOf<"discharge.suspendResponsibility">,
  { context, until }: { context: DecisionContext; until: string },
): DischargeDecision => {
  const { calledAt } = payload;
  const from = stay.responsibility?.from ?? until;
  if (calledAt < from || calledAt >= until)
    return refuse("wrong-state", "calledAt", "The hospital was not responsible then.");
  return conclude(stay, [{ type: "ResponsibilitySuspended", by: context.actor, calledAt }], { context });
};

const resume = (
  stay: Stay,
  { payload }: CommandOf<"discharge.resumeResponsibility">,
  context: DecisionContext,
): DischargeDecision => {
  const { endedAt } = payload;
  const open = stay.suspensions.find(({ to }) => to === undefined);
  if (open === undefined) return refuse("wrong-state", "caseId", "No call-out is on.");
  if (endedAt < open.from)
    return refuse("wrong-state", "endedAt", "The call-out cannot end before it began.");
  return conclude(stay, [{ type: "ResponsibilityResumed", by: context.actor, endedAt }], { context });
};

/** What is done to the hospital's extended responsibility while it lasts. */
export const answerFor = (stay: Stay, command: Answering, context: DecisionContext): DischargeDecision => {
  const stop = responsibilityStop(stay, command.type, context.now);
  if (stop !== undefined) return stop;
  const until = responsibleUntil(stay) ?? context.now;
  switch (command.type) {
    case "discharge.extendResponsibility":
      return extend(stay, command, { context, until });
    case "discharge.suspendResponsibility":
      return suspend(stay, command, { context, until });
    case "discharge.resumeResponsibility":
      return resume(stay, command, context);
  }
};

/** An alarm of the stay rang, and the kernel has found that it is set and due. */
export const ring = (
  stay: Stay,
  { payload }: CommandOf<"discharge.ring">,
  context: DecisionContext,
): DischargeDecision => {
  const until = responsibleUntil(stay);
  if (until === undefined) return { kind: "ignore", reason: "no-responsibility" };
  if (payload.alarmId === endId && context.now >= until && stay.returnedAt !== until)
    return conclude(stay, [{ type: "ResponsibilityReturned", at: until }], { context });
  if (payload.alarmId === reminderId && context.now < until && stay.remindedOf !== until)
    return conclude(stay, [{ type: "ResponsibilityEnding", until }], { context });
  return { kind: "ignore", reason: "told-before" };
};
