import fc from "fast-check";
import { caseIdFor } from "../../infra/ids.ts";
import { gp, otherGp, otherVisitation, visitation } from "./booking-given.ts";
import type { Order } from "./booking-world.ts";
import { local } from "./clock-given.ts";
import { who } from "./region-view.ts";

/** Few bookers of few places, so that they meet. */
const bookers = [gp, otherGp, who.jsonPractice] as const;
const visitations = [visitation, otherVisitation] as const;
const messages = ["B-1", "B-2"] as const;

const patient = { cpr: "0107364006", surname: "Prøvesen" };

type SlotGiven = { by: string; messageId: string; start: string; places: number };
/** On a Monday from a quarter past ten: two that begin while a run lasts, one of the next day, and one that is too late. */
const slotsGiven: readonly SlotGiven[] = [
  { by: visitation, messageId: "S-1", start: local("2026-11-23 12:00"), places: 1 },
  { by: visitation, messageId: "S-2", start: local("2026-11-23 14:00"), places: 2 },
  { by: otherVisitation, messageId: "S-1", start: local("2026-11-24 09:00"), places: 1 },
  { by: otherVisitation, messageId: "S-2", start: local("2026-11-25 09:00"), places: 2 },
];
export const slotIds: readonly string[] = slotsGiven.map(({ by, messageId }) => caseIdFor(by, messageId));

export const publishing: readonly Order[] = slotsGiven.map(({ by, messageId, start, places }) => ({
  type: "booking.publish",
  by,
  id: `publish:${by}:${messageId}`,
  payload: { messageId, speciality: "kardiologi", start, places, lengthMinutes: 30, place: "Indgang 1" },
}));

/** Bookings that somebody may open, with who opens them. */
const openable = bookers.flatMap((by) => messages.map((messageId) => ({ by, messageId })));
const bookingIds = openable.map(({ by, messageId }) => caseIdFor(by, messageId));
const forReferral = ["R-1", "R-2"].map((messageId) => caseIdFor("hub", messageId));
export const allBookings: readonly string[] = [...bookingIds, ...forReferral];

/** As a gateway names the command that opens a case: by its sender and the sender's own id for it. */
const opening =
  (type: string, more: object) =>
  (of: { by: string; messageId: string }): Order => ({
    type,
    by: of.by,
    id: `${type}:${of.by}:${of.messageId}`,
    payload: { messageId: of.messageId, patient, ...more },
  });
export const bookAtOnce = (by: string, messageId: string, slotId: string): Order =>
  opening("booking.bookDirectly", { slotId })({ by, messageId });
export const holdPlace = (by: string, messageId: string, slotId: string): Order =>
  opening("booking.hold", { slotId })({ by, messageId });
export const requestSlot = (by: string, messageId: string, gln: string): Order =>
  opening("booking.request", { to: { gln }, reason: "Nyopstået åndenød" })({ by, messageId });

const slot = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom(...slotIds.slice(0, 2)) },
  { weight: 6, arbitrary: fc.constantFrom(...slotIds.slice(2, 3)) },
  { weight: 1, arbitrary: fc.constantFrom(...slotIds.slice(3)) },
  // No slot at all, and a case that is none.
  { weight: 1, arbitrary: fc.constantFrom(caseIdFor(gp, "never"), ...bookingIds.slice(0, 2)) },
);

/** Which slots there are from the start: mostly all. The others may be published while bookers ask for them. */
export const published: fc.Arbitrary<readonly Order[]> = fc.oneof(
  { weight: 7, arbitrary: fc.constant(publishing) },
  { weight: 1, arbitrary: fc.subarray([...publishing]) },
);

/** The command ids are made when an order is sent: each is new, unless it is sent again. */
export type Draft = Omit<Order, "id"> & { id?: string };

const opened: fc.Arbitrary<Draft> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom("booking.hold", "booking.bookDirectly"), slot, fc.constantFrom(...openable))
      .map(([type, slotId, of]) => opening(type, { slotId })(of)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...visitations), fc.constantFrom(...openable))
      .map(([gln, { by, messageId }]) => requestSlot(by, messageId, gln)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(slot, fc.constantFrom("R-1", "R-2"), fc.constantFrom(...bookers))
      .map(([slotId, messageId, by]): Draft => {
        const payload = { messageId, slotId, by, patient, referralCaseId: caseIdFor(by, messageId) };
        return { type: "booking.bookForReferral", by: "hub", id: `forReferral:${messageId}`, payload };
      }),
  },
);

const mostly = <T>(right: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

/** What is done to a booking: mostly by its booker, now and then by somebody whose it is not. */
const byBooker: fc.Arbitrary<Draft> = fc
  .tuple(
    fc.constantFrom(...openable, ...bookers.map((by) => ({ by, messageId: "R-1" }))),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant({ type: "booking.book" }) },
      { weight: 5, arbitrary: fc.constant({ type: "booking.release" }) },
      {
        weight: 5,
        arbitrary: fc.record({ type: fc.constant("booking.choose"), slotId: slot, book: fc.boolean() }),
      },
      { weight: 3, arbitrary: fc.constant({ type: "booking.acceptOffer" }) },
      { weight: 2, arbitrary: fc.constant({ type: "booking.declineOffer", reason: "Kan ikke" }) },
    ),
  )
  .chain(([{ by, messageId }, { type, ...more }]) =>
    mostly<string>(by, ...bookers, visitation).map((sender) => {
      const caseId = messageId === "R-1" ? caseIdFor("hub", messageId) : caseIdFor(by, messageId);
      return { type, by: sender, payload: { caseId, ...more } };
    }),
  );

const byVisitation: fc.Arbitrary<Draft> = fc
  .tuple(
    mostly<string>(visitation, gp).chain((by) => mostly<string>(by, otherVisitation)),
    fc.constantFrom(...allBookings),
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ type: fc.constant("booking.offer"), slotId: slot }) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          { type: "booking.answerNone" },
          { type: "booking.attended" },
          { type: "booking.noShow" },
        ),
      },
    ),
  )
  .map(([by, caseId, { type, ...more }]) => ({ type, by, payload: { caseId, ...more } }));

const onSlot: fc.Arbitrary<Draft> = fc
  .tuple(
    fc.constantFrom(...slotsGiven.slice(0, 2), ...slotsGiven),
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc.integer({ min: 1, max: 3 }).map((places) => ({ type: "booking.changeSlot", places })),
      },
      {
        weight: 3,
        arbitrary: fc
          .integer({ min: 2, max: 9 })
          .map((n) => ({ type: "booking.changeSlot", place: `Indgang ${String(n)}` })),
      },
      { weight: 1, arbitrary: fc.constant({ type: "booking.cancelSlot", reason: "Sygdom" }) },
    ),
  )
  .chain(([{ by, messageId }, { type, ...more }]) =>
    mostly<string>(by, ...visitations, gp).map((sender) => ({
      type,
      by: sender,
      payload: { caseId: caseIdFor(by, messageId), ...more },
    })),
  );

/** A next move that fits where one of the bookings stands: which one is only known when it is sent. */
export type Fitting = { booking: number; move: number; slotId: string; book: boolean };
const fitting: fc.Arbitrary<Fitting> = fc.record({
  booking: fc.nat(20),
  move: fc.nat(41),
  slotId: slot,
  book: fc.boolean(),
});

type Standing = {
  caseId: string;
  status: string;
  booker: string;
  visitation: string;
  /** The slot that it has a place in, and whose it is. */
  slot?: { slotId: string; visitation: string };
};
type Move = { type: string; by: string; payload: object };

const ofBooking = ({ caseId, booker, visitation }: Standing, { slotId, book }: Fitting) => {
  const move = (by: string, verb: string, more: object = {}): Move => ({
    type: `booking.${verb}`,
    by,
    payload: { caseId, ...more },
  });
  const choose = move(booker, "choose", { slotId, book });
  const release = move(booker, "release");
  const offer = move(visitation, "offer", { slotId });
  const fits: Record<string, Move[]> = {
    held: [move(booker, "book"), move(booker, "book"), release],
    offered: [move(booker, "acceptOffer"), move(booker, "declineOffer", { reason: "Kan ikke" }), release],
    booked: [release, move(visitation, "attended"), move(visitation, "noShow")],
    requested: [offer, offer, offer, move(visitation, "answerNone"), release],
    wanting: [move(booker, "book"), choose, release],
  };
  return { fits, otherwise: [choose, choose, choose, release] };
};

/** What its visitation may do to the slot in which a booking has a place. */
const ofSlot = ({ slot: placed }: Standing, { move }: Fitting): Move[] => {
  if (placed === undefined) return [];
  const { slotId: caseId, visitation: by } = placed;
  const change = {
    type: "booking.changeSlot",
    by,
    payload: { caseId, place: `Indgang ${String(2 + move)}` },
  };
  const cancel = { type: "booking.cancelSlot", by, payload: { caseId, reason: "Sygdom" } };
  return [change, change, cancel];
};

/** The order that fits, or `undefined` when nobody has opened a booking yet. */
export const fittingDraft = (standing: readonly Standing[], asked: Fitting): Draft | undefined => {
  const one = standing[asked.booking % Math.max(1, standing.length)];
  if (one === undefined) return undefined;
  const { fits, otherwise } = ofBooking(one, asked);
  const moves = [...(fits[one.status] ?? otherwise), ...ofSlot(one, asked)];
  return moves[asked.move % moves.length];
};

/** Everything that anybody may send about these slots and bookings, rightly and wrongly. */
export const anyDraft: fc.Arbitrary<Draft | Fitting> = fc.oneof(
  { weight: 8, arbitrary: opened },
  { weight: 3, arbitrary: byBooker },
  { weight: 2, arbitrary: byVisitation },
  { weight: 4, arbitrary: onSlot },
  { weight: 1, arbitrary: fc.constantFrom(...publishing) },
  { weight: 14, arbitrary: fitting },
);
