import { type BookingFact, BookingCommand as WireCommand } from "../../contracts/messages/booking.ts";
import type { SlotOfBooking } from "../../contracts/messages/booking-slot.ts";
import type { BookingCommand } from "../../services/booking/core/command.ts";
import { bookingCore } from "../../services/booking/core/decide.ts";
import { bookingRules } from "../../services/booking/core/rules.ts";
import type { FamilyState } from "../../services/booking/core/state.ts";
import { noCase } from "../../services/case/case-state.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import type { Decision } from "../../services/case/decision.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { patient } from "./advice-given.ts";
import { local } from "./clock-given.ts";
import { regionView, who } from "./region-view.ts";

/** The visitations of the two hospitals of the made-up region: the only ones that give sub-acute times out. */
export const visitation = "5790000211012";
export const otherVisitation = "5790000212019";
export const gp = who.practice;
export const otherGp = who.otherPractice;

export const slotId = "2f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
export const bookingId = "7a1c9e52-6e1c-5a44-9d0e-2f4c8f6a7b10";
export const otherId = "8b2d0f63-7f2d-5b55-8e1f-3a5d9a7b8c21";
export const thirdId = "9c3e1a74-8a3e-5c66-9f2a-4b6eab8c9d32";

/** Monday 23 November 2026, a quarter past ten in Denmark. */
export const now = local("2026-11-23 10:15");
export const core = bookingCore(bookingRules);

export const slot: SlotOfBooking = {
  slotId,
  visitation,
  hospital: who.hospital,
  unit: visitation,
  speciality: "kardiologi",
  start: local("2026-11-24 09:00"),
  lengthMinutes: 30,
  place: "Indgang 4, stuen",
};

export const published = (places: number, change: Partial<SlotOfBooking> = {}): BookingFact => ({
  type: "SlotPublished",
  slot: { ...slot, ...change },
  places,
});
export const heldBy = (claimId: string, until: string, wish = 1): BookingFact => ({
  type: "PlaceHeld",
  claimId,
  wish,
  by: gp,
  until,
  slot,
});
export const takenBy = (claimId: string, wish = 1): BookingFact => ({
  type: "PlaceTaken",
  claimId,
  wish,
  by: gp,
  slot,
});

export const opened: BookingFact = {
  type: "BookingOpened",
  booker: gp,
  patient: { ...patient, episodeOfCareStatus: "inaktiv" },
  needAt: now,
  relatesTo: [],
};
export const requested: BookingFact = {
  ...opened,
  type: "SlotRequested",
  visitation,
  reason: "Nyopstået åndenød",
};
export const wanted = (wish: number, want: "hold" | "offer" | "book", id = slotId): BookingFact => ({
  type: "PlaceWanted",
  wish,
  want,
  slotId: id,
  by: gp,
});
export const holdGiven = (wish = 1): BookingFact => ({
  type: "HoldGiven",
  wish,
  slot,
  until: local("2026-11-23 10:25"),
});
export const offered = (wish = 1): BookingFact => ({
  type: "PlaceOffered",
  wish,
  slot,
  until: local("2026-11-23 11:15"),
});
export const booked = (wish = 1): BookingFact => ({ type: "SlotBooked", wish, ...slot });
export const notGiven = (wish = 1): BookingFact => ({
  type: "PlaceNotGiven",
  wish,
  slotId,
  reason: "full",
  instead: { acuteRoute: [] },
});

/** A command as it comes over the bus, its defaults filled in. */
export const command = (type: WireCommand["type"], payload: object, id = "command-1"): BookingCommand =>
  WireCommand.parse({ type, id, payload });
export const claiming = (
  claimId: string,
  change: Partial<Extract<BookingCommand, { type: "booking.claim" }>["payload"]> = {},
): BookingCommand => ({
  type: "booking.claim",
  id: `claim:${claimId}`,
  payload: { caseId: slotId, claimId, wish: 1, want: "hold", by: gp, ...change },
});

type World = { directory?: DirectoryView; at?: string; caseId?: string };
type BookingDecision = Decision<BookingFact>;

export const stateAfter = (...facts: readonly BookingFact[]): FamilyState =>
  facts.reduce<FamilyState>(core.evolve, core.initial);

export const decided = (
  facts: readonly BookingFact[],
  asked: BookingCommand,
  { by, directory = regionView, at = now, caseId = bookingId }: World & { by: string },
): BookingDecision => {
  const wall = localDateTimeOf(at);
  return core.decide(stateAfter(...facts), asked, {
    caseId,
    actor: by,
    now: at,
    local: wall,
    today: wall.slice(0, 10),
    directory,
    common: noCase(caseId),
  });
};
