import type { caseErrors } from "./case-errors.ts";
import type { Cure } from "./fate.ts";

/** Causes and cures of what a case, a slot or a measurement does not allow. */
export const caseCures = {
  "held-by-colleague": {
    cause: "A colleague has taken the case; the answer tells who.",
    cure: "Talk to them, or take it over if they are not there.",
  },
  "not-your-turn": {
    cause: "The case waits for somebody else.",
    cure: "The case's view tells who is awaited and for what.",
  },
  "wrong-state": {
    cause: "The case has moved on since you looked, or never allowed this.",
    cure: "Look at the case again and do what it allows now.",
  },
  "conversion-not-authorised": {
    cause: "The asker did not tick that the question may become a referral.",
    cure: "Ask the asker to allow it, or advise that they refer.",
  },
  "gp-asks-specialist": {
    cause: "Specialist advice is for general practice.",
    cure: "Write a correspondence instead.",
  },
  "specialist-kind-only": {
    cause: "The case is a correspondence.",
    cure: "Answer it, or open a question to a specialist.",
  },
  "not-for-this-kind": {
    cause: "This kind of case has no such step.",
    cure: "See the family's STATES.md for what it has.",
  },
  "forward-loops": {
    cause: "The receiver has had the case already.",
    cure: "Choose another, or return it with the reason.",
  },
  "envelope-reused": {
    cause: "Another message came in an envelope of the same identifier.",
    cure: "Give each message a new envelope identifier; send the very same bytes only to repeat.",
  },
  "content-differs": {
    cause: "The id was used for other content, so this is no repeat.",
    cure: "Use a new id for new content.",
  },
  "correction-elsewhere": {
    cause: "A correction goes to whom the original went to.",
    cure: "Cancel the original, and send anew to the other receiver.",
  },
  "not-sub-acute": {
    cause: "The unit offers no sub-acute times today.",
    cure: "Search slots instead of naming the unit.",
  },
  "not-a-booker": {
    cause: "Only practices and municipal teams book sub-acute times.",
    cure: "Refer instead.",
  },
  "unit-elsewhere": {
    cause: "The unit belongs to another hospital than the sender.",
    cure: "Publish for your own units.",
  },
  "need-in-future": {
    cause: "The need is told to arise later than now.",
    cure: "Mend the time; it is in UTC or has an offset.",
  },
  "slot-unknown": { cause: "There is no such slot.", cure: "Search again." },
  "slot-full": {
    cause: "Others were quicker.",
    cure: "Take another of those that a search finds now, or ask for one.",
  },
  "slot-not-in-time": {
    cause: "Sub-acute is the same or the next day.",
    cure: "Choose an earlier slot, or refer for a later one.",
  },
  "slot-begun": { cause: "The slot has begun.", cure: "Choose a later one." },
  "slot-cancelled": { cause: "The hospital took it back.", cure: "Search again; who had a place was told." },
  "slot-not-for-citizen": {
    cause: "The slot is kept for other municipalities or regions.",
    cure: "Search with the citizen's municipality.",
  },
  "places-taken": {
    cause: "More places are taken than you want to leave.",
    cure: "Cancel bookings first, or leave more places.",
  },
  "too-early": {
    cause: "What you tell of has not happened by the clock yet.",
    cure: "Wait, or mend the time.",
  },
  "care-team-measures": {
    cause: "Only municipal teams open an episode of observation.",
    cure: "Ask the team to.",
  },
  "scheme-unknown": { cause: "There is no such score scheme.", cure: "List them: GET /v1/score-schemes." },
  "measurement-invalid": {
    cause: "A value lies outside what can be measured, or has another unit.",
    cure: "Check the value and its unit; each problem names both.",
  },
  "measurement-unknown": {
    cause: "No measurement of that number counts: it was never made, or was retracted.",
    cure: "Look at the episode's measurements.",
  },
  "sharing-refused": {
    cause: "The citizen has refused that this is shared.",
    cure: "Do not send it. Talk with the citizen; record a changed wish first.",
  },
  "consent-refused": {
    cause: "The citizen has refused consent to what can be passed on by consent alone.",
    cure: "Talk with the citizen. Send it anew when consent is given, or on a basis that holds without, such as treatment.",
  },
  "case-erased": {
    cause:
      "The same message was received before; its case was erased by order of a data controller or an authority.",
    cure: "Send nothing again. If the matter is to be handled after all, send it as a new message under a new id.",
  },
  "municipality-unknown": {
    cause: "The citizen's municipality is neither told nor follows from the sender.",
    cure: "Tell it: the municipality's three digits.",
  },
  "adjustment-invalid": {
    cause: "The ordered limits overlap, have gaps, or name values that the scheme has not.",
    cure: "Mend what each problem names.",
  },
  "valid-until-past": { cause: "The last day of validity is over.", cure: "Give a later one." },
} as const satisfies Record<keyof typeof caseErrors, Cure>;
