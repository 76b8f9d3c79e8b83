import type { CardDraft } from "../../case/card.ts";
import { counting, type ObservationState, type OpenEpisode } from "./state.ts";

type Awaited = CardDraft["awaits"][number];

/** What the team owes beside a doctor's plan: the repeat; or, when none is asked for, to measure or close by judgement. */
const fromTeam = ({ team, repeat }: OpenEpisode): Awaited =>
  repeat?.owed === true ? { who: team, act: "measure" } : { who: team, act: "measure-or-close" };

const awaitsOf = (state: OpenEpisode): Awaited[] => {
  const { team } = state;
  const repeat = state.repeat?.owed === true ? [fromTeam(state)] : [];
  switch (state.status) {
    case "observing":
      return [fromTeam(state)];
    case "awaitingDoctor": {
      const { doctor, phoneFirst, called } = state.question;
      const call = phoneFirst && !called ? [{ who: team, act: "call" }] : [];
      return [{ who: doctor, act: "plan" }, ...call, ...repeat];
    }
    case "planned":
      return [{ who: team, act: "acknowledge-plan" }, ...repeat];
    case "terminal":
    case "closed":
      return [];
  }
};

/** How lists show an episode: by its tier, with whom the ball is. */
export const cardOf = (state: ObservationState): CardDraft | undefined => {
  if (state.status === "none") return undefined;
  const tier = counting(state).at(-1)?.score.tier;
  return {
    kind: state.scheme.id,
    opener: state.team,
    awaits: awaitsOf(state),
    closed: state.status === "closed",
    patient: state.patient,
    ...(tier === undefined || state.status === "terminal" ? {} : { urgency: tier }),
    links: state.relatesTo.map((caseId) => ({ caseId, relation: "relatesTo" })),
  };
};
