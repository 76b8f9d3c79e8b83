import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { SlotOfBooking } from "../../../contracts/messages/booking-slot.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import type { BookingState, Wanting } from "./booking-state.ts";
import { afterRefusal } from "./booking-state.ts";
import type { CommandOf, PlaceOutcome } from "./command.ts";
import { tooLateFrom } from "./in-time.ts";
import { insteadOf } from "./instead.ts";
import { stepProblem } from "./moves.ts";
import type { BookingRules } from "./rules.ts";
import { tellThoseWhoCan } from "./tell-those-who-can.ts";

type BookingDecision = Decision<BookingFact>;
type World = { context: DecisionContext; rules: BookingRules };

const movedOn: BookingDecision = { kind: "ignore", reason: "moved-on" };

const lateWarning = ({ needAt }: BookingState, { start }: SlotOfBooking, rules: BookingRules): Problem[] =>
  start < tooLateFrom(needAt, rules.daysAfterNeed)
    ? []
    : [
        {
          path: "slotId",
          code: "slot-not-in-time",
          message: "That time is later than the day after the need; the booker is told so.",
          severity: "warning",
        },
      ];

const held = (
  state: Wanting,
  { slot, until }: Extract<PlaceOutcome, { kind: "held" }>,
  { context, rules }: World,
): BookingDecision => {
  const { no: wish, want, text } = state.wish;
  if (want === "hold")
    // The visitation learns of a patient when there is a booking, not while a place is held.
    return { kind: "record", facts: [{ type: "HoldGiven", wish, slot, until }], tell: [] };
  const fact = { type: "PlaceOffered", wish, slot, until, text } as const;
  const tell = tellThoseWhoCan(context.directory, fact, { to: [state.booker], from: slot.visitation });
  return { kind: "record", facts: [fact], tell, warnings: lateWarning(state, slot, rules) };
};

/** Both are told: the booker may have stopped waiting for the answer, and the visitation has somebody coming. */
const taken = (
  state: Wanting,
  { slot }: Extract<PlaceOutcome, { kind: "taken" }>,
  { directory }: DecisionContext,
): BookingDecision => {
  const { wish, booker, referralCaseId } = state;
  const fact = { type: "SlotBooked", wish: wish.no, ...slot, referralCaseId } as const;
  const { visitation } = slot;
  return {
    kind: "record",
    facts: [fact],
    tell: [
      ...tellThoseWhoCan(directory, fact, { to: [visitation], from: booker }),
      ...(booker === visitation ? [] : tellThoseWhoCan(directory, fact, { to: [booker], from: visitation })),
    ],
    parties: [visitation],
  };
};

const refused = (
  state: Wanting,
  { reason, hospital }: Extract<PlaceOutcome, { kind: "refused" }>,
  { directory, today }: DecisionContext,
): BookingDecision => {
  const { municipality, visitation, booker, wish, from } = state;
  const instead = insteadOf(directory, { hospital, municipality }, today);
  const fact = { type: "PlaceNotGiven", wish: wish.no, slotId: wish.slotId, reason, instead } as const;
  const back = from === "offered" && afterRefusal(from, reason) === "requested" ? visitation : undefined;
  // Whoever had a place that was taken back is told, also when it stopped waiting for the answer.
  const lost = reason === "cancelled" && (from === "held" || from === "offered") ? booker : undefined;
  return {
    kind: "record",
    facts: [fact],
    tell: [
      ...tellThoseWhoCan(directory, fact, { to: [back], from: booker }),
      ...tellThoseWhoCan(directory, fact, { to: [lost], from: visitation ?? booker }),
    ],
    // What was offered is gone: the visitation is asked anew.
    ...(back === undefined ? {} : { owing: [{ kind: "request", debtor: back, creditor: booker }] }),
  };
};

const settle = (state: Wanting, { payload }: CommandOf<"booking.settle">, world: World): BookingDecision => {
  const { outcome, wish } = payload;
  if (state.wish.no !== wish) return movedOn;
  switch (outcome.kind) {
    case "held":
      return held(state, outcome, world);
    case "taken":
      return taken(state, outcome, world.context);
    case "refused":
      return refused(state, outcome, world.context);
  }
};

/** The wish that a state stands on: the one that is asked, or the one that has the place. */
const standsOn = (state: BookingState): { wish: number; slotId: string } | undefined => {
  if (state.status === "wanting") return { wish: state.wish.no, slotId: state.wish.slotId };
  return "slot" in state ? { wish: state.wish, slotId: state.slot.slotId } : undefined;
};

export type SettleCommand = CommandOf<
  "booking.settle" | "booking.lapse" | "booking.lose" | "booking.noteChange"
>;

const tidings = (
  { type, payload }: Exclude<SettleCommand, CommandOf<"booking.settle">>,
  slotId: string,
): BookingFact => {
  const { wish } = payload;
  switch (type) {
    case "booking.lapse":
      return { type: "HoldLapsed", wish, slotId };
    case "booking.lose":
      return { type: "SlotLost", wish, slotId, reason: payload.reason };
    case "booking.noteChange": {
      const { place, instructions } = payload;
      return { type: "BookedSlotChanged", wish, slotId, place, instructions };
    }
  }
};

const hear = (
  state: BookingState,
  command: Exclude<SettleCommand, CommandOf<"booking.settle">>,
  { directory }: DecisionContext,
): BookingDecision => {
  const on = standsOn(state);
  // Told of a wish that another has followed meanwhile: what became of that one is told by its own step.
  if (on?.wish !== command.payload.wish) return movedOn;
  const { status, booker, visitation } = state;
  const fact = tidings(command, on.slotId);
  const from = "slot" in state ? state.slot.visitation : (visitation ?? booker);
  // An offer that ran out is the visitation's affair too: its place is free again.
  const to = status === "offered" && fact.type === "HoldLapsed" ? [booker, visitation] : [booker];
  return { kind: "record", facts: [fact], tell: tellThoseWhoCan(directory, fact, { to, from }) };
};

/**
 * What became of a place came before the slot's answer that gave it: that is heard first, or this would be lost. A wish of the
 * booker itself may be lost unheard, since that answers it; an offer that is lost must have been made, or its clock would run on.
 */
const hasOvertaken = (state: BookingState, { type, payload }: SettleCommand): boolean => {
  if (state.status !== "wanting" || state.wish.no !== payload.wish || type === "booking.settle") return false;
  return type !== "booking.lose" || state.wish.want === "offer";
};

/** What a slot said, or what became of a place, for the booking that asked for it or had it. */
export const decideSettle = (state: BookingState, command: SettleCommand, world: World): BookingDecision => {
  const { context } = world;
  const { status } = state;
  const problem = stepProblem(command.type, { status, actor: context.actor });
  if (problem?.kind === "refuse") return problem;
  if (hasOvertaken(state, command)) return { kind: "ignore", reason: "place-pending" };
  if (problem !== undefined) return problem;
  if (command.type !== "booking.settle") return hear(state, command, context);
  return state.status === "wanting" ? settle(state, command, world) : movedOn;
};
