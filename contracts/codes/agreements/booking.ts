import type { Agreement } from "../../clocks.ts";

/** Promises about sub-acute slots (guide to the domain, section 10). */
export const bookingAgreements: readonly Agreement[] = [
  {
    id: "SUBACUTE",
    version: 1,
    name: { da: "Svar på anmodning om subakut tid", en: "Answer to a request for a sub-acute slot" },
    validFrom: "2026-01-01",
    appliesTo: { family: "booking", kinds: ["request"], debtorKinds: ["hospital", "department"] },
    // A declined offer, and one that was lost before it was accepted, put the question back to the visitation.
    startsOn: ["SlotRequested", "OfferDeclined", "PlaceNotGiven"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["PlaceOffered", "NoneOffered"],
    cancelsOn: ["BookingReleased"],
    // Minutes within the visitation's own opening hours.
    limit: { kind: "openingMinutes", minutes: 30 },
    warnAt: { kind: "openingMinutes", minutes: 20 },
    onBreach: "fallback: acute admission path",
    source:
      "Praksisplan Midtjylland s.5.5 (same day or the next: sourced); 30 min to answer is a default, no Danish number found",
    basis: "default",
  },
];
