import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { evolveVisit } from "./evolve-after.ts";
import { isVisitAwaited, type Stay } from "./state.ts";

type Following = CommandOf<
  "discharge.bookHomeVisit" | "discharge.holdHomeVisit" | "discharge.declineHomeVisit"
>;
type Visiting = Following | CommandOf<"discharge.askHomeVisit" | "discharge.askWishedVisit">;
type Asked = Extract<DischargeFact, { type: "HomeVisitAsked" }>;

/** Asked for, and not declined: also after the first visit, since more contacts may follow. */
const isOn = ({ visit }: Stay): boolean => visit !== undefined && visit.status !== "declined";
const noContactLeft = ({ visit }: Stay): boolean =>
  (visit?.contacts ?? 0) >= dischargeRules.maxHomeVisitContacts;

/** The asking of a wish is the summary's: by whom and when, whoever comes to make it. */
const wishAsked = ({ wish }: Stay): Asked[] => {
  if (wish === undefined) return [];
  const { summaryId: _, ...asked } = wish;
  return [{ type: "HomeVisitAsked", ...asked }];
};

/** What a visit is in the way of, whatever is said of it; `undefined`: nothing. */
export const visitStop = (stay: Stay, type: string): Decision<never> | undefined => {
  if (type === "discharge.askHomeVisit")
    return isVisitAwaited(stay) || stay.wish !== undefined
      ? refuse("wrong-state", "caseId", "A home visit is asked for already.")
      : undefined;
  const asked = wishAsked(stay).reduce(evolveVisit, stay);
  if (!isOn(asked)) return refuse("wrong-state", "caseId", "No home visit is asked for.");
  if (type === "discharge.declineHomeVisit")
    return isVisitAwaited(asked) ? undefined : refuse("wrong-state", "caseId", "The visit has been held.");
  return noContactLeft(asked)
    ? refuse("wrong-state", "caseId", "As many contacts are held as the agreement has.")
    : undefined;
};

const ask = (
  stay: Stay,
  { payload }: CommandOf<"discharge.askHomeVisit">,
  context: DecisionContext,
): DischargeDecision => {
  const { reason, consent } = payload;
  const { actor: by, now: at } = context;
  return (
    visitStop(stay, "discharge.askHomeVisit") ??
    conclude(stay, [{ type: "HomeVisitAsked", by, reason, consent, at }], { context })
  );
};

/** The hub asks for what a summary wished for, perhaps late or twice: it is asked for once. */
const askWished = (
  stay: Stay,
  { payload }: CommandOf<"discharge.askWishedVisit">,
  context: DecisionContext,
): DischargeDecision =>
  stay.wish?.summaryId === payload.summaryId
    ? conclude(stay, wishAsked(stay), { context })
    : { kind: "ignore", reason: "asked-before" };

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

/** Who has read the summary need not wait for the hub to ask: what is done to a wish asks for it in the same record. */
const follow = (before: Stay, command: Following, context: DecisionContext): DischargeDecision => {
  const asked = wishAsked(before);
  const stay = asked.reduce(evolveVisit, before);
  const { actor: by } = context;
  const stop = visitStop(before, command.type);
  if (stop !== undefined) return stop;
  if (command.type === "discharge.declineHomeVisit") {
    const { declinedBy, reason } = command.payload;
    const declined: DischargeFact = { type: "HomeVisitDeclined", by, declinedBy, reason };
    return conclude(before, [...asked, declined], { context });
  }
  const concluded = conclude(before, [...asked, bookedOrHeld(stay, command, by)], { context });
  // A visit is often noted when the visitor is back: it kept the agreement when it was held.
  return concluded.kind === "record" && command.type === "discharge.holdHomeVisit"
    ? { ...concluded, happenedAt: command.payload.heldAt }
    : concluded;
};

/** The follow-up home visit: asked for, booked, held, or declined. A visit that nobody held may still be held unbooked. */
export const visit = (stay: Stay, command: Visiting, context: DecisionContext): DischargeDecision => {
  if (command.type === "discharge.askHomeVisit") return ask(stay, command, context);
  if (command.type === "discharge.askWishedVisit") return askWished(stay, command, context);
  return follow(stay, command, context);
};
