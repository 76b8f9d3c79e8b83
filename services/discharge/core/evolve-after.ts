import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { isVisitAwaited, type Stay, type Wish } from "./state.ts";

type Visiting = Extract<DischargeFact, { type: `HomeVisit${string}` }>;
type Answering = Extract<DischargeFact, { type: `Responsibility${string}` }>;

/** The wish of a summary, until it is asked for. While a visit is wished for or awaited, another wish adds nothing. */
export const wishAfter = (
  stay: Stay,
  { summaryId, by, asksHomeVisit }: Extract<DischargeFact, { type: "SummarySent" }>,
): Wish | undefined =>
  asksHomeVisit === undefined || stay.wish !== undefined || isVisitAwaited(stay)
    ? stay.wish
    : { summaryId, by, ...asksHomeVisit };

/** Facts of the follow-up home visit. */
export const evolveVisit = (stay: Stay, fact: Visiting): Stay => {
  const { owed, visit } = stay;
  switch (fact.type) {
    case "HomeVisitAsked":
      return {
        ...stay,
        wish: undefined,
        visit: { status: "asked", askedAt: fact.at, asker: fact.by, contacts: 0 },
      };
    case "HomeVisitDue":
      return { ...stay, owed: { ...owed, visit: fact.from } };
    case "HomeVisitNotDue":
      return { ...stay, owed: { ...owed, visit: undefined } };
    case "HomeVisitBooked":
      return visit === undefined ? stay : { ...stay, visit: { ...visit, status: "booked" } };
    case "HomeVisitHeld":
      return visit === undefined
        ? stay
        : {
            ...stay,
            visit: { ...visit, status: "held", contacts: fact.contact },
            owed: { ...owed, visit: undefined },
          };
    case "HomeVisitDeclined":
      return visit === undefined
        ? stay
        : { ...stay, visit: { ...visit, status: "declined" }, owed: { ...owed, visit: undefined } };
  }
};

const resumed = (stay: Stay, endedAt: string): Stay["suspensions"] =>
  stay.suspensions.map((one) => (one.to === undefined ? { ...one, to: endedAt } : one));

const lapsed = (stay: Stay): Stay => ({
  ...stay,
  responsibility: undefined,
  extendedTo: undefined,
  suspensions: [],
  remindedOf: undefined,
  returnedAt: undefined,
});

/** Facts of the hospital's responsibility after the discharge. */
export const evolveResponsibility = (stay: Stay, fact: Answering): Stay => {
  switch (fact.type) {
    case "ResponsibilityDecided": {
      const { type: _type, ...responsibility } = fact;
      return { ...stay, responsibility };
    }
    case "ResponsibilityLapsed":
      return lapsed(stay);
    case "ResponsibilityExtended":
      return { ...stay, extendedTo: fact.until };
    case "ResponsibilitySuspended":
      return { ...stay, suspensions: [...stay.suspensions, { from: fact.calledAt }] };
    case "ResponsibilityResumed":
      return { ...stay, suspensions: resumed(stay, fact.endedAt) };
    case "ResponsibilityEnding":
      return { ...stay, remindedOf: fact.until };
    case "ResponsibilityReturned":
      return { ...stay, returnedAt: fact.at };
  }
};
