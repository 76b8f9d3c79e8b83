import type { BookingFact } from "../../contracts/messages/booking.ts";
import type { BookingWorld } from "./booking-world.ts";

export type BookingRecord = ReturnType<BookingWorld["records"]>[number];
/** A claim as the facts of its slot tell it; without `until` it is booked. */
export type Claim = { wish: number; until?: string };
type SlotBook = {
  places: number;
  place: string;
  /** Absent: no slot was published. */
  start?: string;
  open: "published" | "cancelled" | "ended";
  claims: Map<string, Claim>;
};

/** What a plain reading of a slot's facts comes to, without the state of the core. */
export const slotBook = (records: readonly BookingRecord[]): SlotBook => {
  const book: SlotBook = { places: 0, place: "", open: "published", claims: new Map() };
  for (const fact of records.flatMap((record) => record.facts)) readSlot(book, fact);
  return book;
};

const readSlot = (book: SlotBook, fact: BookingFact): void => {
  if (fact.type === "SlotPublished")
    [book.places, book.place, book.start] = [fact.places, fact.slot.place, fact.slot.start];
  if (fact.type === "SlotChanged")
    [book.places, book.place] = [fact.places ?? book.places, fact.place ?? book.place];
  if (fact.type === "SlotEnded") book.open = "ended";
  if (fact.type === "SlotCancelled") {
    book.open = "cancelled";
    book.claims.clear();
  }
  readClaim(book, fact);
};

const readClaim = ({ claims }: SlotBook, fact: BookingFact): void => {
  if (fact.type === "PlaceHeld") claims.set(fact.claimId, { wish: fact.wish, until: fact.until });
  if (fact.type === "PlaceTaken") claims.set(fact.claimId, { wish: fact.wish });
  if (fact.type === "PlaceFreed") claims.delete(fact.claimId);
};

/** Where a booking believes that it has a place, by its own facts. */
type Believed = { slotId: string; wish: number; until?: string; place: string };

export const believedPlace = (records: readonly BookingRecord[]): Believed | undefined => {
  let believed: Believed | undefined;
  for (const fact of records.flatMap((record) => record.facts)) believed = afterFact(believed, fact);
  return believed;
};

const losing = new Set<string>([
  "PlaceNotGiven",
  "HoldLapsed",
  "SlotLost",
  "BookingReleased",
  "OfferDeclined",
] satisfies BookingFact["type"][]);

const afterFact = (before: Believed | undefined, fact: BookingFact): Believed | undefined => {
  if (losing.has(fact.type)) return undefined;
  if (fact.type === "HoldGiven" || fact.type === "PlaceOffered") {
    const { wish, until } = fact;
    return { slotId: fact.slot.slotId, wish, until, place: fact.slot.place };
  }
  if (fact.type === "SlotBooked") return { slotId: fact.slotId, wish: fact.wish, place: fact.place };
  if (fact.type === "BookedSlotChanged" && before !== undefined)
    return { ...before, place: fact.place ?? before.place };
  return before;
};

/** Every case with its records, read once: a course is checked often. */
export type Shelf = ReadonlyMap<string, readonly BookingRecord[]>;

export const shelfOf = (world: BookingWorld): Shelf => {
  const shelf = new Map<string, BookingRecord[]>();
  for (const record of world.records()) {
    const known = shelf.get(record.caseId);
    if (known === undefined) shelf.set(record.caseId, [record]);
    else known.push(record);
  }
  return shelf;
};
export const of = (shelf: Shelf, caseId: string): readonly BookingRecord[] => shelf.get(caseId) ?? [];
export const factsOf = (shelf: Shelf, caseId: string): BookingFact[] =>
  of(shelf, caseId).flatMap(({ facts }) => facts);
export const statusOf = (shelf: Shelf, caseId: string): string => of(shelf, caseId).at(-1)?.meta.status ?? "";

/** Cases that were opened by one of these facts. A message that was refused opens a case in which nothing happened. */
const openedBy = (shelf: Shelf, ...opening: BookingFact["type"][]): string[] =>
  [...shelf.keys()].filter((caseId) => factsOf(shelf, caseId).some(({ type }) => opening.includes(type)));
export const slotsOf = (shelf: Shelf): string[] => openedBy(shelf, "SlotPublished");
export const bookingsOf = (shelf: Shelf): string[] => openedBy(shelf, "BookingOpened", "SlotRequested");

type Named = { booker: string; visitation: string };
const namedBy = (named: Named, fact: BookingFact): Named => {
  if (fact.type === "BookingOpened") return { ...named, booker: fact.booker };
  if (fact.type === "SlotRequested") return { booker: fact.booker, visitation: fact.visitation };
  return fact.type === "SlotBooked" ? { ...named, visitation: fact.visitation } : named;
};

/** Where each booking stands: what may fittingly be done next, and by whom. */
export const standings = (world: BookingWorld) => {
  const shelf = shelfOf(world);
  return bookingsOf(shelf).map((caseId) => {
    const named = factsOf(shelf, caseId).reduce(namedBy, { booker: "", visitation: "" });
    const slotId = believedPlace(of(shelf, caseId))?.slotId ?? "";
    const owner = of(shelf, slotId)[0]?.meta.actor;
    const slot = owner === undefined ? {} : { slot: { slotId, visitation: owner } };
    return { caseId, status: statusOf(shelf, caseId), ...named, ...slot };
  });
};
