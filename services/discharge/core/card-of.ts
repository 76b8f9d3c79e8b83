import type { CardDraft } from "../../case/card.ts";
import { loneCard } from "./lone-state.ts";
import { isLone, isOpen, responsibleUntil, type Stay, type StayState, wardOf } from "./state.ts";
import { isInHospital } from "./timeline.ts";

const awaitedOf = (stay: Stay): CardDraft["awaits"] => {
  const { owed, visit, municipality } = stay;
  const [ward, gp] = [wardOf(stay), stay.practice ?? municipality];
  const when = (is: boolean, who: string, act: string) => (is ? [{ who, act }] : []);
  return [
    ...when(owed.report, municipality, "send-admission-report"),
    ...Object.keys(owed.items).map((item) => ({ who: ward, act: `make-ready-${item}` })),
    ...when(owed.carePlan !== undefined, ward, "send-care-plan"),
    ...when(owed.review !== undefined, gp, "review-summary"),
    ...when(owed.visit !== undefined, gp, visit?.status === "booked" ? "hold-home-visit" : "book-home-visit"),
  ];
};

/**
 * A stay is over when the patient has left, nothing is awaited or wished for, and the hospital has no responsibility left to
 * give back.
 */
const isClosed = (stay: Stay, awaits: CardDraft["awaits"]): boolean => {
  const until = responsibleUntil(stay);
  const isAnswering = until !== undefined && stay.returnedAt !== until;
  return (
    awaits.length === 0 && stay.wish === undefined && !isAnswering && !isInHospital(stay.position.status)
  );
};

/** How lists show a stay. */
export const cardOf = (state: StayState): CardDraft | undefined => {
  if (isLone(state)) return loneCard(state);
  if (!isOpen(state)) return undefined;
  const awaits = awaitedOf(state);
  const { hospital: opener, cpr, owed, relatesTo } = state;
  return {
    kind: "stay",
    opener,
    awaits,
    closed: isClosed(state, awaits),
    patient: { cpr },
    urgency: owed.review?.priority,
    links: relatesTo.map((caseId) => ({ caseId, relation: "relatesTo" })),
  };
};
