import { type BookingFact, isBookingFact } from "../../../contracts/messages/booking.ts";
import { type Asking, type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse, refuseUnknownCase, refuseUsedId } from "../../case/decision.ts";
import type { BookingState } from "./booking-state.ts";
import type { BookingCommand, CommandOf } from "./command.ts";
import { openings, steps, turns } from "./moves.ts";
import { openByRequest, openByWish, openForReferral } from "./open.ts";
import { publish } from "./publish.ts";
import type { BookingRules } from "./rules.ts";
import { decideSettle, type SettleCommand } from "./settle.ts";
import { decideSlot, type SlotCommand, slotTurns } from "./slot.ts";
import type { SlotState } from "./slot-state.ts";
import { cardOf, evolve, type FamilyState, initial, statusOf } from "./state.ts";
import { bookingTurns, decideTurn, type TurnCommand } from "./turn.ts";

type BookingDecision = Decision<BookingFact>;
type World = { context: DecisionContext; rules: BookingRules };
type Opening = CommandOf<keyof typeof openings>;

const opens = (command: BookingCommand): command is Opening => Object.hasOwn(openings, command.type);

const onSlot = new Set<string>([
  "booking.changeSlot",
  "booking.cancelSlot",
  "booking.claim",
  "booking.free",
  "booking.ring",
] satisfies SlotCommand["type"][]);
const isForSlot = (command: BookingCommand): command is SlotCommand => onSlot.has(command.type);

const settles = new Set<string>([
  "booking.settle",
  "booking.lapse",
  "booking.lose",
  "booking.noteChange",
] satisfies SettleCommand["type"][]);
const isSettling = (command: BookingCommand): command is SettleCommand => settles.has(command.type);

const open = (command: Opening, { context, rules }: World): BookingDecision => {
  switch (command.type) {
    case "booking.publish":
      return publish(command, context);
    case "booking.hold":
    case "booking.bookDirectly":
      return openByWish(command, { context, rules });
    case "booking.request":
      return openByRequest(command, { context, rules });
    case "booking.bookForReferral":
      return context.actor === hubActor
        ? openForReferral(command, context)
        : refuse("not-your-turn", "sender", "Only the hub books for a referral.");
  }
};

/** A step of the hub's own that met the wrong kind of case leaves no trace in it: a slot's id was a booking's. */
const astray = (command: BookingCommand): BookingDecision =>
  Object.hasOwn(steps, command.type)
    ? { kind: "ignore", reason: "no-slot" }
    : refuse("wrong-state", "caseId", "The case is of another kind: a slot is no booking, nor the reverse.");

const onSlotCase = (state: SlotState, command: BookingCommand, world: World): BookingDecision =>
  isForSlot(command) ? decideSlot(state, command, world) : astray(command);

const isTurn = (command: BookingCommand): command is TurnCommand =>
  Object.hasOwn(turns, command.type) && !isForSlot(command);

const onBookingCase = (state: BookingState, command: BookingCommand, world: World): BookingDecision => {
  if (isSettling(command)) return decideSettle(state, command, world);
  return isTurn(command) ? decideTurn(state, command, world) : astray(command);
};

/** What a command means for a slot or a booking as it stands. Pure and total: every command in every state gets an answer. */
const decide = (family: FamilyState, command: BookingCommand, world: World): BookingDecision => {
  if (family.case === "none") {
    if (opens(command)) return open(command, world);
    return Object.hasOwn(steps, command.type) ? { kind: "ignore", reason: "no-slot" } : refuseUnknownCase();
  }
  if (opens(command)) return refuseUsedId();
  return family.case === "slot"
    ? onSlotCase(family.state, command, world)
    : onBookingCase(family.state, command, world);
};

const canOn = (family: FamilyState, asking: Asking): string[] => {
  if (family.case === "none") return [];
  return family.case === "slot" ? slotTurns(family.state, asking.actor) : bookingTurns(family.state, asking);
};

/** The booking family, as the kernel runs it, under the rules of a region. */
export const bookingCore = (rules: BookingRules): Core<FamilyState, BookingCommand, BookingFact> => ({
  family: "booking",
  initial,
  adopts: isBookingFact,
  evolve,
  decide: (family, command, context) => decide(family, command, { context, rules }),
  can: canOn,
  statusOf,
  cardOf,
});
