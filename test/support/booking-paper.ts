import { bookingRules } from "../../services/booking/core/rules.ts";
import type { Order, Outcome } from "./booking-world.ts";

type PaperSlot = { places: number; start: number; takenBack: boolean; holders: Map<string, number> };

const minuteMs = 60_000;
const given = ["HoldGiven", "PlaceOffered", "SlotBooked"] as const;

const { holdMinutes, offerMinutes } = bookingRules;
const minutesOf = {
  HoldGiven: holdMinutes,
  PlaceOffered: offerMinutes,
  SlotBooked: Number.POSITIVE_INFINITY,
};
/** Nobody holds a place that has begun; what is booked is booked. */
const endOf = (place: (typeof given)[number], { start }: PaperSlot): number =>
  place === "SlotBooked" ? Number.POSITIVE_INFINITY : start;

/** What a wish is for, and for which case and slot; a booking that is held or offered is booked where it is. */
export type Wish = { caseId: string; slotId: string; limited: boolean };

/**
 * The book of a receptionist with pen and paper: which slots there are, and who has a place until when. It learns from the
 * answers that people get, knows nothing of records, and foretells what a wish for a place is answered.
 */
export const createPaperBook = (tooLateFrom: number) => {
  const slots = new Map<string, PaperSlot>();
  const whereIs = (caseId: string): string | undefined =>
    [...slots].find(([, { holders }]) => holders.has(caseId))?.[0];
  const others = ({ holders }: PaperSlot, caseId: string, now: number): number =>
    [...holders].filter(([id, until]) => id !== caseId && until > now).length;
  const leave = (caseId: string): void => {
    for (const { holders } of slots.values()) holders.delete(caseId);
  };
  const learnOfSlot = ({ type, payload }: Order, caseId: string): void => {
    if (type === "booking.publish") {
      const { start, places } = payload as { start: string; places: number };
      slots.set(caseId, { places, start: Date.parse(start), takenBack: false, holders: new Map() });
    }
    const slot = slots.get(caseId);
    if (slot === undefined) return;
    if ("places" in payload) slot.places = Number(payload.places);
    if (type !== "booking.cancelSlot") return;
    slot.takenBack = true;
    slot.holders.clear();
  };
  return {
    whereIs,
    /** `given`, or the code of the refusal. */
    foretell: ({ caseId, slotId, limited }: Wish, now: number): string => {
      const slot = slots.get(slotId);
      if (slot === undefined) return "slot-unknown";
      if (slot.takenBack) return "slot-cancelled";
      if (slot.start <= now) return "slot-begun";
      if (limited && slot.start >= tooLateFrom) return "slot-not-in-time";
      return others(slot, caseId, now) < slot.places ? "given" : "slot-full";
    },
    /** Writes down what came of an order. */
    learn: (
      order: Order,
      reply: Outcome,
      { slotId, now }: { slotId: string | undefined; now: number },
    ): void => {
      if (typeof reply === "string" || !("status" in reply) || reply.status !== "accepted") return;
      const { caseId, facts } = reply;
      learnOfSlot(order, caseId);
      if (facts.includes("BookingReleased") || facts.includes("OfferDeclined")) leave(caseId);
      const place = given.find((fact) => facts.includes(fact));
      const wanted = slotId === undefined ? undefined : slots.get(slotId);
      if (place === undefined || wanted === undefined) return;
      leave(caseId);
      wanted.holders.set(caseId, Math.min(now + minutesOf[place] * minuteMs, endOf(place, wanted)));
    },
  };
};
