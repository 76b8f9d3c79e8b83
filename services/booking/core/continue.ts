import { type BookingFact, type BookingFactOf, isBookingFact } from "../../../contracts/messages/booking.ts";
import type { Claim } from "../../../contracts/messages/booking-slot.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import type { PlaceOutcome, SagaStep } from "./command.ts";

/** Each wish of a booking is asked once and answered once: the ids of both steps are made of it alone. */
const claimStepId = (bookingId: string, wish: number): string => `claim:${bookingId}:${String(wish)}`;
const settleStepId = (bookingId: string, wish: number): string => `settle:${bookingId}:${String(wish)}`;

type ClaimStep = Extract<SagaStep, { type: "booking.claim" }>;

const claimStep = (caseId: string, fact: BookingFactOf<"PlaceWanted">): ClaimStep => {
  const { wish, want, slotId, by, before, municipality } = fact;
  return {
    type: "booking.claim",
    id: claimStepId(caseId, wish),
    payload: { caseId: slotId, claimId: caseId, wish, want, by, before, municipality },
  };
};

const settleStep = ({ claimId, wish }: Claim, outcome: PlaceOutcome): SagaStep => ({
  type: "booking.settle",
  id: settleStepId(claimId, wish),
  payload: { caseId: claimId, wish, outcome },
});

/**
 * A claim on what is no slot: the booking is told that there is none. Its id is not that of a slot's answer: were a slot of
 * that id published meanwhile, and had it given a place, that answer must still find its way.
 */
export const unanswered = ({ payload }: ClaimStep): SagaStep => {
  const { claimId, wish } = payload;
  return {
    type: "booking.settle",
    id: `nowhere:${claimId}:${String(wish)}`,
    payload: { caseId: claimId, wish, outcome: { kind: "refused", reason: "unknown" } },
  };
};

const outcomeOf = (fact: BookingFactOf<"PlaceHeld" | "PlaceTaken" | "PlaceRefused">): PlaceOutcome => {
  switch (fact.type) {
    case "PlaceHeld":
      return { kind: "held", slot: fact.slot, until: fact.until };
    case "PlaceTaken":
      return { kind: "taken", slot: fact.slot };
    case "PlaceRefused":
      return { kind: "refused", reason: fact.reason, hospital: fact.hospital };
  }
};

const freeStep = (slotId: string, { claimId, wish }: Pick<Claim, "claimId" | "wish">): SagaStep => ({
  type: "booking.free",
  id: `free:${claimId}:${String(wish)}`,
  payload: { caseId: slotId, claimId, wish },
});

/** A place is given back to its slot; a withdrawn question had none. */
const freeSteps = (
  claimId: string,
  { slotId, wish }: { slotId?: string | undefined; wish?: number | undefined },
): SagaStep[] => (slotId === undefined || wish === undefined ? [] : [freeStep(slotId, { claimId, wish })]);

/**
 * A slot gave a place, and the booking that had asked wants it no more: it has another answer by now. The place is given back,
 * or it would be nobody's for ever.
 */
export const unwanted = (slotId: string, step: SagaStep): SagaStep | undefined =>
  step.type === "booking.settle" && step.payload.outcome.kind !== "refused"
    ? freeStep(slotId, { claimId: step.payload.caseId, wish: step.payload.wish })
    : undefined;

const lapseSteps = ({ why, claimId, wish }: BookingFactOf<"PlaceFreed">): SagaStep[] =>
  why === "givenUp"
    ? []
    : [{ type: "booking.lapse", id: `lapse:${claimId}:${String(wish)}`, payload: { caseId: claimId, wish } }];

const loseSteps = ({ claims, reason }: BookingFactOf<"SlotCancelled">): SagaStep[] =>
  claims.map(({ claimId, wish }) => ({
    type: "booking.lose",
    id: `lose:${claimId}:${String(wish)}`,
    payload: { caseId: claimId, wish, reason },
  }));

const changeSteps = (
  { caseId, meta }: CaseRecord,
  { claims, place, instructions }: BookingFactOf<"SlotChanged">,
): SagaStep[] =>
  claims.map(({ claimId, wish }) => ({
    type: "booking.noteChange",
    id: `change:${caseId}:${String(meta.no)}:${claimId}`,
    payload: { caseId: claimId, wish, place, instructions },
  }));

const slotTidings = (record: CaseRecord, fact: BookingFact): SagaStep[] => {
  if (fact.type === "PlaceFreed") return lapseSteps(fact);
  if (fact.type === "SlotCancelled") return loseSteps(fact);
  return fact.type === "SlotChanged" ? changeSteps(record, fact) : [];
};

const ofWish = (record: CaseRecord, fact: BookingFact): SagaStep[] => {
  if (fact.type === "PlaceWanted") return [claimStep(record.caseId, fact)];
  if (fact.type === "PlaceHeld" || fact.type === "PlaceTaken" || fact.type === "PlaceRefused")
    return [settleStep(fact, outcomeOf(fact))];
  return fact.type === "BookingReleased" || fact.type === "OfferDeclined"
    ? freeSteps(record.caseId, fact)
    : slotTidings(record, fact);
};

/**
 * What a record of a slot or a booking sets off in the other. A function of the record alone, and every id is made of it:
 * whoever sends a step, and how often, it is done once. So a process that dies between two steps loses nothing: another
 * reads the record and goes on.
 */
export const nextSteps = (record: CaseRecord): SagaStep[] =>
  record.family === "booking" && record.meta.outcome === "accepted"
    ? record.facts.flatMap((fact) => (isBookingFact(fact) ? ofWish(record, fact) : []))
    : [];
