import type { BookingFact, BookingFactOf, PlaceWant } from "../../../contracts/messages/booking.ts";
import { localDateOf } from "../../case/clock-zone.ts";
import type { Asking, DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import type { BookingState } from "./booking-state.ts";
import type { CommandOf } from "./command.ts";
import { tooLateFrom } from "./in-time.ts";
import { insteadOf } from "./instead.ts";
import { isSlotTurn, turnProblem, turnTypes } from "./moves.ts";
import type { BookingRules } from "./rules.ts";

type BookingDecision = Decision<BookingFact>;
type WishCommand = CommandOf<"booking.book" | "booking.choose" | "booking.offer" | "booking.acceptOffer">;
type SayCommand = CommandOf<
  "booking.release" | "booking.declineOffer" | "booking.answerNone" | "booking.attended" | "booking.noShow"
>;
export type TurnCommand = WishCommand | SayCommand;
type World = { context: DecisionContext; rules: BookingRules };

const asksForPlace = (command: TurnCommand): command is WishCommand =>
  command.type === "booking.book" ||
  command.type === "booking.choose" ||
  command.type === "booking.offer" ||
  command.type === "booking.acceptOffer";

type Wished = { want: PlaceWant; slotId: string; limited: boolean; text?: string | undefined };

/** A place that is held may be booked when it is; another that is chosen must be in time; what is offered is offered. */
const wishOf = (state: BookingState, { type, payload }: WishCommand): Wished => {
  const slotId = "slotId" in payload ? payload.slotId : "slot" in state ? state.slot.slotId : "";
  switch (type) {
    case "booking.book":
    case "booking.acceptOffer":
      return { want: "book", slotId, limited: false };
    case "booking.choose":
      return { want: payload.book ? "book" : "hold", slotId, limited: true };
    case "booking.offer":
      return { want: "offer", slotId, limited: false, text: payload.text };
  }
};

const wish = (state: BookingState, command: WishCommand, { context, rules }: World): BookingDecision => {
  const { want, slotId, limited, text } = wishOf(state, command);
  const { payload } = command;
  const { booker: by, municipality } = state;
  // After a slot was cancelled the need is still the old one, and yet the next best time is better than none.
  const fresh = state.status === "slotCancelled" ? context.now : state.needAt;
  const before = limited ? tooLateFrom(fresh, rules.daysAfterNeed) : undefined;
  const referralCaseId = "referralCaseId" in payload ? payload.referralCaseId : undefined;
  const no = state.wishes + 1;
  return {
    kind: "record",
    facts: [{ type: "PlaceWanted", wish: no, want, slotId, by, before, municipality, referralCaseId, text }],
    tell: [],
  };
};

const told = (
  fact: BookingFact,
  to: string | undefined,
  from: string,
): Extract<BookingDecision, { kind: "record" }> => ({
  kind: "record",
  facts: [fact],
  tell: to === undefined || to === from ? [] : [{ to, from, fact: 0 }],
});

/** Only a visitation that was asked, or has booked, is told: one whose place was held and let go never knew of it. */
const release = (
  state: BookingState,
  { payload }: CommandOf<"booking.release">,
  actor: string,
): BookingDecision => {
  const place = "slot" in state ? { slotId: state.slot.slotId, wish: state.wish } : {};
  const fact = { type: "BookingReleased", by: actor, reason: payload.reason, ...place } as const;
  return told(fact, state.visitation, actor);
};

const decline = (
  state: BookingState,
  { payload }: CommandOf<"booking.declineOffer">,
  actor: string,
): BookingDecision => {
  if (!("slot" in state) || state.visitation === undefined) return { kind: "ignore", reason: "no-offer" };
  const { wish: no, slot, visitation } = state;
  const { slotId } = slot;
  const decision = told(
    { type: "OfferDeclined", wish: no, slotId, reason: payload.reason },
    visitation,
    actor,
  );
  return { ...decision, owing: [{ kind: "request", debtor: visitation, creditor: state.booker }] };
};

const none = (
  state: BookingState,
  { payload }: CommandOf<"booking.answerNone">,
  { directory, today, actor }: DecisionContext,
): BookingDecision => {
  const within = directory.organisation(actor)?.partOf ?? actor;
  const instead = insteadOf(directory, { hospital: within, municipality: state.municipality }, today);
  return told({ type: "NoneOffered", instead, text: payload.text }, state.booker, actor);
};

/** Before its day nobody can have come; before its time nobody can have failed to. */
const tooEarly = (
  { start }: { start: string },
  type: "booking.attended" | "booking.noShow",
  { now, today }: Pick<DecisionContext, "now" | "today">,
): boolean => (type === "booking.noShow" ? now < start : today < localDateOf(start));

const attendance = (
  state: BookingState,
  command: CommandOf<"booking.attended" | "booking.noShow">,
  context: DecisionContext,
): BookingDecision => {
  if (!("slot" in state)) return { kind: "ignore", reason: "no-slot" };
  if (tooEarly(state.slot, command.type, context))
    return refuse("too-early", "caseId", "That time has not come yet.");
  const { start } = state.slot;
  const fact: BookingFactOf<"PatientAttended" | "PatientNoShow"> =
    command.type === "booking.attended"
      ? { type: "PatientAttended", start }
      : { type: "PatientNoShow", start, followUp: command.payload.followUp };
  return told(fact, state.booker, context.actor);
};

const say = (state: BookingState, command: SayCommand, context: DecisionContext): BookingDecision => {
  switch (command.type) {
    case "booking.release":
      return release(state, command, context.actor);
    case "booking.declineOffer":
      return decline(state, command, context.actor);
    case "booking.answerNone":
      return none(state, command, context);
    case "booking.attended":
    case "booking.noShow":
      return attendance(state, command, context);
  }
};

const isEarly = (state: BookingState, type: string, asking: Asking): boolean =>
  "slot" in state &&
  (type === "booking.attended" || type === "booking.noShow") &&
  tooEarly(state.slot, type, asking);

/** Every turn that a booking takes from somebody as it stands. While its slot is asked, none. */
export const bookingTurns = (state: BookingState, asking: Asking): string[] => {
  const { status, booker, visitation } = state;
  if (status === "wanting") return [];
  const standing = { status, actor: asking.actor, booker, visitation };
  return turnTypes.filter(
    (type) => !isSlotTurn(type) && turnProblem(type, standing) === undefined && !isEarly(state, type, asking),
  );
};

/** What a party's turn means for a booking. */
export const decideTurn = (state: BookingState, command: TurnCommand, world: World): BookingDecision => {
  const { status, booker, visitation } = state;
  // A slot was asked and has not answered: whoever acts now acts on what is not yet known. The handler finishes it first.
  if (status === "wanting") return { kind: "ignore", reason: "place-pending" };
  const problem = turnProblem(command.type, { status, actor: world.context.actor, booker, visitation });
  if (problem !== undefined) return problem;
  return asksForPlace(command) ? wish(state, command, world) : say(state, command, world.context);
};
