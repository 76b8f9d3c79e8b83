import {
  IndexedSlot,
  type OpenSlot,
  type SlotSearch,
  type SlotSearchAnswer,
} from "../../../contracts/messages/booking-slot.ts";
import { type DirectoryView, isOrIsPartOf } from "../../case/directory-view.ts";
import { tooLateFrom } from "./in-time.ts";
import { insteadOf } from "./instead.ts";
import type { BookingRules } from "./rules.ts";

/** A slot as the index keeps it: fields of its own, and one field a claim, with the instant at which a hold runs out. */
export type SlotHash = Readonly<Record<string, string>>;

const own = new Set(["slot", "places", "place", "instructions"]);

const goneOf = (hash: SlotHash, now: string): number =>
  Object.entries(hash).filter(([field, until]) => !own.has(field) && (until === "taken" || until > now))
    .length;

const slotOf = (hash: SlotHash): IndexedSlot | undefined => {
  const { slot: text, places, place, instructions } = hash;
  if (text === undefined) return undefined;
  const slot = IndexedSlot.parse(JSON.parse(text));
  return {
    ...slot,
    places: places === undefined ? slot.places : Number(places),
    place: place ?? slot.place,
    ...(instructions === undefined ? {} : { instructions }),
  };
};

type Seeker = {
  search: SlotSearch;
  /** GLN of who asks: some slots are for the practices of some regions alone. */
  viewer: string;
  now: string;
  today: string;
  directory: DirectoryView;
  rules: BookingRules;
};

/** Between which instants a search looks, and which instant is too late for the need. */
export type SearchWindow = { from: string; to: string; before: string };
export const windowOf = ({ search, now, rules }: Pick<Seeker, "search" | "now" | "rules">): SearchWindow => {
  const before = tooLateFrom(search.needAt ?? now, rules.daysAfterNeed);
  const from = search.from !== undefined && search.from > now ? search.from : now;
  return { from, to: search.to ?? before, before };
};

const isOfRegion = (directory: DirectoryView, gln: string, region: string): boolean =>
  isOrIsPartOf(directory, gln, region) ||
  (directory.organisation(gln)?.authority.some((authority) => authority.gln === region) ?? false);

const fits = (slot: IndexedSlot, { search, viewer, directory }: Seeker): boolean => {
  const { speciality, hospital, municipality } = search;
  const { municipalities, regions } = slot;
  return (
    (speciality === undefined || slot.speciality === speciality) &&
    (hospital === undefined || isOrIsPartOf(directory, slot.visitation, hospital)) &&
    (municipality === undefined || municipalities === undefined || municipalities.includes(municipality)) &&
    (regions === undefined || regions.some((region) => isOfRegion(directory, viewer, region)))
  );
};

/** A slot with open places, as a search shows it: how many, never who has the others. */
export const openSlot = (hash: SlotHash, seeker: Seeker): OpenSlot | undefined => {
  const slot = slotOf(hash);
  if (slot === undefined || !fits(slot, seeker)) return undefined;
  const { from, to, before } = windowOf(seeker);
  if (slot.start <= from || slot.start >= to) return undefined;
  const open = slot.places - goneOf(hash, seeker.now);
  if (open < 1) return undefined;
  const { places: _places, municipalities: _municipalities, regions: _regions, ...shown } = slot;
  return { ...shown, open, inTime: slot.start < before };
};

/**
 * The answer to a search. With no slot in time it says plainly that there is none and what to do instead: the acute route or
 * the acute team (guide, section 5, the default for a Friday without a Saturday).
 */
export const answerOf = (slots: readonly OpenSlot[], seeker: Seeker): SlotSearchAnswer => {
  const { search, directory, today } = seeker;
  const { before } = windowOf(seeker);
  const sorted = slots.toSorted((a, b) => (a.start + a.slotId < b.start + b.slotId ? -1 : 1));
  return {
    slots: sorted.slice(0, search.limit),
    before,
    ...(sorted.some(({ inTime }) => inTime) ? {} : { instead: insteadOf(directory, search, today) }),
  };
};
