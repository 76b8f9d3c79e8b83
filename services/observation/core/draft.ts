import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import type { ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import type { Decision, Owing, Telling } from "../../case/decision.ts";
import { evolve, type OpenEpisode, questionOf } from "./state.ts";

export type ObservationDecision = Decision<ObservationFact>;
type Recorded = Extract<ObservationDecision, { kind: "record" }>;

/** A decision in the making: the episode as it would be after the facts so far. */
export type Draft = {
  state: OpenEpisode;
  facts: readonly ObservationFact[];
  owing: readonly Owing[];
  warnings: readonly Problem[];
  /** When the doctor that was asked now closes. Present: the alarm is set or cleared by it. */
  closes?: { at: string | undefined };
};

export const draftOf = (state: OpenEpisode): Draft => ({ state, facts: [], owing: [], warnings: [] });

/** The draft with one more fact. A fact never takes an episode back to where it was not opened. */
export const noting = (draft: Draft, fact: ObservationFact): Draft => {
  const state = evolve(draft.state, fact);
  return state.status === "none" ? draft : { ...draft, state, facts: [...draft.facts, fact] };
};

/** The scheme that an episode is scored by. */
export const schemeIn = ({ scheme }: Pick<OpenEpisode, "scheme">): ScoreScheme | undefined =>
  schemeOf(scoreSchemes, scheme);

/** The matter of the family's agreements. */
export const owingKind = "score";

/** When it rings, the practice that was asked has closed. */
export const closingAlarm = "doctor-closes";

const alarmsOf = ({ state, closes }: Draft, { common }: DecisionContext): AlarmChange[] => {
  if (closes?.at !== undefined && state.status === "awaitingDoctor")
    return [{ change: "set", alarmId: closingAlarm, at: closes.at }];
  const isOver = closes !== undefined || state.status !== "awaitingDoctor";
  return isOver && Object.hasOwn(common.alarms, closingAlarm)
    ? [{ change: "cleared", alarmId: closingAlarm }]
    : [];
};

const mainFact = (facts: readonly ObservationFact[]): number =>
  Math.max(
    0,
    facts.findIndex(({ type }) => type === "Measured" || type === "PartlyMeasured"),
  );

/** Everybody whom the episode concerns: the team, the practice, the doctor asked before and after, and who planned. */
const concerned = (before: OpenEpisode, after: OpenEpisode): string[] => {
  const doctors = [questionOf(before)?.doctor, questionOf(after)?.doctor, after.plan?.by];
  return [
    ...new Set([after.team, after.practice, ...doctors.flatMap((gln) => (gln === undefined ? [] : [gln]))]),
  ];
};

/**
 * Who must be told, once each: a doctor who is asked, and a team that did not ask itself, of the question, which holds all of
 * it; everybody else of what happened.
 */
const tellingsOf = (before: OpenEpisode, { facts, state }: Draft, actor: string): Telling[] => {
  const from = actor === hubActor ? state.team : actor;
  const question = facts.findIndex(({ type }) => type === "DoctorAsked");
  const doctor = questionOf(state)?.doctor;
  const hears = (gln: string): boolean => question >= 0 && (gln === doctor || gln === state.team);
  return concerned(before, state)
    .filter((to) => to !== actor)
    .map((to) => ({ to, from, fact: hears(to) ? question : mainFact(facts) }));
};

/** When a measurement was made, which may be told of later: the repeat that it is was made then. */
const measuring = ({ facts }: Draft): Pick<Recorded, "happenedAt"> => {
  const measured = facts.find((fact) => fact.type === "Measured");
  return measured === undefined ? {} : { happenedAt: measured.measuredAt };
};

/** The decision that a draft has become. `before`: the episode as it was. */
export const decided = (before: OpenEpisode, draft: Draft, context: DecisionContext): Recorded => {
  const { state, facts, owing, warnings } = draft;
  const alarms = alarmsOf(draft, context);
  const parties = [state.team, state.practice, ...state.doctors].filter(
    (gln) => !context.common.parties.includes(gln),
  );
  return {
    kind: "record",
    facts: [...facts],
    tell: tellingsOf(before, draft, context.actor),
    ...(parties.length === 0 ? {} : { parties: [...new Set(parties)] }),
    ...(owing.length === 0 ? {} : { owing }),
    ...measuring(draft),
    ...(alarms.length === 0 ? {} : { alarms }),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
};
