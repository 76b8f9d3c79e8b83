import type { FactOf, ObservationFact, Trend } from "../../../contracts/messages/observation-facts.ts";
import type { Adjustment, Isbar, Person, Plan } from "../../../contracts/messages/observation-parts.ts";
import type { Patient } from "../../../contracts/party.ts";
import type { Score } from "../../../contracts/score-result.ts";

/** A measurement that counts, or that was retracted and does not. */
export type Taken = {
  no: number;
  measuredAt: string;
  score: Score;
  trend?: Trend | undefined;
  isbar?: Isbar | undefined;
  performer?: Person | undefined;
  retracted: boolean;
};

/** What a doctor owes a plan for. `called`: somebody answered the phone since it was put. */
export type Question = {
  doctor: string;
  measurement: number;
  tier: string;
  phoneFirst: boolean;
  called: boolean;
};

/** The repeat that was last owed, kept to count repeats in one tier. `owed`: it still is. */
type Repeat = { tier: string; left?: number | undefined; owed: boolean };

/** What is true of every episode once it is opened. */
export type Episode = {
  patient: Patient;
  /** GLN of who measures, of the citizen's practice, and of everybody who has been asked for a plan. */
  team: string;
  practice: string;
  doctors: readonly string[];
  municipalityCode: string;
  scheme: { id: string; version: number };
  restricted: boolean;
  relatesTo: readonly string[];
  taken: readonly Taken[];
  repeat?: Repeat | undefined;
  /** The last plan, who made it, and the tier that it was made for. */
  plan?: { by: string; plan: Plan; tier?: string | undefined } | undefined;
  adjustment?: Adjustment | undefined;
};

/**
 * Where an episode stands.
 * - `none`: not opened. Left by `EpisodeOpened`.
 * - `observing`: the team measures; no doctor owes anything. Set by `EpisodeOpened`, `PlanAcknowledged`, `ScoringOrdered`, and
 *   by `QuestionDropped` when no other question follows.
 * - `awaitingDoctor`: a doctor owes a plan; the clock runs. Set by `DoctorAsked`. Left by `PlanMade`, `QuestionDropped`.
 * - `planned`: the team is to read the plan. Set by `PlanMade`. Left by `PlanAcknowledged`, and by `DoctorAsked` when the
 *   citizen gets worse than the plan was made for.
 * - `terminal`: no score is asked for, and nothing is due. Set by `TerminalDeclared`. Left by `ScoringOrdered`.
 * - `closed`: ended for good. Set by `EpisodeClosed`; a new episode names this one in `relatesTo`.
 */
export type ObservationState =
  | { status: "none" }
  | ({ status: "awaitingDoctor"; question: Question } & Episode)
  | ({ status: "observing" | "planned" | "terminal" | "closed" } & Episode);
export type OpenEpisode = Exclude<ObservationState, { status: "none" }>;

export const initial: ObservationState = { status: "none" };

export const questionOf = (state: ObservationState): Question | undefined =>
  state.status === "awaitingDoctor" ? state.question : undefined;

/** The measurements that count, oldest first. */
export const counting = ({ taken }: Pick<Episode, "taken">): Taken[] =>
  taken.filter((each) => !each.retracted);

const isComplete = ({ score }: Taken): boolean => score.total !== undefined;
export const lastComplete = (episode: Pick<Episode, "taken">): Taken | undefined =>
  counting(episode).findLast(isComplete);

const episodeOf = (state: OpenEpisode): Episode => {
  if (state.status === "awaitingDoctor") {
    const { status: _status, question: _question, ...episode } = state;
    return episode;
  }
  const { status: _status, ...episode } = state;
  return episode;
};

/** The episode in another state; what was asked is forgotten. */
const into = (state: OpenEpisode, status: "observing" | "planned" | "terminal" | "closed"): OpenEpisode => ({
  ...episodeOf(state),
  status,
});

const begin = (fact: FactOf<"EpisodeOpened">): OpenEpisode => ({
  status: "observing",
  patient: fact.patient,
  team: fact.team,
  practice: fact.practice,
  doctors: [],
  municipalityCode: fact.municipalityCode,
  scheme: fact.scheme,
  restricted: fact.restricted,
  relatesTo: fact.relatesTo ?? [],
  taken: [],
});

type MeasuredFact = FactOf<"Measured"> | FactOf<"PartlyMeasured">;

export const takenOf = (fact: MeasuredFact): Taken => {
  const { no, measuredAt, score, isbar, performer } = fact;
  const trend = fact.type === "Measured" ? fact.trend : undefined;
  return { no, measuredAt, score, trend, isbar, performer, retracted: false };
};

const withTaken = (state: OpenEpisode, fact: MeasuredFact): OpenEpisode => ({
  ...state,
  taken: [...state.taken, takenOf(fact)],
});

/** A complete measurement is the repeat that was owed. In another tier its repeats are counted anew. */
const repeated = (state: OpenEpisode, { score }: FactOf<"Measured">): Repeat | undefined =>
  state.repeat?.tier === score.tier && state.repeat !== undefined
    ? { ...state.repeat, owed: false }
    : undefined;

const notOwed = (repeat: Repeat | undefined): Repeat | undefined =>
  repeat === undefined ? undefined : { ...repeat, owed: false };

const asked = (state: OpenEpisode, fact: FactOf<"DoctorAsked">): OpenEpisode => {
  const { doctor, measurement, tier, phoneFirst } = fact;
  return {
    ...episodeOf(state),
    doctors: [...new Set([...state.doctors, doctor])],
    status: "awaitingDoctor",
    question: { doctor, measurement, tier, phoneFirst, called: false },
  };
};

const called = (state: OpenEpisode, { call }: FactOf<"CallRecorded">): OpenEpisode =>
  state.status === "awaitingDoctor" && call.answeredBy !== undefined
    ? { ...state, question: { ...state.question, called: true } }
    : state;

type Steps = { [Type in ObservationFact["type"]]: (state: OpenEpisode, fact: FactOf<Type>) => OpenEpisode };

const steps: Steps = {
  EpisodeOpened: (state) => state,
  Measured: (state, fact) => ({ ...withTaken(state, fact), repeat: repeated(state, fact) }),
  PartlyMeasured: withTaken,
  RepeatOwed: (state, { tier, left }) => ({ ...state, repeat: { tier, left, owed: true } }),
  RepeatDropped: (state) => ({ ...state, repeat: undefined }),
  DoctorAsked: asked,
  QuestionDropped: (state) => (state.status === "awaitingDoctor" ? into(state, "observing") : state),
  CallRecorded: called,
  PlanMade: (state, { by, plan, tier }) => ({ ...into(state, "planned"), plan: { by, plan, tier } }),
  PlanAcknowledged: (state) => into(state, "observing"),
  AdjustmentOrdered: (state, { adjustment }) => ({ ...state, adjustment }),
  TerminalDeclared: (state) => ({ ...into(state, "terminal"), repeat: notOwed(state.repeat) }),
  ScoringOrdered: (state) => ({ ...into(state, "observing"), repeat: undefined }),
  MeasurementRetracted: (state, { measurement }) => ({
    ...state,
    taken: state.taken.map((each) => (each.no === measurement ? { ...each, retracted: true } : each)),
  }),
  EpisodeClosed: (state) => ({ ...into(state, "closed"), repeat: notOwed(state.repeat) }),
};

const stepped = <Type extends ObservationFact["type"]>(
  state: OpenEpisode,
  type: Type,
  fact: FactOf<Type>,
): OpenEpisode => steps[type](state, fact);

/** The state after a fact. Facts that a state cannot meet leave it as it is: the journal is never wrong afterwards. */
export const evolve = (state: ObservationState, fact: ObservationFact): ObservationState => {
  if (state.status !== "none") return stepped(state, fact.type, fact);
  return fact.type === "EpisodeOpened" ? begin(fact) : state;
};
