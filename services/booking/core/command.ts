import type { PlaceWant, BookingCommand as WireCommand } from "../../../contracts/messages/booking.ts";
import type { PlaceRefusal, SlotOfBooking } from "../../../contracts/messages/booking-slot.ts";

/** What a slot said to a wish. */
export type PlaceOutcome =
  | { kind: "held"; slot: SlotOfBooking; until: string }
  | { kind: "taken"; slot: SlotOfBooking }
  | { kind: "refused"; reason: PlaceRefusal; hospital?: string | undefined };

type Step<Type extends string, Payload> = { type: Type; id: string; payload: { caseId: string } & Payload };
type OfWish = { wish: number };

/**
 * The steps between a booking and its slot. They are the hub's own, follow from a record alone (`continue.ts`), and never
 * travel on the bus, so nobody can send one. `claim` and `free` are for a slot, the others for a booking.
 */
export type SagaStep =
  | Step<
      "booking.claim",
      OfWish & {
        claimId: string;
        want: PlaceWant;
        by: string;
        before?: string | undefined;
        municipality?: string | undefined;
      }
    >
  | Step<"booking.free", OfWish & { claimId: string }>
  | Step<"booking.settle", OfWish & { outcome: PlaceOutcome }>
  | Step<"booking.lapse", OfWish>
  | Step<"booking.lose", OfWish & { reason: string }>
  | Step<"booking.noteChange", OfWish & { place?: string | undefined; instructions?: string | undefined }>;

/** A command as the core meets it: parsed, or a step of the saga. */
export type BookingCommand = WireCommand | SagaStep;
export type CommandOf<Type extends BookingCommand["type"]> = Extract<BookingCommand, { type: Type }>;
