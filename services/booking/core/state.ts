import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { CardDraft } from "../../case/card.ts";
import { type BookingState, bookingCard, bookingFrom, evolveBooking } from "./booking-state.ts";
import { evolveSlot, type SlotState, slotCard, slotFrom } from "./slot-state.ts";

/**
 * A case of this family is a slot or a booking (their states: `slot-state.ts`, `booking-state.ts`); before its first fact it is
 * neither. `none`: left by `SlotPublished`, by `BookingOpened` and by `SlotRequested`.
 */
export type FamilyState =
  | { case: "none" }
  | { case: "slot"; state: SlotState }
  | { case: "booking"; state: BookingState };

export const initial: FamilyState = { case: "none" };

const begin = (fact: BookingFact): FamilyState => {
  if (fact.type === "SlotPublished") return { case: "slot", state: slotFrom(fact) };
  return fact.type === "BookingOpened" || fact.type === "SlotRequested"
    ? { case: "booking", state: bookingFrom(fact) }
    : initial;
};

export const evolve = (family: FamilyState, fact: BookingFact): FamilyState => {
  switch (family.case) {
    case "none":
      return begin(fact);
    case "slot":
      return { case: "slot", state: evolveSlot(family.state, fact) };
    case "booking":
      return { case: "booking", state: evolveBooking(family.state, fact) };
  }
};

export const statusOf = (family: FamilyState): string =>
  family.case === "none" ? "none" : family.state.status;

export const cardOf = (family: FamilyState): CardDraft | undefined => {
  switch (family.case) {
    case "none":
      return undefined;
    case "slot":
      return slotCard(family.state);
    case "booking":
      return bookingCard(family.state);
  }
};
