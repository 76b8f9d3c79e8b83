/** Whether the steps of an agreement, by which people are told, can be taken. */
import { type EscalationStep, isClock } from "../../../../contracts/agreement.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import { at, type Placed } from "./placed.ts";

const isBreach = ({ on = "breach" }: EscalationStep): boolean => on === "breach";

/** When a step is taken and whom it tells. */
const momentOf = ({ to, on = "breach", after }: EscalationStep): string => JSON.stringify([to, on, after]);

const stepProblems = (placed: Placed, steps: readonly EscalationStep[], i: number): AgreementProblem[] => {
  const step = steps[i];
  if (step === undefined) return [];
  const place = (field: string): ReturnType<typeof at> => at(placed, `escalation.${String(i)}.${field}`);
  const { to, after } = step;
  const countable = after === undefined || after.kind === "elapsed" || after.kind === "workingDays";
  const twice = steps.findIndex((other) => momentOf(other) === momentOf(step)) < i;
  return [
    ...(after !== undefined && !isBreach(step) ? [agreementProblem(place("after"), "after-warning")] : []),
    ...(countable ? [] : [agreementProblem(place("after"), "after-not-countable", { limit: after.kind })]),
    ...(twice ? [agreementProblem(place("to"), "step-twice", { to })] : []),
  ];
};

export const escalationProblems = (placed: Placed): AgreementProblem[] => {
  const { entry } = placed;
  if (!isClock(entry)) return [];
  const { escalation } = entry;
  return [
    ...escalation.flatMap((_step, i) => stepProblems(placed, escalation, i)),
    ...(escalation.some(isBreach) ? [] : [agreementProblem(at(placed, "escalation"), "nobody-told")]),
  ];
};
