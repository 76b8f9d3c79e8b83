import { type BookingFact, isBookingFact } from "../../../contracts/messages/booking.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

type SlotBooked = Extract<BookingFact, { type: "SlotBooked" }>;

const bookedIn = (record: CaseRecord): SlotBooked | undefined =>
  record.facts.find(
    (fact): fact is SlotBooked =>
      isBookingFact(fact) && fact.type === "SlotBooked" && fact.referralCaseId !== undefined,
  );

/** A place that was booked for a referral is its appointment: the referral is told, and its parties with it. */
export const noteBooking: Workflow = {
  rule: "note-booking",
  facts: ["SlotBooked"],
  concerns: (record) => record.family === "booking" && bookedIn(record) !== undefined,
  ordersOf: (history): Order[] => {
    const { caseId: bookingCaseId } = occasionOf(history);
    const booked = bookedIn(occasionOf(history));
    if (booked?.referralCaseId === undefined) return [];
    const { slotId, start, place, referralCaseId: caseId } = booked;
    return [{ type: "referral.noteBooking", payload: { caseId, bookingCaseId, slotId, start, place } }];
  },
};
