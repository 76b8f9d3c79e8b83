import type { BookingFact, BookingFactOf } from "../../../contracts/messages/booking.ts";
import type { Claim, SlotOfBooking } from "../../../contracts/messages/booking-slot.ts";
import type { CardDraft } from "../../case/card.ts";

/** Who has a place: held until then, or booked when there is no `until`. */
export type ClaimState = { wish: number; by: string; until?: string | undefined };

/**
 * Where a slot stands. Whether it is full is no state: a hold that ran out takes no place from that moment on.
 * - `published`: places are given out. Set by the visitation; left by its cancellation and by the end of the time.
 * - `cancelled`: taken back by the visitation; nobody has a place any more.
 * - `ended`: the time is over; who had a place is kept.
 */
export type SlotState = {
  status: "published" | "cancelled" | "ended";
  slot: SlotOfBooking;
  places: number;
  municipalities?: readonly string[] | undefined;
  regions?: readonly string[] | undefined;
  /** By the id of the booking's case: each booking has at most one place in a slot. */
  claims: Readonly<Record<string, ClaimState>>;
};
export type SlotStatus = SlotState["status"];

export const slotFrom = ({
  slot,
  places,
  municipalities,
  regions,
}: BookingFactOf<"SlotPublished">): SlotState => ({
  status: "published",
  slot,
  places,
  municipalities,
  regions,
  claims: {},
});

const without = (claims: SlotState["claims"], claimId: string): SlotState["claims"] => {
  const { [claimId]: _gone, ...rest } = claims;
  return rest;
};

const changed = (state: SlotState, fact: BookingFactOf<"SlotChanged">): SlotState => {
  const { places = state.places, place = state.slot.place, instructions } = fact;
  const slot = { ...state.slot, place, ...(instructions === undefined ? {} : { instructions }) };
  return { ...state, places, slot };
};

export const evolveSlot = (state: SlotState, fact: BookingFact): SlotState => {
  if (fact.type === "SlotChanged") return changed(state, fact);
  if (fact.type === "SlotCancelled") return { ...state, status: "cancelled", claims: {} };
  if (fact.type === "SlotEnded") return { ...state, status: "ended" };
  if (fact.type === "PlaceFreed") return { ...state, claims: without(state.claims, fact.claimId) };
  if (fact.type !== "PlaceHeld" && fact.type !== "PlaceTaken") return state;
  const { claimId, wish, by } = fact;
  const until = fact.type === "PlaceHeld" ? { until: fact.until } : {};
  return { ...state, claims: { ...state.claims, [claimId]: { wish, by, ...until } } };
};

/** A claim takes a place while it is booked, and while it is held and not yet run out. */
export const isLive = ({ until }: ClaimState, now: string): boolean => until === undefined || until > now;

/** How many places are gone, not counting those of one claim. */
export const placesGone = (state: SlotState, now: string, but?: string): number =>
  Object.entries(state.claims).filter(([claimId, claim]) => claimId !== but && isLive(claim, now)).length;

/** Claims as facts tell of them. */
export const claimsOf = (
  { claims }: SlotState,
  which: (claim: ClaimState) => boolean = () => true,
): Claim[] =>
  Object.entries(claims)
    .filter(([, claim]) => which(claim))
    .map(([claimId, { wish, by }]) => ({ claimId, wish, by }));

/** The hub gives places out: nobody is expected to do anything about a slot. */
export const slotCard = ({ status, slot }: SlotState): CardDraft => ({
  kind: "slot",
  opener: slot.visitation,
  awaits: [],
  closed: status !== "published",
});
