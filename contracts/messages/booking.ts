import { z } from "zod";
import { commandOf } from "../command.ts";
import { MunicipalityCode } from "../identifiers.ts";
import { Patient } from "../party.ts";
import { Instant } from "../time.ts";
import { RingAlarm } from "./alarm.ts";
import {
  CancelSlot,
  ChangeSlot,
  Instead,
  PlaceRefusal,
  PublishSlot,
  SlotOfBooking,
  slotFacts,
} from "./booking-slot.ts";

// ---- commands: what a caller may ask for -------------------------------------------------------------------------

const messageId = z.string().min(1).max(70);
const relatesTo = z.array(z.uuid()).max(10).default([]);
/** For whom, and since when. */
const matter = {
  patient: Patient,
  /** The citizen's, where the caller knows it: some slots are for some municipalities alone. */
  municipality: MunicipalityCode.optional(),
  /** When the need arose; absent: now. The time is to be the same day or the next calendar day. */
  needAt: Instant.optional(),
  relatesTo,
};
const referral = { referralCaseId: z.uuid().optional() };

/** Holds a place while the patient is asked. `messageId` names the booking's case, for ever. */
export const HoldPlace = z
  .object({ messageId, slotId: z.uuid(), ...matter, ...referral })
  .meta({ id: "HoldPlace" });
/** Books a place at once, without holding it first. */
export const BookDirectly = z
  .object({ messageId, slotId: z.uuid(), ...matter, ...referral })
  .meta({ id: "BookDirectly" });
export type BookDirectly = z.infer<typeof BookDirectly>;
/** Asks the visitation for a time: it finds one, or says what to do instead. */
export const RequestSlot = z
  .object({
    messageId,
    /** A visitation by GLN, or the one of a hospital. */
    to: z.union([
      z.object({ gln: z.string().min(1).max(35) }),
      z.object({ hospital: z.string().min(1).max(35) }),
    ]),
    ...matter,
    ...referral,
    speciality: z.string().min(1).max(70).optional(),
    reason: z.string().min(1).max(2000),
    /** Where the GP is reached while this is decided. */
    callbackPhone: z.string().min(3).max(25).optional(),
  })
  .meta({ id: "RequestSlot" });
export type RequestSlot = z.infer<typeof RequestSlot>;

/** The hub books for a referral that was accepted; `by`: GLN of whom it is booked for. No rule of days: the referral's promises hold. */
export const BookForReferral = z
  .object({ messageId, referralCaseId: z.uuid(), slotId: z.uuid(), by: z.string().min(1), patient: Patient })
  .meta({ id: "BookForReferral" });

const onCase = { caseId: z.uuid() };
const reason = z.string().min(1).max(350);

export const BookHeld = z.object({ ...onCase, ...referral }).meta({ id: "BookHeld" });
/** Gives the place back, or withdraws what was asked for. */
export const ReleaseBooking = z
  .object({ ...onCase, reason: reason.optional() })
  .meta({ id: "ReleaseBooking" });
/** Another slot in the same case, after one was cancelled, was full, or its hold ran out. */
export const ChooseSlot = z
  .object({ ...onCase, slotId: z.uuid(), book: z.boolean().default(false) })
  .meta({ id: "ChooseSlot" });
/** The visitation offers a place; it is held while the GP answers. */
export const OfferSlot = z
  .object({ ...onCase, slotId: z.uuid(), text: reason.optional() })
  .meta({ id: "OfferSlot" });
export const AcceptOffer = z.object(onCase).meta({ id: "AcceptOffer" });
/** The visitation is to find another time. */
export const DeclineOffer = z.object({ ...onCase, reason }).meta({ id: "DeclineOffer" });
/** There is none, and what to do instead is told with the phone numbers of the directory. */
export const AnswerNone = z.object({ ...onCase, text: reason.optional() }).meta({ id: "AnswerNone" });
export const RecordAttended = z.object(onCase).meta({ id: "RecordAttended" });
/** The patient did not come: the hospital follows up, the GP is told (guide, section 9, Midt 5.2). */
export const RecordNoShow = z
  .object({ ...onCase, followUp: z.string().min(1).max(350).optional() })
  .meta({ id: "RecordNoShow" });

/** The steps between a booking and its slot are the hub's own and travel on no bus: they are not here. */
export const BookingCommands = {
  "booking.publish": PublishSlot,
  "booking.changeSlot": ChangeSlot,
  "booking.cancelSlot": CancelSlot,
  "booking.hold": HoldPlace,
  "booking.bookDirectly": BookDirectly,
  "booking.bookForReferral": BookForReferral,
  "booking.request": RequestSlot,
  "booking.book": BookHeld,
  "booking.release": ReleaseBooking,
  "booking.choose": ChooseSlot,
  "booking.offer": OfferSlot,
  "booking.acceptOffer": AcceptOffer,
  "booking.declineOffer": DeclineOffer,
  "booking.answerNone": AnswerNone,
  "booking.attended": RecordAttended,
  "booking.noShow": RecordNoShow,
} as const;
export type BookingCommandType = keyof typeof BookingCommands;

// ---- facts of a booking ------------------------------------------------------------------------------------------

const wish = z.number().int().min(1);
const opening = {
  booker: z.string(),
  patient: Patient,
  municipality: z.string().optional(),
  needAt: Instant,
  referralCaseId: z.string().optional(),
  relatesTo: z.array(z.string()),
};
/** What a wish is for: a hold for the booker, a hold for an offer of the visitation, or the booking itself. */
export const PlaceWant = z.enum(["hold", "offer", "book"]);
export type PlaceWant = z.infer<typeof PlaceWant>;

const bookingFacts = [
  z.object({ type: z.literal("BookingOpened"), ...opening }),
  /** The visitation is asked for a time; its clock runs. */
  z.object({
    type: z.literal("SlotRequested"),
    ...opening,
    visitation: z.string(),
    speciality: z.string().optional(),
    reason: z.string(),
    callbackPhone: z.string().optional(),
  }),
  /** A place is asked of a slot; what becomes of it is decided there. `before`: the first instant that is too late. */
  z.object({
    type: z.literal("PlaceWanted"),
    wish,
    want: PlaceWant,
    slotId: z.string(),
    by: z.string(),
    before: Instant.optional(),
    municipality: z.string().optional(),
    referralCaseId: z.string().optional(),
    text: z.string().optional(),
  }),
  z.object({ type: z.literal("HoldGiven"), wish, slot: SlotOfBooking, until: Instant }),
  /** The visitation's offer; the place is held until then. */
  z.object({
    type: z.literal("PlaceOffered"),
    wish,
    slot: SlotOfBooking,
    until: Instant,
    text: z.string().optional(),
  }),
  z.object({
    type: z.literal("SlotBooked"),
    wish,
    ...SlotOfBooking.shape,
    referralCaseId: z.string().optional(),
  }),
  z.object({
    type: z.literal("PlaceNotGiven"),
    wish,
    slotId: z.string(),
    reason: PlaceRefusal,
    instead: Instead,
  }),
  /** A hold, or the hold of an offer, ran out. */
  z.object({ type: z.literal("HoldLapsed"), wish, slotId: z.string() }),
  /** The hospital took the slot back: the booker is to choose again. */
  z.object({ type: z.literal("SlotLost"), wish, slotId: z.string(), reason: z.string() }),
  z.object({
    type: z.literal("BookedSlotChanged"),
    wish,
    slotId: z.string(),
    place: z.string().optional(),
    instructions: z.string().optional(),
  }),
  /** With a slot and a wish when a place was held or booked: it is free again. */
  z.object({
    type: z.literal("BookingReleased"),
    by: z.string(),
    reason: z.string().optional(),
    slotId: z.string().optional(),
    wish: wish.optional(),
  }),
  z.object({ type: z.literal("OfferDeclined"), wish, slotId: z.string(), reason: z.string() }),
  z.object({ type: z.literal("NoneOffered"), instead: Instead, text: z.string().optional() }),
  z.object({ type: z.literal("PatientAttended"), start: Instant }),
  z.object({ type: z.literal("PatientNoShow"), start: Instant, followUp: z.string().optional() }),
] as const;

/** What happened to a slot, or to a booking: two kinds of case of one family. */
export const BookingFact = z
  .discriminatedUnion("type", [...slotFacts, ...bookingFacts])
  .meta({ id: "BookingFact" });
export type BookingFact = z.infer<typeof BookingFact>;
export type BookingFactOf<Type extends BookingFact["type"]> = Extract<BookingFact, { type: Type }>;

const factTypes = new Set<string>(BookingFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isBookingFact = (fact: { type: string }): fact is BookingFact => factTypes.has(fact.type);

/** Any command of the service that travels on the bus, told apart by its type. */
export const BookingCommand = z.discriminatedUnion("type", [
  commandOf("booking.publish", PublishSlot),
  commandOf("booking.changeSlot", ChangeSlot),
  commandOf("booking.cancelSlot", CancelSlot),
  commandOf("booking.hold", HoldPlace),
  commandOf("booking.bookDirectly", BookDirectly),
  commandOf("booking.bookForReferral", BookForReferral),
  commandOf("booking.request", RequestSlot),
  commandOf("booking.book", BookHeld),
  commandOf("booking.release", ReleaseBooking),
  commandOf("booking.choose", ChooseSlot),
  commandOf("booking.offer", OfferSlot),
  commandOf("booking.acceptOffer", AcceptOffer),
  commandOf("booking.declineOffer", DeclineOffer),
  commandOf("booking.answerNone", AnswerNone),
  commandOf("booking.attended", RecordAttended),
  commandOf("booking.noShow", RecordNoShow),
  commandOf("booking.ring", RingAlarm),
]);
export type BookingCommand = z.infer<typeof BookingCommand>;
