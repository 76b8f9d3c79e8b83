import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { Appointment } from "../../../contracts/messages/referral-facts.ts";
import type { ReceiveReferralLetter } from "../../../contracts/messages/referral-letters.ts";
import { instantOfLocal } from "../../case/clock-zone.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import type { CommandOf, PayloadOf } from "./command.ts";
import { moves, type ReceiversLetter } from "./moves.ts";
import type { OpenCase } from "./state.ts";

/** Letters of receivers that speak nothing but MedCom's letters: what each is to a referral as it stands. */

type ClosingPayload = PayloadOf<"referral.concludeByLetter">;
type BookingPayload = PayloadOf<"referral.bookByLetter">;
type Booking = Pick<BookingPayload, "received" | "at" | "place" | "contact" | "note">;
type Received = ReceiveReferralLetter["said"];
type Concluded = Extract<ReferralFact, { type: "ReferralConcluded" }>;

type ClosingSaid = Pick<ClosingPayload, "text" | "signedBy" | "closing">;

const closingIn = ({ text, signedBy, closing }: ClosingSaid): ClosingSaid => ({ text, signedBy, closing });

/** A closing letter as the facts of a conclusion have it. MedCom's letters have no element for a critical finding. */
export const concludedBy = (payload: ClosingPayload, { kind }: OpenCase): Omit<Concluded, "type"> => ({
  kind,
  ...closingIn(payload),
  attachments: [],
  critical: false,
});

const appointmentIn = ({ at, place, contact, note }: Booking): Appointment | undefined =>
  at === undefined
    ? undefined
    : {
        start: instantOfLocal(at.slice(0, 10), at.slice(11)),
        place,
        ...(note === undefined ? {} : { instructions: note }),
        ...(contact === undefined ? {} : { contact }),
      };

type BookingSaid = Omit<Extract<ReferralFact, { type: "ReferralBookingAdded" }>, "type">;

/** A booking answer as a fact has it: note and contact are the time's, when there is one. */
const bookingIn = (booking: Booking): BookingSaid => {
  const appointment = appointmentIn(booking);
  const { received, contact, note } = booking;
  return appointment === undefined ? { received, contact, note } : { received, appointment };
};

const isBeforeAcceptance = (status: OpenCase["status"]): boolean =>
  moves["referral.accept"].when.some((one) => one === status);

/** What a time means to each kind: a municipality invites to the clarifying talk, an acute team says that it comes. */
const timeFact = (state: OpenCase, appointment: Appointment, by: string): ReferralFact | undefined => {
  if (state.kind === "acute-team")
    return isBeforeAcceptance(state.status) ? { type: "ReferralAccepted", by, appointment } : undefined;
  if ("appointment" in state) return { type: "AppointmentMoved", appointment };
  return { type: state.kind === "prevention" ? "InvitedToTalk" : "AppointmentBooked", appointment };
};

/** The fact of a booking answer (XDIS13): a time, a mere receipt, or one more word on what is known. */
export const bookingFact = (payload: BookingPayload, state: OpenCase, by: string): ReferralFact => {
  const booking = bookingIn(payload);
  const added = { type: "ReferralBookingAdded" as const, ...booking };
  if (booking.appointment !== undefined) return timeFact(state, booking.appointment, by) ?? added;
  const { received, contact, note } = payload;
  return state.status === "sent" ? { type: "ReferralReceived", by, received, contact, note } : added;
};

/** In these a closing letter stands already. */
const concludedStates: readonly OpenCase["status"][] = ["criticalFinding", "resultReady", "concluded"];

const lateFact = (command: CommandOf<ReceiversLetter>, state: OpenCase, actor: string): ReferralFact => {
  if (command.type === "referral.bookByLetter")
    return { type: "ReferralBookingAdded", ...bookingIn(command.payload) };
  const corrects =
    command.payload.status === "corrected" &&
    actor === state.receiver &&
    concludedStates.includes(state.status);
  return {
    type: corrects ? "ReferralConclusionCorrected" : "ReferralClosingAdded",
    ...concludedBy(command.payload, state),
  };
};

/** Whether a letter comes when the referral has ended, or from a unit that passed it on. */
export const isLate = (command: { type: ReceiversLetter }, state: OpenCase, actor: string): boolean =>
  state.former.includes(actor) ||
  (actor === state.receiver && !moves[command.type].when.some((status) => status === state.status));

/** It moves nothing, and reaches the sender all the same. */
export const addLate = (
  command: CommandOf<ReceiversLetter>,
  state: OpenCase,
  { actor }: DecisionContext,
): Decision<ReferralFact> => ({
  kind: "record",
  facts: [lateFact(command, state, actor)],
  tell: [{ to: state.sender, from: actor, fact: 0 }],
});

/** What a letter that answers no referral here says. */
export const receivedIn = (
  said: Received,
): Extract<ReferralFact, { type: "ReferralLetterReceived" }>["said"] =>
  said.kind === "closing" ? { kind: "closing", ...closingIn(said) } : { kind: "booking", ...bookingIn(said) };
