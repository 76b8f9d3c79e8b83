import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { type Stay, wardOf } from "./state.ts";

type Visiting = CommandOf<
  | "discharge.askHomeVisit"
  | "discharge.bookHomeVisit"
  | "discharge.holdHomeVisit"
  | "discharge.declineHomeVisit"
>;

const isAwaited = ({ visit }: Stay): boolean => visit?.status === "asked" || visit?.status === "booked";
/** Asked for, and not declined: also after the first visit, since more contacts may follow. */
const isOn = ({ visit }: Stay): boolean => visit !== undefined && visit.status !== "declined";
const noContactLeft = ({ visit }: Stay): boolean =>
  (visit?.contacts ?? 0) >= dischargeRules.maxHomeVisitContacts;

const ask = (
  stay: Stay,
  { payload }: CommandOf<"discharge.askHomeVisit">,
  { actor, now: at }: DecisionContext,
): DischargeFact => {
  const { reason, consent } = payload;
  return { type: "HomeVisitAsked", by: actor === hubActor ? wardOf(stay) : actor, reason, consent, at };
};

const bookedOrHeld = (
  stay: Stay,
  command: CommandOf<"discharge.bookHomeVisit" | "discharge.holdHomeVisit">,
  by: string,
): DischargeFact => {
  if (command.type === "discharge.bookHomeVisit") {
    const { startsAt, visitor } = command.payload;
    return { type: "HomeVisitBooked", by, startsAt, ...(visitor === undefined ? {} : { visitor }) };
  }
  const { heldAt, place, note } = command.payload;
  return { type: "HomeVisitHeld", by, heldAt, place, contact: (stay.visit?.contacts ?? 0) + 1, note };
};

/** The follow-up home visit: asked for, booked, held, or declined. A visit that nobody held may still be held unbooked. */
export const visit = (stay: Stay, command: Visiting, context: DecisionContext): DischargeDecision => {
  const { actor: by } = context;
  if (command.type === "discharge.askHomeVisit")
    return isAwaited(stay)
      ? refuse("wrong-state", "caseId", "A home visit is asked for already.")
      : conclude(stay, [ask(stay, command, context)], { context });
  if (!isOn(stay)) return refuse("wrong-state", "caseId", "No home visit is asked for.");
  if (command.type === "discharge.declineHomeVisit") {
    if (!isAwaited(stay)) return refuse("wrong-state", "caseId", "The visit has been held.");
    const { declinedBy, reason } = command.payload;
    return conclude(stay, [{ type: "HomeVisitDeclined", by, declinedBy, reason }], { context });
  }
  if (noContactLeft(stay))
    return refuse("wrong-state", "caseId", "As many contacts are held as the agreement has.");
  return conclude(stay, [bookedOrHeld(stay, command, by)], { context });
};
