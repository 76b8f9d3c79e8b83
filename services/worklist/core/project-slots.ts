import { slotKey, slotsKey } from "../../../contracts/index-keys.ts";
import { type BookingFact, isBookingFact } from "../../../contracts/messages/booking.ts";
import type { IndexedSlot } from "../../../contracts/messages/booking-slot.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** One write to the read models; see the store for what each means. */
type Op = readonly [command: string, key: string, ...args: string[]];

/** What stands under a claim's id for a place that is booked; a held one has the instant at which the hold runs out. */
const taken = "taken";

const published = (fact: Extract<BookingFact, { type: "SlotPublished" }>): Op[] => {
  const { slot, places, municipalities, regions } = fact;
  const { slotId, start, speciality } = slot;
  const [member, score] = [`${start}|${slotId}`, String(Date.parse(start))];
  const indexed: IndexedSlot = {
    ...slot,
    places,
    ...(municipalities === undefined ? {} : { municipalities }),
    ...(regions === undefined ? {} : { regions }),
  };
  return [
    ["HSET", slotKey(slotId), "slot", JSON.stringify(indexed)],
    ["ZADD", slotsKey(), score, member],
    ["ZADD", slotsKey(speciality), score, member],
  ];
};

/** A change stands beside what was published: a projection reads no record but this one. */
const changed = (slotId: string, fact: Extract<BookingFact, { type: "SlotChanged" }>): Op[] => {
  const fields = [
    ...(fact.places === undefined ? [] : ["places", String(fact.places)]),
    ...(fact.place === undefined ? [] : ["place", fact.place]),
    ...(fact.instructions === undefined ? [] : ["instructions", fact.instructions]),
  ];
  return fields.length === 0 ? [] : [["HSET", slotKey(slotId), ...fields]];
};

/** A slot that gives out nothing any more is found no more. */
const gone = (
  slotId: string,
  { claims, start, speciality }: Extract<BookingFact, { type: "SlotCancelled" | "SlotEnded" }>,
): Op[] => {
  const claimed = claims.map(({ claimId }) => claimId);
  const member = `${start}|${slotId}`;
  return [
    ["HDEL", slotKey(slotId), "slot", "places", "place", "instructions", ...claimed],
    ["ZREM", slotsKey(), member],
    ["ZREM", slotsKey(speciality), member],
  ];
};

const ofClaim = (slotId: string, fact: BookingFact): Op[] => {
  if (fact.type === "PlaceHeld") return [["HSET", slotKey(slotId), fact.claimId, fact.until]];
  if (fact.type === "PlaceTaken") return [["HSET", slotKey(slotId), fact.claimId, taken]];
  return fact.type === "PlaceFreed" ? [["HDEL", slotKey(slotId), fact.claimId]] : [];
};

const opsOf = (slotId: string, fact: BookingFact): Op[] => {
  if (fact.type === "SlotPublished") return published(fact);
  if (fact.type === "SlotChanged") return changed(slotId, fact);
  return fact.type === "SlotCancelled" || fact.type === "SlotEnded"
    ? gone(slotId, fact)
    : ofClaim(slotId, fact);
};

/** What a record of a slot means for the search of open places. Records of bookings mean nothing to it. */
export const slotOps = (record: CaseRecord): Op[] =>
  record.family === "booking"
    ? record.facts.flatMap((fact) => (isBookingFact(fact) ? opsOf(record.caseId, fact) : []))
    : [];
