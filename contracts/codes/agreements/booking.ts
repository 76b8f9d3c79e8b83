import type { Agreement } from "../../agreement.ts";

/** Promises about sub-acute slots (guide to the domain, section 10). */
export const bookingAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "SUBACUTE",
    promise: "SUBACUTE",
    version: 1,
    name: { da: "Svar på anmodning om subakut tid", en: "Answer to a request for a sub-acute slot" },
    validFrom: "2026-01-01",
    appliesTo: { family: "booking", kinds: ["request"] },
    parties: { debtor: { kinds: ["hospital", "department"] } },
    // A declined offer, and one that was lost before it was accepted, put the question back to the visitation.
    startsOn: ["SlotRequested", "OfferDeclined", "PlaceNotGiven"],
    pausesOn: [],
    resumesOn: [],
    stopsOn: ["PlaceOffered", "NoneOffered"],
    cancelsOn: ["BookingReleased"],
    // Minutes within the visitation's own opening hours.
    measuredTo: "delivery",
    limit: { kind: "openingMinutes", minutes: 30 },
    calendar: "debtorHours",
    warnAt: { kind: "openingMinutes", minutes: 20 },
    escalation: [
      {
        to: "nextInLine",
        da: "Ingen tid: patienten indlægges akut ad den sædvanlige vej.",
        en: "No slot: the patient goes by the path of acute admission.",
      },
    ],
    source: {
      document:
        "Praksisplan Midtjylland s.5.5; dagensmedicin.dk Herlev; hospitalsenhedmidt.dk (visitation offers slots)",
      section: "5.5",
      note: "The appointment the same day or the next was read; 30 minutes to answer is a default.",
    },
    basis: "default",
  },
];
