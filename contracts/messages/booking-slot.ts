import { z } from "zod";
import { Address, MunicipalityCode } from "../identifiers.ts";
import { Instant } from "../time.ts";

/** What a slot is, but for how many places it has. No patient is ever named in a slot. */
const details = {
  /** MedCom MedicalSpecialityCode. */
  speciality: z.string().min(1).max(70),
  start: Instant,
  lengthMinutes: z.number().int().min(5).max(600),
  /** Where the patient is to come, for people. */
  place: z.string().min(1).max(200),
  /** What the patient is to bring or do beforehand. */
  instructions: z.string().min(1).max(1000).optional(),
};

/** Whose citizens a slot is for. Neither given: anybody's. */
const reach = {
  municipalities: z.array(MunicipalityCode).min(1).max(98).optional(),
  /** GLNs of regions whose practices may book: a practice is a region's by the directory (`authority`, `partOf`). */
  regions: z.array(Address).min(1).max(5).optional(),
};

const places = z.number().int().min(1).max(500);

// ---- commands of the visitation ----------------------------------------------------------------------------------

/** A visitation publishes capacity. `messageId` names the slot, for ever. */
export const PublishSlot = z
  .object({
    messageId: z.string().min(1).max(70),
    ...details,
    ...reach,
    places,
    /** GLN of the unit that sees the patient, of the same hospital; absent: the visitation itself. */
    unit: Address.optional(),
  })
  .meta({ id: "PublishSlot" });
export type PublishSlot = z.infer<typeof PublishSlot>;

const onCase = { caseId: z.uuid() };

/** More or fewer places, another room, other instructions. When it begins is never changed: cancel, and publish another. */
export const ChangeSlot = z
  .object({
    ...onCase,
    places: places.optional(),
    place: details.place.optional(),
    instructions: details.instructions,
  })
  .meta({ id: "ChangeSlot" });

/** Takes a slot back. Every booker of it is told, and awaits a new choice. */
export const CancelSlot = z
  .object({ ...onCase, reason: z.string().min(1).max(350) })
  .meta({ id: "CancelSlot" });

// ---- facts of a slot ---------------------------------------------------------------------------------------------

/** A slot as whoever has a place in it knows it. */
export const SlotOfBooking = z.object({
  slotId: z.uuid(),
  /** GLNs: who gives the times out, the hospital, and the unit that sees the patient. */
  visitation: z.string(),
  hospital: z.string(),
  unit: z.string(),
  ...details,
});
export type SlotOfBooking = z.infer<typeof SlotOfBooking>;

/** Why a slot gave no place. `unknown`: there is no such slot. */
export const PlaceRefusal = z.enum(["full", "tooLate", "begun", "cancelled", "notForCitizen", "unknown"]);
export type PlaceRefusal = z.infer<typeof PlaceRefusal>;

/**
 * One claim on a place: the id of the booking's case and the number of its wish, opaque to the visitation and worthless to
 * anybody else.
 */
export const Claim = z.object({ claimId: z.uuid(), wish: z.number().int().min(1), by: z.string() });
export type Claim = z.infer<typeof Claim>;

const claim = Claim.shape;

export const slotFacts = [
  /** There are so many places at that time. */
  z.object({ type: z.literal("SlotPublished"), slot: SlotOfBooking, places, ...reach }),
  /** `claims`: the booked ones, whose bookers must be told when place or instructions changed. */
  z.object({
    type: z.literal("SlotChanged"),
    places: places.optional(),
    place: details.place.optional(),
    instructions: details.instructions,
    claims: z.array(Claim),
  }),
  /** The visitation took the slot back. `claims`: all that held or had a place. */
  z.object({
    type: z.literal("SlotCancelled"),
    reason: z.string(),
    start: Instant,
    speciality: z.string(),
    claims: z.array(Claim),
  }),
  /** The time is over: nothing is given out any more. `claims`: all that had a place. */
  z.object({
    type: z.literal("SlotEnded"),
    start: Instant,
    speciality: z.string(),
    claims: z.array(Claim),
  }),
  /** A place is held until then, and no longer: a hold that ran out takes no place, rung or not. */
  z.object({ type: z.literal("PlaceHeld"), ...claim, until: Instant, slot: SlotOfBooking }),
  /** A place is booked. */
  z.object({ type: z.literal("PlaceTaken"), ...claim, slot: SlotOfBooking }),
  z.object({
    type: z.literal("PlaceRefused"),
    ...claim,
    reason: PlaceRefusal,
    /** Who gives the times out there, to be phoned instead. */
    hospital: z.string(),
  }),
  /** A place is free again: given up by its booker, or its hold ran out. */
  z.object({ type: z.literal("PlaceFreed"), ...claim, why: z.enum(["givenUp", "expired"]) }),
] as const;

// ---- search ------------------------------------------------------------------------------------------------------

/** What a GP can do when there is no time, the same day or the next: by phone, at once. */
export const Instead = z.object({
  /** Acute admission is decided by the hospital's visitation (guide, section 5); the closest first. */
  acuteRoute: z.array(z.object({ gln: z.string(), name: z.string(), phone: z.string().optional() })),
  /** The acute team of the citizen's municipality, by the directory of that day. */
  acuteTeam: z.object({ gln: z.string(), name: z.string(), phone: z.string().optional() }).optional(),
});
export type Instead = z.infer<typeof Instead>;

/** Looks for open places, earliest first. Without `from` and `to`: from now until the rule says that it is too late. */
export const SlotSearch = z
  .object({
    speciality: z.string().min(1).optional(),
    /** GLN of a hospital, or of a region. */
    hospital: z.string().min(1).optional(),
    /** The citizen's. */
    municipality: MunicipalityCode.optional(),
    /** When the need arose; absent: now. */
    needAt: Instant.optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .meta({ id: "SlotSearch" });
export type SlotSearch = z.infer<typeof SlotSearch>;

export const OpenSlot = SlotOfBooking.extend({
  /** Places that are neither booked nor held now. */
  open: z.number().int().min(1),
  /** Whether it begins in time: the same day as the need, or the next calendar day. */
  inTime: z.boolean(),
});
export type OpenSlot = z.infer<typeof OpenSlot>;

/** `instead` stands there when no slot begins in time: then it is said plainly what to do. */
export const SlotSearchAnswer = z
  .object({
    slots: z.array(OpenSlot),
    /** The first instant that is too late for this need. */
    before: Instant,
    instead: Instead.optional(),
  })
  .meta({ id: "SlotSearchAnswer" });
export type SlotSearchAnswer = z.infer<typeof SlotSearchAnswer>;

export const BookingQueries = { "booking.search": SlotSearch } as const;

/** What the index keeps of a slot: its details, places and reach; who claims what is counted beside it. */
export const IndexedSlot = SlotOfBooking.extend({ places, ...reach });
export type IndexedSlot = z.infer<typeof IndexedSlot>;
