import type { BookingFact, BookingFactOf, PlaceWant } from "../../../contracts/messages/booking.ts";
import type { PlaceRefusal, SlotOfBooking } from "../../../contracts/messages/booking-slot.ts";
import type { Patient } from "../../../contracts/party.ts";
import type { CardDraft } from "../../case/card.ts";

/** What is true of every booking. */
type Matter = {
  booker: string;
  /** Who was asked for a time, or gave one. */
  visitation?: string | undefined;
  patient: Patient;
  municipality?: string | undefined;
  needAt: string;
  referralCaseId?: string | undefined;
  relatesTo: readonly string[];
  /** Whether it began with a question to the visitation. */
  requested: boolean;
  /** How many places were asked for so far. */
  wishes: number;
};
type Wish = { no: number; want: PlaceWant; slotId: string; text?: string | undefined };
type Placed = { wish: number; slot: SlotOfBooking };
type Unplaced = "requested" | "noPlace" | "expired" | "released" | "noneOffered" | "slotCancelled";

/**
 * Where a booking stands.
 * - `wanting`: a place was asked of a slot, which has not answered yet. Left as soon as it has, also after a crash.
 * - `held`: the booker has a place for a while. Left by `book`, by `release`, and when the hold runs out.
 * - `offered`: the visitation offers a place, which is held for a while. Left as `held` is, and by declining.
 * - `booked`: left by `release`, by the slot being cancelled, and when the patient came or did not.
 * - `requested`: the visitation is to offer a time, or to say what to do instead.
 * - `noPlace`: the slot had none. `expired`: the hold ran out. `noneOffered`: the visitation has none. Another may be chosen.
 * - `slotCancelled`: the hospital took the slot back, and the booker is to choose another or give up.
 * - `released`: given up by the booker; ended for good.
 * - `attended` `noShow`: recorded by the visitation; each may be put right by the other.
 */
export type BookingState = Matter &
  (
    | { status: "wanting"; wish: Wish; from: "none" | "held" | "offered" | Unplaced }
    | ({ status: "held" | "offered"; until: string } & Placed)
    | ({ status: "booked" | "attended" | "noShow" } & Placed)
    | { status: Unplaced }
  );
export type BookingStatus = BookingState["status"];
export type Wanting = Extract<BookingState, { status: "wanting" }>;

const matterOf = (state: BookingState): Matter => ({
  booker: state.booker,
  visitation: state.visitation,
  patient: state.patient,
  municipality: state.municipality,
  needAt: state.needAt,
  referralCaseId: state.referralCaseId,
  relatesTo: state.relatesTo,
  requested: state.requested,
  wishes: state.wishes,
});

type OpeningFact = BookingFactOf<"BookingOpened" | "SlotRequested">;

/** A booking that was opened is about to ask for a place: `PlaceWanted` is in the same record. */
export const bookingFrom = (fact: OpeningFact): BookingState => ({
  booker: fact.booker,
  visitation: fact.type === "SlotRequested" ? fact.visitation : undefined,
  patient: fact.patient,
  municipality: fact.municipality,
  needAt: fact.needAt,
  referralCaseId: fact.referralCaseId,
  relatesTo: fact.relatesTo,
  requested: fact.type === "SlotRequested",
  wishes: 0,
  status: fact.type === "SlotRequested" ? "requested" : "noPlace",
});

/**
 * Where a wish that was refused leads back to. A place lost before its offer was accepted puts the question back to the
 * visitation; a choice after a cancelled slot is still to be made, also by a booker that was about to book what it held.
 */
export const afterRefusal = (from: Wanting["from"], reason: PlaceRefusal): Unplaced => {
  if (from === "offered") return "requested";
  if (from === "held" && reason === "cancelled") return "slotCancelled";
  return from === "none" || from === "held" ? "noPlace" : from;
};

const sourceOf = (state: BookingState): Wanting["from"] => {
  if (state.status === "wanting") return state.from;
  if (state.wishes === 0 && !state.requested) return "none";
  return state.status === "booked" || state.status === "attended" || state.status === "noShow"
    ? "none"
    : state.status;
};

const wanting = (state: BookingState, fact: BookingFactOf<"PlaceWanted">): BookingState => {
  const { wish: no, want, slotId, text, referralCaseId = state.referralCaseId } = fact;
  const wish = { no, want, slotId, text };
  return { ...matterOf(state), referralCaseId, wishes: no, status: "wanting", wish, from: sourceOf(state) };
};

const placed = (
  state: BookingState,
  fact: BookingFactOf<"HoldGiven" | "PlaceOffered" | "SlotBooked">,
): BookingState => {
  const matter = matterOf(state);
  const { wish } = fact;
  if (fact.type === "HoldGiven")
    return { ...matter, status: "held", wish, slot: fact.slot, until: fact.until };
  if (fact.type === "PlaceOffered")
    return { ...matter, status: "offered", wish, slot: fact.slot, until: fact.until };
  const { type: _type, wish: _wish, referralCaseId: _referral, ...slot } = fact;
  return { ...matter, visitation: slot.visitation, status: "booked", wish, slot };
};

const unplacedAfter = {
  HoldLapsed: "expired",
  SlotLost: "slotCancelled",
  BookingReleased: "released",
  OfferDeclined: "requested",
  NoneOffered: "noneOffered",
} as const satisfies Partial<Record<BookingFact["type"], Unplaced>>;
type Unplacing = keyof typeof unplacedAfter;
const unplaces = (type: string): type is Unplacing => Object.hasOwn(unplacedAfter, type);

const came = { PatientAttended: "attended", PatientNoShow: "noShow" } as const;

const changedSlot = (state: BookingState, fact: BookingFactOf<"BookedSlotChanged">): BookingState => {
  if (state.status !== "booked") return state;
  const { place = state.slot.place, instructions } = fact;
  return {
    ...state,
    slot: { ...state.slot, place, ...(instructions === undefined ? {} : { instructions }) },
  };
};

const attendance = (state: BookingState, type: keyof typeof came): BookingState =>
  state.status === "booked" || state.status === "attended" || state.status === "noShow"
    ? { ...state, status: came[type] }
    : state;

const evolvePlaced = (state: BookingState, fact: BookingFact): BookingState => {
  if (fact.type === "PatientAttended" || fact.type === "PatientNoShow") return attendance(state, fact.type);
  return fact.type === "BookedSlotChanged" ? changedSlot(state, fact) : state;
};

/** The state after a fact. Facts that a state cannot meet leave it as it is: the journal is never wrong afterwards. */
export const evolveBooking = (state: BookingState, fact: BookingFact): BookingState => {
  if (unplaces(fact.type)) return { ...matterOf(state), status: unplacedAfter[fact.type] };
  if (fact.type === "PlaceWanted") return wanting(state, fact);
  if (fact.type === "HoldGiven" || fact.type === "PlaceOffered" || fact.type === "SlotBooked")
    return placed(state, fact);
  return fact.type === "PlaceNotGiven" && state.status === "wanting"
    ? { ...matterOf(state), status: afterRefusal(state.from, fact.reason) }
    : evolvePlaced(state, fact);
};

const acts: Partial<Record<BookingStatus, { by: "booker" | "visitation"; act: string }>> = {
  held: { by: "booker", act: "book" },
  offered: { by: "booker", act: "accept-or-decline" },
  booked: { by: "visitation", act: "record-attendance" },
  requested: { by: "visitation", act: "offer" },
  slotCancelled: { by: "booker", act: "choose" },
};

const expectedOf = (state: BookingState): CardDraft["awaits"] => {
  // An offer that ran out leaves a need behind; a hold that ran out was let go by whoever held it.
  if (state.status === "expired") return state.requested ? [{ who: state.booker, act: "choose" }] : [];
  const next = acts[state.status];
  const who = next === undefined ? undefined : state[next.by];
  return next === undefined || who === undefined ? [] : [{ who, act: next.act }];
};

/** How lists show a booking: with whom the ball is. While a slot is asked, it is with the hub. */
export const bookingCard = (state: BookingState): CardDraft => {
  const awaits = expectedOf(state);
  const referral = state.referralCaseId;
  return {
    kind: "booking",
    opener: state.booker,
    awaits,
    closed: awaits.length === 0 && state.status !== "wanting",
    patient: state.patient,
    links: [
      ...(referral === undefined ? [] : [{ caseId: referral, relation: "bookedFor" }]),
      ...state.relatesTo.map((caseId) => ({ caseId, relation: "relatesTo" })),
    ],
  };
};
