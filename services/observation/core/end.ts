/** What takes an episode, a question or a measurement out of force. */
import type { ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import { tierOf } from "../../../contracts/score.ts";
import type { DecisionContext } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import type { Acting } from "./acting.ts";
import {
  closingAlarm,
  type Draft,
  decided,
  draftOf,
  noting,
  type ObservationDecision,
  schemeIn,
} from "./draft.ts";
import { follow, moveQuestion } from "./follow.ts";
import { counting, lastComplete, type OpenEpisode, questionOf } from "./state.ts";

const droppedOf = (state: OpenEpisode, reason: "retracted" | "terminal" | "ended"): ObservationFact[] => {
  const question = questionOf(state);
  return question === undefined ? [] : [{ type: "QuestionDropped", doctor: question.doctor, reason }];
};

/** Ends every promise of the episode: nobody owes anything any more, and everybody is told by which fact. */
export const ending = (
  { state, context }: { state: OpenEpisode; context: DecisionContext },
  reason: "terminal" | "ended",
  fact: ObservationFact,
): ObservationDecision => ({
  ...decided(state, [fact, ...droppedOf(state, reason)].reduce(noting, draftOf(state)), context),
  cancelClocks: reason,
});

/**
 * What the measurements that still count lead to. `repeats`: the last complete one was taken back, so the one before it asks
 * again for its repeat, from now.
 */
export const refollowed = (draft: Draft, repeats: boolean, context: DecisionContext): Draft => {
  const wasOwed = repeats && draft.state.repeat?.owed === true;
  const dropped = wasOwed ? noting(draft, { type: "RepeatDropped", reason: "retracted" }) : draft;
  const { state } = dropped;
  const [complete, last] = [lastComplete(state), counting(state).at(-1)];
  const repeated =
    repeats && complete !== undefined
      ? follow(dropped, complete, { context, repeatFrom: context.now })
      : dropped;
  return last === undefined ? repeated : follow(repeated, last, { context });
};

/** The measurement is out of force, and so is the question that it put. `repeats`: the repeat was owed by it. */
export const takenBack = (
  state: OpenEpisode,
  { measurement, reason }: { measurement: number; reason: string },
  { actor }: DecisionContext,
): { draft: Draft; repeats: boolean } | undefined => {
  const found = counting(state).find(({ no }) => no === measurement);
  if (found === undefined) return undefined;
  const { performer } = found;
  const repeats = lastComplete(state)?.no === measurement;
  const fact: ObservationFact = {
    type: "MeasurementRetracted",
    by: actor,
    measurement,
    reason,
    ...(performer === undefined ? {} : { performer }),
  };
  const retracted = noting(draftOf(state), fact);
  const wasAsked = questionOf(state)?.measurement === measurement;
  return { draft: wasAsked ? droppedOf(state, "retracted").reduce(noting, retracted) : retracted, repeats };
};

export const refuseUncounted = (path: string): ObservationDecision =>
  refuse("measurement-unknown", path, "No measurement of this number counts any more.");

export const retract = ({ state, command, context }: Acting<"observation.retract">): ObservationDecision => {
  const { measurement, reason } = command.payload;
  const taken = takenBack(state, { measurement, reason }, context);
  if (taken === undefined) return refuseUncounted("measurement");
  return decided(state, refollowed(taken.draft, taken.repeats, context), context);
};

export const close = (acting: Acting<"observation.close">): ObservationDecision => {
  const { outcome, note } = acting.command.payload;
  return ending(acting, "ended", {
    type: "EpisodeClosed",
    by: acting.context.actor,
    outcome,
    ...(note === undefined ? {} : { note }),
  });
};

/** The doctor who was asked has closed: another has the question, unless the directory says by now that it has not closed. */
export const ring = (state: OpenEpisode, alarmId: string, context: DecisionContext): ObservationDecision => {
  const question = questionOf(state);
  if (alarmId !== closingAlarm || question === undefined) return { kind: "ignore", reason: "not-asked" };
  const taken = state.taken.find(({ no }) => no === question.measurement);
  const scheme = schemeIn(state);
  const tier = scheme === undefined ? undefined : tierOf(scheme, question.tier);
  if (taken === undefined || tier === undefined) return { kind: "ignore", reason: "not-asked" };
  const moved = moveQuestion(draftOf(state), taken, { context, tier });
  if (!("staysUntil" in moved)) return decided(state, moved, context);
  const at = moved.staysUntil;
  return at === undefined
    ? { kind: "ignore", reason: "nobody-else" }
    : { kind: "record", facts: [], tell: [], alarms: [{ change: "set", alarmId, at }] };
};
