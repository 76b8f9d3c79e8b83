/** A further measurement, a call, and the doctor's plan on its way back to the team. */
import type { Plan } from "../../../contracts/messages/observation-parts.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import { refuse } from "../../case/decision.ts";
import { type Acting, type CommandOf, refuseAll, schemeGone } from "./acting.ts";
import { type Draft, decided, draftOf, noting, type ObservationDecision, schemeIn } from "./draft.ts";
import { refollowed, refuseUncounted, takenBack } from "./end.ts";
import { measurementProblems, takeMeasurement } from "./measure.ts";
import { counting, questionOf } from "./state.ts";

/** What was owed by a measurement that another stands instead of is owed no more: the other owes its own. */
const freed = ({ draft, repeats }: { draft: Draft; repeats: boolean }): Draft =>
  repeats && draft.state.repeat?.owed === true
    ? noting(draft, { type: "RepeatDropped", reason: "retracted" })
    : draft;

export const measure = ({ state, command, context }: Acting<"observation.measure">): ObservationDecision => {
  const { measurement, attachments, replaces } = command.payload;
  const scheme = schemeIn(state);
  if (scheme === undefined) return schemeGone();
  const input = { measurement, scheme, context, attachments, replaces: replaces?.measurement };
  const problems = measurementProblems(input);
  if (problems.length > 0) return refuseAll("measurement-invalid", problems);
  if (replaces === undefined) return decided(state, takeMeasurement(draftOf(state), input), context);
  const taken = takenBack(state, replaces, context);
  if (taken === undefined) return refuseUncounted("replaces.measurement");
  const before = freed(taken);
  const after = takeMeasurement(before, input);
  // Without a total it owes no repeat: the last that has one does again, as when a measurement is only taken back.
  const isComplete = after.facts.some(({ type }) => type === "Measured");
  return decided(state, isComplete ? after : refollowed(after, taken.repeats, context), context);
};

export const recordCall = ({
  state,
  command,
  context,
}: Acting<"observation.recordCall">): ObservationDecision => {
  const { call } = command.payload;
  return decided(state, noting(draftOf(state), { type: "CallRecorded", by: context.actor, call }), context);
};

/** A plan for an acute team becomes a referral to it, with what was measured: that is to pass it on. */
const refuseSharing = (): ObservationDecision =>
  refuse(
    "sharing-refused",
    "plan.kind",
    "The citizen refuses that this is passed on. With the citizen's consent, refer to the acute team yourself.",
  );

const planProblems = (plan: Plan, now: string): Problem[] => [
  ...(plan.validUntil > now
    ? []
    : [problem("plan.validUntil", "valid-until-past", "A plan is valid until a time to come.")]),
  ...(plan.kind !== "acute-team" || plan.responsible.until > now
    ? []
    : [problem("plan.responsible.until", "valid-until-past", "Name who is responsible from now on.")]),
];

/** Worth a look, and no reason to keep a plan from the citizen. */
const planWarnings = ({ plan, call }: CommandOf<"observation.makePlan">["payload"]): Problem[] => [
  ...(plan.kind === "acute-team" && call === undefined
    ? [
        warning(
          "call",
          "call-missing",
          "An acute team is always asked by phone first (MedCom HCO §3): phone, and register the call.",
        ),
      ]
    : []),
  ...(plan.kind === "prescription" && !plan.inFmk
    ? [warning("plan.inFmk", "fmk-not-updated", "The team gives what FMK says: order it there.")]
    : []),
];

export const makePlan = ({
  state,
  command,
  context,
}: Acting<"observation.makePlan">): ObservationDecision => {
  const { plan, call } = command.payload;
  const problems = planProblems(plan, context.now);
  if (problems.length > 0) return refuseAll("valid-until-past", problems);
  if (state.restricted && plan.kind === "acute-team") return refuseSharing();
  const last = counting(state).at(-1);
  const tier = questionOf(state)?.tier ?? last?.score.tier;
  const { patient, practice, team, municipalityCode } = state;
  const draft = noting(draftOf(state), {
    type: "PlanMade",
    by: context.actor,
    plan,
    ...(call === undefined ? {} : { call }),
    patient,
    practice,
    team,
    municipalityCode,
    ...(last === undefined ? {} : { measurement: last.no, score: last.score }),
    ...(tier === undefined ? {} : { tier }),
  });
  return decided(state, { ...draft, warnings: planWarnings(command.payload) }, context);
};

export const acknowledge = ({
  state,
  command,
  context,
}: Acting<"observation.acknowledgePlan">): ObservationDecision => {
  const { by: person, readBack } = command.payload;
  const draft = noting(draftOf(state), {
    type: "PlanAcknowledged",
    by: context.actor,
    person,
    ...(readBack === undefined ? {} : { readBack }),
  });
  return decided(state, draft, context);
};
