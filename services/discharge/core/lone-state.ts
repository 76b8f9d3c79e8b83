import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { CardDraft } from "../../case/card.ts";
import { isLone, type LoneSummary, type StayState } from "./state.ts";

/**
 * A summary that is all the hub knows of a stay or a visit: hospitals that notify elsewhere send nothing else. The practice
 * owes it the same review; who answers for the citizen is not told by it.
 */
export type LoneFact = Extract<DischargeFact, { type: "LoneSummaryReceived" }>;

export const isOfLone = (fact: DischargeFact): fact is LoneFact => fact.type === "LoneSummaryReceived";

const receivedAfter = (state: StayState, fact: LoneFact): LoneSummary => {
  const { by: hospital, practice, patient, summaryId, corrected } = fact;
  const { cpr, alternativeId } = patient;
  const before = isLone(state) ? state : { summaryIds: [], hasFirst: false };
  return {
    status: "loneSummary",
    hospital,
    practice,
    patient: { cpr, alternativeId },
    summaryId,
    summaryIds: [...before.summaryIds, summaryId],
    hasFirst: before.hasFirst || !corrected,
  };
};

export const evolveLone = (state: StayState, fact: DischargeFact): StayState => {
  if (isOfLone(fact)) return receivedAfter(state, fact);
  if (state.status !== "loneSummary") return state;
  if (fact.type === "ReviewAwaited") return { ...state, priority: fact.priority };
  return fact.type === "SummaryReviewed" ? { ...state, status: "loneReviewed", priority: undefined } : state;
};

/** How lists show it. */
export const loneCard = ({ hospital, practice, patient, priority }: LoneSummary): CardDraft => {
  const isAwaited = priority !== undefined;
  return {
    kind: "summary",
    opener: hospital,
    awaits: isAwaited ? [{ who: practice, act: "review-summary" }] : [],
    closed: !isAwaited,
    patient,
    ...(isAwaited ? { urgency: priority } : {}),
    links: [],
  };
};
