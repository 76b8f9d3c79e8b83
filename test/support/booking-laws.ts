import { expect } from "vitest";
import type { BookingFact, BookingFactOf } from "../../contracts/messages/booking.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { evolveCase, noCase } from "../../services/case/case-state.ts";
import { isOpenClock } from "../../services/case/clock-book.ts";
import {
  type BookingRecord,
  believedPlace,
  bookingsOf,
  type Claim,
  factsOf,
  of,
  type Shelf,
  shelfOf,
  slotBook,
  slotsOf,
  statusOf,
} from "./booking-reading.ts";
import type { BookingWorld } from "./booking-world.ts";

const isLive = ({ until }: Claim, at: string): boolean => until === undefined || until > at;

/** At every write, and now: no slot has more places booked and held than it has. */
export const neverTooMany = (world: BookingWorld): void => {
  const shelf = shelfOf(world);
  for (const slotId of slotsOf(shelf)) {
    const records = of(shelf, slotId);
    const moments = [...records.map(({ meta }, i) => [i + 1, meta.at] as const)];
    for (const [n, at] of [...moments, [records.length, world.now()] as const]) {
      const { places, claims } = slotBook(records.slice(0, n));
      const live = [...claims.values()].filter((claim) => isLive(claim, at));
      expect(live.length, "places booked and held").toBeLessThanOrEqual(places);
    }
  }
};

/** The records of each case are numbered without a hole, each command is there once, and each record is a record. */
export const wholeRecords = (world: BookingWorld): void => {
  for (const records of shelfOf(world).values()) {
    expect(records.map(({ meta }) => meta.no)).toEqual(records.map((_, i) => i + 1));
    expect(new Set(records.map(({ meta }) => meta.commandId)).size).toBe(records.length);
    for (const record of records) CaseRecord.parse(record);
  }
};

const placedStatuses = ["held", "offered", "booked", "attended", "noShow"];

/** A booking that has a place has it in its slot, as its slot tells it: the same wish, the same end, the same room. */
const placeIsInSlot = (shelf: Shelf, bookingId: string, now: string): void => {
  const status = statusOf(shelf, bookingId);
  const believed = believedPlace(of(shelf, bookingId));
  expect(believed !== undefined, `a place while ${status}`).toBe(placedStatuses.includes(status));
  if (believed === undefined) return;
  const { slotId, wish, until, place } = believed;
  const slot = slotBook(of(shelf, slotId));
  if (status === "booked") expect(place, "the room that the booker knows").toBe(slot.place);
  // Who has come has been there, whatever becomes of the slot afterwards.
  if (slot.open === "cancelled" && (status === "attended" || status === "noShow")) return;
  expect(slot.claims.get(bookingId), `the place of a booking that is ${status}`).toEqual(
    until === undefined ? { wish } : { wish, until },
  );
  if (until !== undefined) expect(until > now, `still ${status}`).toBe(true);
};

/** Each place that a slot has given out is one booking's, which knows it. */
const slotIsInBookings = (shelf: Shelf, slotId: string): void => {
  const { claims, open } = slotBook(of(shelf, slotId));
  for (const [bookingId, { wish }] of claims) {
    const believed = believedPlace(of(shelf, bookingId));
    // A time that is over keeps who had it, also when it was given up afterwards.
    if (open === "ended" && statusOf(shelf, bookingId) === "released") continue;
    expect(believed, "who has a place").toMatchObject({ slotId, wish });
  }
};

/** Every wish has its one answer, and no booking is left asking. */
const wishesAreAnswered = (shelf: Shelf, bookingId: string): void => {
  expect(statusOf(shelf, bookingId), "nobody is left asking").not.toBe("wanting");
  const facts = factsOf(shelf, bookingId);
  const answers = facts.flatMap((fact) =>
    fact.type === "HoldGiven" ||
    fact.type === "PlaceOffered" ||
    fact.type === "SlotBooked" ||
    fact.type === "PlaceNotGiven"
      ? [fact.wish]
      : [],
  );
  const lost = facts.flatMap((fact) => (fact.type === "SlotLost" ? [fact.wish] : []));
  const wishes = facts.flatMap((fact) => (fact.type === "PlaceWanted" ? [fact.wish] : []));
  expect(new Set(answers).size, "answers to a wish").toBe(answers.length);
  expect(wishes.filter((wish) => !answers.includes(wish) && !lost.includes(wish))).toEqual([]);
};

const owedTo = (record: BookingRecord, gln: string): boolean =>
  record.deliveries.some((delivery) => delivery.change === "owed" && delivery.to === gln);

const isGone = (fact: BookingFact, slotId: string): boolean =>
  (fact.type === "SlotLost" && fact.slotId === slotId) ||
  (fact.type === "PlaceNotGiven" && fact.slotId === slotId && fact.reason === "cancelled");

const letsGo = new Set<string>(["BookingReleased", "OfferDeclined", "HoldLapsed"]);
const came = new Set<string>(["PatientAttended", "PatientNoShow"]);

/** Whether a booking let go of the place of a wish by itself, or knows by another answer that it has it no more. */
const hadLetGo = (fact: BookingFact, slotId: string, wish: number): boolean => {
  if (came.has(fact.type)) return true;
  const of = "wish" in fact ? (fact.wish ?? wish) : wish;
  if (letsGo.has(fact.type)) return of >= wish;
  if (of <= wish) return false;
  return (
    (fact.type === "PlaceNotGiven" && fact.reason !== "cancelled") ||
    (fact.type === "PlaceWanted" && fact.slotId !== slotId)
  );
};

/** Whoever had a place in a slot that was taken back is told so. */
const lossIsTold = (shelf: Shelf, { claims }: BookingFactOf<"SlotCancelled">, slotId: string): void => {
  for (const { claimId, by, wish } of claims) {
    const records = of(shelf, claimId);
    const letGo = records.some(({ facts }) => facts.some((fact) => hadLetGo(fact, slotId, wish)));
    const told = records.some(
      (record) => record.facts.some((fact) => isGone(fact, slotId)) && owedTo(record, by),
    );
    expect(told || letGo, "told that the slot was taken back").toBe(true);
  }
};

/** Whoever is to act is named, and a question to a visitation has its clock for as long as it is open. */
const ballIsWithSomebody = (shelf: Shelf, bookingId: string): void => {
  const { status, card, clocks } = of(shelf, bookingId).reduce(evolveCase, noCase(bookingId));
  const open = Object.values(clocks).filter((clock) => clock.deliveryId === undefined && isOpenClock(clock));
  expect(open.length, `clocks while ${status}`).toBe(status === "requested" ? 1 : 0);
  expect(card?.closed, `closed while ${status}`).toBe(card?.awaits.length === 0);
};

/** What is true of all slots and bookings together as soon as nothing is under way between them. */
export const agreeWhenQuiet = (world: BookingWorld): void => {
  const shelf = shelfOf(world);
  for (const bookingId of bookingsOf(shelf)) {
    wishesAreAnswered(shelf, bookingId);
    placeIsInSlot(shelf, bookingId, world.now());
    ballIsWithSomebody(shelf, bookingId);
  }
  for (const slotId of slotsOf(shelf)) {
    slotIsInBookings(shelf, slotId);
    for (const fact of factsOf(shelf, slotId))
      if (fact.type === "SlotCancelled") lossIsTold(shelf, fact, slotId);
  }
};
