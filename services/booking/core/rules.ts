import type { OrganisationKind } from "../../../contracts/messages/directory.ts";

/** What nobody has agreed on yet, or what each region may set for itself. */
export type BookingRules = {
  /** How long a place is held while the patient is asked. */
  holdMinutes: number;
  /** How long a place is held while a GP answers the visitation's offer. */
  offerMinutes: number;
  /** A time is in time until the end of this many calendar days after the day of the need. */
  daysAfterNeed: number;
  /** Who may book: whoever may phone the visitation. */
  bookers: readonly OrganisationKind[];
};

/**
 * `daysAfterNeed`: "samme dag, eller senest dagen efter" (Praksisplan Midtjylland 5.5); that Saturday counts after Friday is a
 * default (guide, section 5: to be asked). `holdMinutes`: guide, section 5. `offerMinutes`: a default, none found.
 * `bookers`: GPs, out-of-hours doctors, acute cars (guide, section 5).
 */
export const bookingRules: BookingRules = {
  holdMinutes: 10,
  offerMinutes: 60,
  daysAfterNeed: 1,
  bookers: ["practice", "outOfHours", "acuteTeam"],
};
